"""You and the spec changed the same place: stopped at, marked and resolved, or decided for one side."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from commandline import chariot_gen, new_backend
from tools import go, run
from trees import edit, tree

MODEL = "pkg/model/model/note.go"
STACK = "cf-templates/note_resources.yaml"
SPEC_FILE = "specs/note.yaml"
APART = (".chariot/cache",)
MINE = "// The words of the note, and nothing else."
THEIRS = "// Body of the note."
HELPER = """
// IsShort reports whether the note is short.
func (n *Note) IsShort() bool {
\treturn len(n.Text) < 9
}
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backend in which a person and the spec have said the same comment anew, and more beside it."""
    backend = new_backend(tmp_path_factory.mktemp("made"))
    edit(backend / MODEL, "// Text of the note.", MINE)
    with (backend / MODEL).open("a", encoding="utf-8") as model:
        model.write(HELPER)
    edit(backend / SPEC_FILE, "Text of the note.", "Body of the note.")
    edit(backend / SPEC_FILE, "Title of the note.", "Heading of the note.")
    return backend


@pytest.fixture
def backend(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "backend"))


def _text_field(backend: Path) -> str:
    """Return the place in the spec of the field whose comment is in conflict."""
    lines = (backend / SPEC_FILE).read_text(encoding="utf-8").splitlines()
    return f"{SPEC_FILE}:{1 + next(at for at, line in enumerate(lines) if 'Body of the note.' in line)}"


def _regen(backend: Path, *arguments: str) -> tuple[int, str]:
    done = chariot_gen("regen", "--dest", backend, "--no-hooks", *arguments)
    return done.code, done.out + done.err


def _class(backend: Path, path: str = MODEL) -> str:
    done = chariot_gen("check", "--dest", backend, "--json")
    (kind,) = {file["class"] for file in json.loads(done.out)["files"] if file["path"] == path}
    return str(kind)


def _resolve(path: Path, resolution: str) -> None:
    """Put one text in the place of every conflict, as a person does in an editor."""
    head, _, rest = path.read_text(encoding="utf-8").partition("<<<<<<< ")
    tail = rest.partition(">>>>>>> ")[2].partition("\n")[2]
    path.write_text(head + resolution + tail, encoding="utf-8")


def test_marked_resolved_finished(backend: Path) -> None:
    code, said = _regen(backend, "--on-conflict=mark")
    assert (code, "1 file marked" in said) == (3, True), said
    text = (backend / MODEL).read_text(encoding="utf-8")
    for line in (
        "<<<<<<< yours",
        "||||||| last generated",
        f">>>>>>> newly generated from {_text_field(backend)}",
    ):
        assert text.count(f"{line}\n") == 1
    assert text.endswith(HELPER)
    assert "// Heading of the note." in text
    marked = tree(backend, without=APART)
    assert _class(backend) == "conflicted"
    for choice in ((), ("--on-conflict=mark",)):
        code, said = _regen(backend, *choice)
        assert (code, tree(backend, without=APART)) == (3, marked)
        number = text[: text.index("<<<<<<< ")].count("\n") + 1
        assert said.startswith(f"{MODEL}:{number}: holds conflict markers")
    _say(backend / MODEL, f"\t{MINE}\n\t{THEIRS}\n")
    assert _class(backend) == "edited"
    assert _regen(backend)[0] == 0
    assert _class(backend) == "edited"
    assert not (backend / ".chariot" / "conflicts.json").exists()
    assert not (backend / ".chariot" / "theirs").exists()
    resolved = (backend / MODEL).read_text(encoding="utf-8")
    assert (MINE in resolved, THEIRS in resolved, resolved.endswith(HELPER)) == (True, True, True)
    edit(backend / SPEC_FILE, "Heading of the note.", "Headline of the note.")
    code, said = _regen(backend)
    assert code == 0, said
    assert (backend / MODEL).read_text(encoding="utf-8") == resolved.replace("Heading", "Headline")


@pytest.mark.parametrize(("resolution", "kept"), [(MINE, MINE), (THEIRS, THEIRS)])
def test_a_place_resolved_for_one_side_is_not_asked_about_again(
    backend: Path, resolution: str, kept: str
) -> None:
    assert _regen(backend, "--on-conflict=mark")[0] == 3
    _say(backend / MODEL, f"\t{resolution}\n")
    code, said = _regen(backend)
    assert code == 0, said
    assert kept in (backend / MODEL).read_text(encoding="utf-8")
    shutil.rmtree(backend / ".chariot" / "cache")
    assert _regen(backend)[0] == 0


def test_a_spec_that_changes_while_a_file_is_resolved_is_merged_with_the_resolution(backend: Path) -> None:
    assert _regen(backend, "--on-conflict=mark")[0] == 3
    edit(
        backend / SPEC_FILE,
        "defaults:\n" if False else "api:\n",
        "valid:\n  - { field: title, prefix: a }\napi:\n",
    )
    assert _regen(backend)[0] == 3
    _say(backend / MODEL, f"\t{MINE}\n")
    code, said = _regen(backend)
    assert code == 0, said
    text = (backend / MODEL).read_text(encoding="utf-8")
    assert (MINE in text, 'checker.Prefix("title"' in text or '"a"' in text) == (True, True)


def test_a_file_put_back_while_it_is_resolved_is_a_conflict_again(backend: Path) -> None:
    before = (backend / MODEL).read_bytes()
    assert _regen(backend, "--on-conflict=mark")[0] == 3
    (backend / MODEL).write_bytes(before)
    code, said = _regen(backend)
    assert (code, "change the same place" in said) == (3, True), said
    code, said = _regen(backend, "--on-conflict=ours")
    assert (code, "// Heading of the note." in (backend / MODEL).read_text(encoding="utf-8")) == (0, True)


def test_a_file_removed_while_it_is_resolved_stays_removed(backend: Path) -> None:
    assert _regen(backend, "--on-conflict=mark")[0] == 3
    (backend / MODEL).unlink()
    code, said = _regen(backend)
    assert (code, (backend / MODEL).exists()) == (0, False), said


@pytest.mark.parametrize(("choice", "there", "absent"), [("ours", MINE, THEIRS), ("theirs", THEIRS, MINE)])
@pytest.mark.parametrize("form", ["{choice}", "{choice}={path}"])
def test_a_side_is_taken_only_where_both_changed(
    backend: Path, choice: str, there: str, absent: str, form: str
) -> None:
    code, said = _regen(backend, f"--on-conflict={form.format(choice=choice, path=MODEL)}")
    assert code == 0, said
    text = (backend / MODEL).read_text(encoding="utf-8")
    assert (there in text, absent in text) == (True, False)
    assert text.endswith(HELPER)
    assert "// Heading of the note." in text
    assert chariot_gen("check", "--dest", backend).code == 0


@pytest.mark.parametrize(("choice", "there"), [("ours", MINE), ("theirs", THEIRS)])
def test_what_is_left_marked_can_be_decided_for_a_side(backend: Path, choice: str, there: str) -> None:
    assert _regen(backend, "--on-conflict=mark")[0] == 3
    edit(backend / MODEL, "return len(n.Text) < 9", "return len(n.Text) < 12")
    code, said = _regen(backend, f"--on-conflict={choice}={MODEL}")
    assert code == 0, said
    text = (backend / MODEL).read_text(encoding="utf-8")
    assert (there in text, "< 12" in text, "<<<<<<<" in text) == (True, True, False)


def test_a_choice_for_one_file_leaves_the_others_in_conflict(backend: Path) -> None:
    edit(backend / STACK, "\nDescription: ", "\nDescription: My ")
    edit(backend / SPEC_FILE, "description: A note.", "description: A remark.")
    before = tree(backend, without=APART)
    code, said = _regen(backend, f"--on-conflict=ours={MODEL}")
    assert (code, said.startswith(f"{STACK}: your edit")) == (3, True), said
    assert tree(backend, without=APART) == before
    assert _regen(backend, f"--on-conflict=ours={MODEL}", f"--on-conflict=theirs={STACK}")[0] == 0


def test_a_dry_run_of_marking_writes_nothing_and_exits_as_the_run_does(backend: Path) -> None:
    before = tree(backend)
    code, said = _regen(backend, "--on-conflict=mark", "--dry-run")
    assert (code, f"mark    {MODEL}" in said, tree(backend) == before) == (3, True, True)


def test_hooks_judge_what_they_can_read_and_say_what_not(backend: Path) -> None:
    done = chariot_gen("regen", "--dest", backend, "--on-conflict=mark")
    assert done.code == 3, done.err
    assert f"note: {MODEL}: holds conflict markers, so Go is not checked" in done.out
    _say(backend / MODEL, f"\t{THEIRS}\n\tnot Go\n")
    done = chariot_gen("regen", "--dest", backend)
    assert (done.code, done.err.startswith(f"{MODEL}:")) == (4, True), done.out + done.err
    edit(backend / MODEL, "\tnot Go\n", "")
    assert chariot_gen("regen", "--dest", backend).code == 0
    run([go(), "vet", "./..."], backend)


def _say(path: Path, comment: str) -> None:
    """Resolve the one conflict of the model: its field, with this comment."""
    ours = path.read_text(encoding="utf-8").partition("<<<<<<< yours\n")[2].partition("|||||||")[0]
    _resolve(path, ours.replace(f"\t{MINE}\n", comment))


def _git(folder: Path, *arguments: str, code: int = 0) -> None:
    identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com"]
    done = subprocess.run(
        ["git", *identity, *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == code, done.stdout + done.stderr


def _branches(backend: Path) -> None:
    """Commit the backend, and merge a branch that changes the same entity in another way."""
    _git(backend, "init", "-q", "-b", "main")
    _git(backend, "add", "-A")
    _git(backend, "commit", "-qm", "All of it")
    for branch, text in (("one", "First words."), ("two", "Second words.")):
        _git(backend, "checkout", "-q", "-b", branch, "main")
        edit(backend / SPEC_FILE, "Text of the note.", text)
        assert _regen(backend)[0] == 0
        _git(backend, "add", "-A")
        _git(backend, "commit", "-qm", branch)


@pytest.fixture
def merged(tmp_path: Path) -> Path:
    """A backend in which git has left a spec, its files and their records in conflict."""
    backend = new_backend(tmp_path)
    _branches(backend)
    _git(backend, "merge", "one", code=1)
    return backend


def test_a_spec_with_markers_of_git_is_named_with_place_and_remedy(merged: Path) -> None:
    before = tree(merged)
    for command in ("regen", "check", "diff", "plan"):
        done = chariot_gen(command, "--dest", merged)
        assert done.code == 1, done.out + done.err
        assert done.err.startswith(f"{SPEC_FILE}:9:1: error: the line is a marker of a merge")
        assert "<<<<<<< HEAD" in done.err
    assert tree(merged, without=APART) == {
        path: content for path, content in before.items() if not path.startswith(APART)
    }


def test_once_the_spec_is_resolved_a_run_mends_everything_that_nobody_edited(merged: Path) -> None:
    _resolve(merged / SPEC_FILE, "  text: { desc: Words., example: Milk. }\n")
    code, said = _regen(merged)
    assert code == 0, said
    left = [path for path, content in tree(merged, without=(".git",)).items() if b"<<<<<<<" in content]
    assert left == []
    assert "// Words." in (merged / MODEL).read_text(encoding="utf-8")
    assert chariot_gen("check", "--dest", merged).code == 0


def test_two_branches_that_change_one_entity_apart_merge_without_a_person(tmp_path: Path) -> None:
    backend = new_backend(tmp_path)
    edit(backend / SPEC_FILE, "api:\n", "  colour: { desc: Its colour., example: red }\napi:\n")
    assert _regen(backend)[0] == 0
    _branches(backend)


def test_settings_with_markers_are_named_with_place_and_remedy(backend: Path) -> None:
    edit(backend / "chariot.yaml", "module:", "<<<<<<< HEAD\nmodule:")
    done = chariot_gen("regen", "--dest", backend)
    assert (done.code, done.err.startswith("chariot.yaml:2:1: error: the line is a marker")) == (1, True)


def test_a_file_that_git_marked_is_left_to_its_person_and_keeps_nothing_else_waiting(tmp_path: Path) -> None:
    backend = new_backend(tmp_path)
    marked = "<<<<<<< HEAD\n// a\n=======\n// b\n>>>>>>> other\n"
    with (backend / MODEL).open("a", encoding="utf-8") as model:
        model.write(marked)
    assert _class(backend) == "conflicted"
    edit(backend / SPEC_FILE, "[create, get]", "[create]")
    done = chariot_gen("regen", "--dest", backend)
    assert done.code == 0, done.err
    assert f"kept    {MODEL}: holds conflict markers (line " in done.out
    assert "so Go is not checked" in done.out
    edit(backend / SPEC_FILE, "Text of the note.", "Body of the note.")
    code, said = _regen(backend)
    assert (code, f"{MODEL}:" in said, "holds conflict markers" in said) == (3, True, True)
    assert _regen(backend, f"--on-conflict=ours={MODEL}")[0] == 0
    text = (backend / MODEL).read_text(encoding="utf-8")
    assert (text.endswith("// a\n"), THEIRS in text) == (True, True)


@pytest.mark.parametrize("damage", ["", "{", '{"format": 2, "files": {}}', '{"format": 1, "files": [1]}'])
def test_a_damaged_record_of_conflicts_is_explained(backend: Path, damage: str) -> None:
    assert _regen(backend, "--on-conflict=mark")[0] == 3
    (backend / ".chariot" / "conflicts.json").write_text(damage, encoding="utf-8")
    code, said = _regen(backend)
    assert (code, said.startswith(".chariot/conflicts.json: cannot be understood;")) == (74, True)
    (backend / ".chariot" / "conflicts.json").unlink()
    code, said = _regen(backend)
    assert (code, "holds conflict markers" in said) == (3, True)
