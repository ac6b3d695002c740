"""The index of identifiers: each is known by what it refers to, as Go's type checker sees it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from chariot_gen.errors import ToolError
from chariot_gen.hooks.identifiers import index
from chariot_gen.resources import hooks_root
from tools import go, gofmt

MODEL = """\
package model

// Note is a note.
type Note struct{ Base; Title string }

type Base struct{ Key string }

func (n *Note) Rename(title string) { n.Title = title }

func NewNote() *Note {
	note := &Note{Title: "é"}; note.Rename("x")
	return note
}
"""
USER = """\
package user

import (
	"fmt"
	n "m/model"
)

type local struct{ Title string }

func Use(all []*n.Note) string {
	for _, Note := range all {
		fmt.Println(Note.Title, Note.Key, Note.Base)
	}
	return local{Title: all[0].Title}.Title
}
"""
WORDS = ["Note", "Title", "Base", "Key", "note", "Rename"]


@pytest.fixture(autouse=True)
def _go_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(Path(go()).parent), prepend=":")


def _index(folder: Path, files: Mapping[str, str]) -> dict[str, list[tuple[str, str, bool]]]:
    """Return, for each file, the identifier as written, its address, and whether it is declared there."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (found,) = index([folder], "m", WORDS)
    return {
        path: [
            (re.findall(r"\w+", files[path][place.offset :])[0], place.address, place.defines)
            for place in places
        ]
        for path, places in found.items()
    }


def test_every_use_of_a_name_is_told_from_one_that_looks_the_same(tmp_path: Path) -> None:
    found = _index(tmp_path, {"model/note.go": MODEL, "user/user.go": USER})
    assert [(address, defines) for _, address, defines in found["user/user.go"]] == [
        ("m/user.local.Title", True),
        ("m/model.Note", False),
        ("m/user.Use:Note", True),
        ("m/user.Use:Note", False),
        ("m/model.Note.Title", False),
        ("m/user.Use:Note", False),
        ("m/model.Base.Key", False),
        ("m/user.Use:Note", False),
        ("m/model.Base", False),
        ("m/user.local.Title", False),
        ("m/model.Note.Title", False),
        ("m/user.local.Title", False),
    ]


def test_offsets_count_characters(tmp_path: Path) -> None:
    found = _index(tmp_path, {"model/note.go": MODEL})
    assert ("note", "m/model.NewNote:note", False) in found["model/note.go"]
    assert ("Rename", "m/model.Note.Rename", False) in found["model/note.go"]


def test_tests_inside_and_outside_of_a_package_are_read(tmp_path: Path) -> None:
    inside = "package model\n\nfunc helper() string { return NewNote().Title }\n"
    outside = 'package model_test\n\nimport "m/model"\n\nvar Note = model.NewNote().Title\n'
    files = {"model/note.go": MODEL, "model/in_test.go": inside, "model/out_test.go": outside}
    found = _index(tmp_path, files)
    assert [address for _, address, _ in found["model/in_test.go"]] == ["m/model.Note.Title"]
    assert [address for _, address, _ in found["model/out_test.go"]] == [
        "m/model_test.Note",
        "m/model.Note.Title",
    ]


def test_generic_code_and_what_comes_from_elsewhere_are_seen_through(tmp_path: Path) -> None:
    generic = """\
package store

import "github.com/other/thing/v2"

type Page[T any] struct{ Items []*T }

func List[T any](client thing.Client) Page[T] { return Page[T]{} }
"""
    user = """\
package user

import (
	"m/model"
	"m/store"
	"github.com/other/thing/v2"
)

func First(c thing.Client) string { return store.List[model.Note](c).Items[0].Title }
"""
    found = _index(tmp_path, {"model/note.go": MODEL, "store/store.go": generic, "user/user.go": user})
    assert [address for _, address, _ in found["user/user.go"]] == ["m/model.Note", "m/model.Note.Title"]


def test_a_file_that_is_not_go_is_left_out(tmp_path: Path) -> None:
    found = _index(tmp_path, {"model/note.go": MODEL, "model/broken.go": "package model\n\nfunc Note( {\n"})
    assert set(found) == {"model/note.go"}


def test_without_go_the_remedy_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chariot_gen.hooks.identifiers.find_program", lambda _: "")
    with pytest.raises(ToolError, match=r"go: is needed to follow names .* install Go"):
        index([tmp_path], "m", WORDS)


def test_a_root_that_is_none_is_reported(tmp_path: Path) -> None:
    with pytest.raises(ToolError, match=r"identifiers\.go: broke off; it said: .*absent"):
        index([tmp_path / "absent"], "m", WORDS)


def test_the_program_is_formatted_and_vetted() -> None:
    source = hooks_root() / "index" / "identifiers.go"
    assert subprocess.run([gofmt(), "-l", source], capture_output=True, text=True, check=True).stdout == ""
    subprocess.run([go(), "vet", source.name], cwd=source.parent, check=True)
