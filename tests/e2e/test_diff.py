"""The patch of ``diff`` is what ``regen`` does: applied to one copy, run on another, the trees are equal."""

from __future__ import annotations

import copy
import os
import shutil
import subprocess
import sys
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml

from commandline import SPECS, chariot_gen, environment, new_backend
from handedits import edit_go
from regeneration import SPEC_EDITS

STATE = (".chariot", ".git")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backend of the example with a service."""
    folder = tmp_path_factory.mktemp("made")
    return new_backend(folder, _text(_spec()))


@lru_cache(maxsize=1)
def _spec() -> dict[str, Any]:
    spec: dict[str, Any] = yaml.safe_load((SPECS / "new_entity.yaml").read_text(encoding="utf-8"))
    return spec


def _text(spec: dict[str, Any]) -> str:
    text: str = yaml.safe_dump(spec, sort_keys=False, width=1000)
    return text


def _files(folder: Path) -> dict[str, tuple[bytes, bool]]:
    """Return every file's content, and whether it can be executed."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not name.startswith(STATE):
            found[name] = (path.read_bytes(), os.access(path, os.X_OK))
    return found


def _diff(backend: Path, *arguments: str) -> bytes:
    done = subprocess.run(
        [sys.executable, "-m", "chariot_gen", "diff", "--dest", str(backend), *arguments],
        env=environment(), capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def _apply(patch: bytes, folder: Path) -> None:
    done = subprocess.run(["git", "apply", "-"], cwd=folder, input=patch, capture_output=True, check=False)
    assert (done.returncode, done.stderr) in {(0, b""), (128, b"error: No valid patches in input\n")}, (
        done.stderr
    )


def _spec_edit(backend: Path, random: Random) -> str:
    """Edit the spec until it says something else that is valid."""
    home = backend / "specs" / "new_entity.yaml"
    for _ in range(100):
        name = random.choice(sorted(SPEC_EDITS))
        spec = copy.deepcopy(_spec())
        try:
            SPEC_EDITS[name](spec, random)
        except (KeyError, IndexError):
            continue
        home.write_text(_text(spec), encoding="utf-8")
        if spec != _spec() and chariot_gen("plan", "--dest", backend).code == 0:
            return name
    raise AssertionError("no edit makes a valid spec")


def _hand_edits(backend: Path, random: Random) -> None:
    """Do what people and their editors do to merged files."""
    merged = sorted(
        path for path in (backend / ".chariot" / "base").rglob("*") if path.is_file() and path.suffix == ".go"
    )
    paths = [backend / path.relative_to(backend / ".chariot" / "base") for path in merged]
    # What is composed of all entities has a base too, and is not theirs to edit.
    paths = [path for path in paths if path.parent.name != "local"]
    for number, path in enumerate(random.sample(paths, 6)):
        text = path.read_text(encoding="utf-8")
        text, _ = edit_go(path.name, text, f"handEdit{number}", random)
        match random.randrange(6):
            case 0:
                text = text.replace("\n", "\r\n")
            case 1:
                text = text.removesuffix("\n")
            case 2:
                text = f"\ufeff{text}"
            case 3:
                text += "\n// A form feed \x0c, a line separator \u2028 and a lone \r are no line breaks.\n"
            case 4:
                path.chmod(0o755)
            case _:
                path.unlink()
                continue
        path.write_bytes(text.encode())
    (backend / "pkg" / "apierror" / "code.go").unlink()


@pytest.mark.parametrize("seed", range(8))
def test_a_patch_applied_is_a_run(made: Path, tmp_path: Path, seed: int) -> None:
    random = Random(seed)  # noqa: S311 - the same edits every time
    run = Path(shutil.copytree(made, tmp_path / "run"))
    edit = _spec_edit(run, random)
    _hand_edits(run, random)
    repository = tmp_path / "repository"
    subprocess.run(["git", "init", "-q", str(repository)], check=True)
    patched = Path(shutil.copytree(run, repository / "services" / "backend"))
    asked = chariot_gen("diff", "--dest", run, "--on-conflict=ours").code
    if not asked:
        _apply(_diff(run, "--on-conflict=ours"), patched)
    done = chariot_gen("regen", "--dest", run, "--no-hooks", "--on-conflict=ours")
    assert done.code == asked, done.err
    assert _files(patched) == _files(run), edit
    # A field that is gone while a person's edit is about it may be renamed: that is asked, never guessed.
    assert asked == (3 if "--removed" in done.err else 0), done.err
    assert asked or _diff(run) == b""


def test_a_patch_moves_what_is_renamed_with_its_edits(made: Path, tmp_path: Path) -> None:
    run = Path(shutil.copytree(made, tmp_path / "run"))
    with (run / "pkg" / "model" / "model" / "new_entity.go").open("a", encoding="utf-8") as model:
        model.write("\n// A person's words.\n")
    home = run / "specs" / "new_entity.yaml"
    text = home.read_text(encoding="utf-8").replace("NewEntity", "OtherEntity")
    home.write_text(f"{text}renamed_from: NewEntity\n", encoding="utf-8")
    patched = Path(shutil.copytree(run, tmp_path / "patched"))
    patch = _diff(run)
    assert b"--- /dev/null\n+++ b/pkg/model/model/other_entity.go\n" in patch
    assert b"--- a/pkg/model/model/new_entity.go\n+++ /dev/null\n" in patch
    _apply(patch, patched)
    done = chariot_gen("regen", "--dest", run, "--no-hooks")
    assert done.code == 0, done.err
    assert _files(patched) == _files(run)
    assert b"// A person's words." in _files(run)["pkg/model/model/other_entity.go"][0]


def test_a_patch_removes_what_nobody_edited(made: Path, tmp_path: Path) -> None:
    run = Path(shutil.copytree(made, tmp_path / "run"))
    (run / "specs" / "new_entity.yaml").unlink()
    patched = Path(shutil.copytree(run, tmp_path / "patched"))
    patch = _diff(run)
    assert b"--- a/pkg/model/model/new_entity.go\n+++ /dev/null\n" in patch
    _apply(patch, patched)
    assert chariot_gen("regen", "--dest", run, "--no-hooks").code == 0
    assert _files(patched) == _files(run)


def test_where_a_run_asks_whether_something_is_renamed_so_does_its_patch(made: Path, tmp_path: Path) -> None:
    run = Path(shutil.copytree(made, tmp_path / "run"))
    home = run / "specs" / "new_entity.yaml"
    home.write_text(home.read_text(encoding="utf-8").replace("NewEntity", "OtherEntity"), encoding="utf-8")
    found, done = chariot_gen("diff", "--dest", run), chariot_gen("regen", "--dest", run, "--no-hooks")
    assert (found.code, found.out, done.code) == (3, "", 3)
    assert found.err == done.err


def test_bytes_that_are_no_text_come_through(made: Path, tmp_path: Path) -> None:
    run = Path(shutil.copytree(made, tmp_path / "run"))
    model = run / "pkg" / "model" / "model" / "new_entity.go"
    model.write_bytes(model.read_bytes() + b"\n// Not UTF-8: \xff\xfe.\n")
    home = run / "specs" / "new_entity.yaml"
    home.write_text(home.read_text(encoding="utf-8").replace("Lifecycle status", "Status"), encoding="utf-8")
    patched = Path(shutil.copytree(run, tmp_path / "patched"))
    _apply(_diff(run), patched)
    assert chariot_gen("regen", "--dest", run, "--no-hooks").code == 0
    assert _files(patched) == _files(run)
    assert b"\xff\xfe" in model.read_bytes()


def test_a_patch_is_of_the_choice_that_was_made(made: Path, tmp_path: Path) -> None:
    run = Path(shutil.copytree(made, tmp_path / "run"))
    model = run / "pkg" / "model" / "model" / "new_entity.go"
    model.write_text(
        model.read_text(encoding="utf-8").replace("Lifecycle status", "My status"), encoding="utf-8"
    )
    home = run / "specs" / "new_entity.yaml"
    home.write_text(home.read_text(encoding="utf-8").replace("Lifecycle status", "State"), encoding="utf-8")
    stopped = chariot_gen("diff", "--dest", run)
    assert (stopped.code, "change the same place" in stopped.err) == (3, True)
    for choice in ("ours", "theirs"):
        copies = [Path(shutil.copytree(run, tmp_path / f"{choice}-{number}")) for number in range(2)]
        _apply(_diff(copies[0], f"--on-conflict={choice}"), copies[0])
        done = chariot_gen("regen", "--dest", copies[1], "--no-hooks", f"--on-conflict={choice}")
        assert done.code == 0, done.err
        assert _files(copies[0]) == _files(copies[1])
