from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from chariot_gen.errors import WorkspaceError
from chariot_gen.files import Ownership
from chariot_gen.workspace.manifest import BACKEND, Entry, Manifest, manifest_path, read_manifests
from chariot_gen.workspace.tree import Tree

NOTE = Manifest(
    entity="note",
    facts={"spec": "specs/note.yaml", "spec_sha256": "aa"},
    names={"go": "Note", "flat": "note"},
    entries=(
        Entry("cmd/note/main.go", Ownership.MERGED, "cmd/COMMAND/main.go.jinja", ("bb",)),
        Entry("pkg/model/model/note_custom.go", Ownership.SEEDED, "x.jinja", ("cc",)),
    ),
)
BACKEND_FILES = Manifest(
    facts={"generator": "gg"}, entries=(Entry("template.yaml", Ownership.GENERATED, "template.yaml.jinja"),)
)


def _write(root: Path, *manifests: Manifest) -> None:
    for manifest in manifests:
        path = root / manifest.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(manifest.to_text(), encoding="utf-8")


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    _write(tmp_path, NOTE, BACKEND_FILES)
    assert read_manifests(Tree(tmp_path)) == {"": BACKEND_FILES, "note": NOTE}


def test_there_is_one_line_for_each_file() -> None:
    lines = NOTE.to_text().splitlines()
    assert [line for line in lines if "cmd/note/main.go" in line] == [
        (
            '    "cmd/note/main.go": {"ownership": "merged", '
            '"template": "cmd/COMMAND/main.go.jinja", "sha256": "bb"},'
        )
    ]


def test_no_manifest_is_an_empty_answer(tmp_path: Path) -> None:
    assert read_manifests(Tree(tmp_path)) == {}


def test_both_sides_of_an_unresolved_merge_count(tmp_path: Path) -> None:
    text = NOTE.to_text().splitlines()
    place = next(number for number, line in enumerate(text) if "main.go" in line)
    other = text[place].replace('"bb"', '"dd"')
    text[place : place + 1] = ["<<<<<<< ours", text[place], "=======", other, ">>>>>>> theirs"]
    path = tmp_path / manifest_path("note")
    path.parent.mkdir(parents=True)
    path.write_text("\n".join(text) + "\n", encoding="utf-8")
    entries = read_manifests(Tree(tmp_path))["note"].entries
    assert [entry.digests for entry in entries] == [("bb", "dd"), ("cc",)]


@pytest.mark.parametrize("text", ["{", "[]", '{"format": 99}'])
def test_a_file_that_is_no_manifest_is_said(tmp_path: Path, text: str) -> None:
    (tmp_path / BACKEND).parent.mkdir()
    (tmp_path / BACKEND).write_text(text, encoding="utf-8")
    with pytest.raises(WorkspaceError, match=r"backend\.json"):
        read_manifests(Tree(tmp_path))


def test_branches_that_each_add_an_entity_merge_without_a_conflict(tmp_path: Path) -> None:
    def git(*arguments: str) -> None:
        identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com"]
        subprocess.run(["git", *identity, *arguments], cwd=tmp_path, check=True, capture_output=True)

    git("init", "-q", "-b", "main")
    _write(tmp_path, BACKEND_FILES, NOTE)
    git("add", "-A")
    git("commit", "-qm", "One entity")
    for name in ("asset", "port"):
        git("checkout", "-q", "-b", name, "main")
        _write(tmp_path, Manifest(entity=name, facts={"spec": f"specs/{name}.yaml"}))
        git("add", "-A")
        git("commit", "-qm", f"Add {name}")
    git("merge", "-q", "asset")
    assert sorted(read_manifests(Tree(tmp_path))) == ["", "asset", "note", "port"]
