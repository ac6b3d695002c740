"""Killed for real, with SIGKILL, at every step of a commit: the old tree or the new one, never a mixture."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from commandline import chariot_gen, environment, new_backend
from trees import tree

PROGRAM = """\
import os, signal, sys
from chariot_gen.workspace import transaction

instant, log, *arguments = sys.argv[1:]
passed = []

def checkpoint(name):
    if len(passed) == int(instant):
        os.kill(os.getpid(), signal.SIGKILL)
    passed.append(name)
    with open(log, "w") as stream:
        stream.write("\\n".join(passed))

transaction.checkpoint = checkpoint
from chariot_gen.cli import main
main(arguments)
"""
OURS = (".chariot/cache", ".chariot/lock")


def _run(instant: int, log: Path, backend: Path) -> int:
    arguments = ["regen", "--no-hooks", "--dest", str(backend)]
    command = [sys.executable, "-c", PROGRAM, str(instant), str(log), *arguments]
    return subprocess.run(command, env=environment(), capture_output=True, check=False).returncode


@pytest.fixture(scope="module")
def stages(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, list[str]]:
    """A backend whose spec has changed, the same one regenerated, and the steps on the way."""
    folder = tmp_path_factory.mktemp("stages")
    old = new_backend(folder)
    spec = old / "specs" / "note.yaml"
    spec.write_text(spec.read_text(encoding="utf-8").replace("[create, get]", "[create]"), encoding="utf-8")
    new = Path(shutil.copytree(old, folder / "new"))
    assert _run(10**6, folder / "log", new) == 0
    return old, new, (folder / "log").read_text(encoding="utf-8").splitlines()


def test_every_kill_is_repaired_by_the_next_run_which_says_so(
    stages: tuple[Path, Path, list[str]], tmp_path: Path
) -> None:
    old, new, steps = stages
    before, after = tree(old, without=OURS), tree(new, without=OURS)
    assert before != after
    for instant, step in enumerate(steps):
        backend = Path(shutil.copytree(old, tmp_path / f"{instant}"))
        assert _run(instant, tmp_path / "log", backend) == -signal.SIGKILL
        done = chariot_gen("check", "--dest", backend)
        committed = steps.index("journalled") <= instant
        assert tree(backend, without=OURS) == (after if committed else before), step
        assert done.code == (0 if committed else 5), done.out + done.err
        assert done.out.startswith("note: an earlier run was stopped"), step
        assert chariot_gen("regen", "--no-hooks", "--dest", backend).code == 0
        assert tree(backend, without=OURS) == after, step


def test_an_interrupt_ends_a_run_without_a_trace(
    stages: tuple[Path, Path, list[str]], tmp_path: Path
) -> None:
    backend = Path(shutil.copytree(stages[0], tmp_path / "backend"))
    before = tree(backend)
    program = (
        "import os, signal, sys\n"
        "from chariot_gen.workspace import transaction\n"
        "transaction.checkpoint = lambda _: os.kill(os.getpid(), signal.SIGTERM)\n"
        "from chariot_gen.cli import main\n"
        f"main(['regen', '--no-hooks', '--dest', {str(backend)!r}])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 130
    assert "Traceback" not in done.stderr
    chariot_gen("check", "--dest", backend)
    assert tree(backend) == before


def test_a_kill_at_any_of_200_random_instants_leaves_the_old_tree_or_the_new_one(
    stages: tuple[Path, Path, list[str]], tmp_path: Path
) -> None:
    old, new, _ = stages
    arguments = [old, new, tmp_path, 20, 200]
    done = subprocess.run(
        [sys.executable, str(Path(__file__).parents[1] / "killing.py"), *map(str, arguments)],
        env=environment(XDG_CACHE_HOME=str(tmp_path / "cache")), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    kills = [json.loads(line) for line in done.stdout.splitlines()]
    # A few of the last instants can lie beyond the end of a run that a cache made shorter.
    assert (len(kills), sum(kill["killed"] for kill in kills) >= 190) == (200, True)
    assert {kill["left"] for kill in kills} == {"old", "new"}
    for kill in kills:
        assert kill.get("mended", "new") == "new", kill
        told = "note: an earlier run was stopped" in kill["said"]
        assert told == kill["began"], kill
