"""The README's first command works from a fresh clone, and the pages say what is true."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools import go
from trees import REPOSITORY, copy_of_the_checkout, tree

PAGES = sorted(
    [REPOSITORY / "README.md", *(REPOSITORY / "docs").rglob("*.md"), *REPOSITORY.glob("benchmarks/*.md")]
)

BAD = """\
entity: Port
kind: grpah
description: An open port.
key: "#port#{protcol}#{port}"
fields:
  protocol: { desc: Transport protocol., enm: [tcp, udp] }
  port: { type: integer, desc: Port number. }
"""


def _commands() -> list[str]:
    text = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    return [block.strip() for block in re.findall(r"```sh\n(.*?)```", text, flags=re.DOTALL)]


def test_the_first_command_leaves_a_backend(tmp_path: Path, examples: Path) -> None:
    clone = copy_of_the_checkout(tmp_path / "clone")
    path = os.pathsep.join([str(Path(go()).parent), os.environ["PATH"]])
    done = subprocess.run(
        ["bash", "-ec", _commands()[0]],
        cwd=clone, capture_output=True, text=True, check=False, env={**os.environ, "PATH": path},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    cache = (".chariot/cache",)
    assert tree(clone / "backend", without=cache) == tree(examples, without=cache)


def test_what_it_shows_of_a_wrong_spec_is_what_is_said(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text(BAD, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "chariot_gen", "entity", "bad.yaml", "--dest=backend"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr in (REPOSITORY / "README.md").read_text(encoding="utf-8")


def test_what_it_shows_of_a_plan_is_what_is_shown(tmp_path: Path) -> None:
    """Where the examples lie is no backend, and not empty."""
    shutil.copytree(REPOSITORY / "examples", tmp_path / "examples")
    text = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    command, shown = re.search(r"^\$ chariot-gen (plan .*)\n((?:.+\n)+?)```", text, re.MULTILINE).groups()
    done = subprocess.run(
        [sys.executable, "-m", "chariot_gen", *command.split()],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    lines = [line for line in shown.splitlines() if line.strip() != "..."]
    assert [line for line in done.stdout.splitlines() if line in lines] == lines
    assert [entry.name for entry in tmp_path.iterdir()] == ["examples"]


def test_the_second_command_is_what_ci_runs() -> None:
    assert _commands()[1] in (REPOSITORY / ".ci" / "run").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(REPOSITORY).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target
