from __future__ import annotations

from pathlib import Path

import msgspec

from chariot_gen.diagnostics import Location
from chariot_gen.files import FilePlan, Ownership
from chariot_gen.render.renderer import render
from chariot_gen.render.trace import origins

TEMPLATE = """\
package [[ package ]]

type T struct {
//% for field in fields
	// [[ field.doc ]]
	[[ field.name ]] [[ field.type ]]
//% for note in field.notes
	// [[ note.text ]]
//% endfor

//% endfor
}
"""


class Note(msgspec.Struct, frozen=True):
    text: str
    origin: Location | None = None


class Field(msgspec.Struct, frozen=True):
    name: str
    type: str
    doc: str
    notes: tuple[Note, ...]
    origin: Location


class View(msgspec.Struct, frozen=True):
    package: str
    fields: tuple[Field, ...]


def _plan(root: Path) -> FilePlan:
    (root / "t.go.jinja").write_text(TEMPLATE, encoding="utf-8")
    first = Field(
        "A", "int", "A is.", (Note("plain"), Note("own", Location("s.yaml", 9, 3))), Location("s.yaml", 4)
    )
    second = Field("LongName", "string", "LongName is.", (), Location("s.yaml", 5, 3))
    return FilePlan("t.go", "t.go.jinja", Ownership.MERGED, lambda: View("p", (first, second)))


def test_a_line_goes_back_to_the_innermost_item_with_a_place(tmp_path: Path) -> None:
    plan = _plan(tmp_path)
    text = render(plan, tmp_path).text
    found = {
        text.splitlines()[line - 1].strip(): str(place)
        for line, place in origins(plan, tmp_path, text).items()
        if place is not None
    }
    assert found == {
        "// A is.": "s.yaml:4:1",
        "A int": "s.yaml:4:1",
        "// plain": "s.yaml:4:1",
        "// own": "s.yaml:9:3",
        "// LongName is.": "s.yaml:5:3",
        "LongName string": "s.yaml:5:3",
    }
    assert [*origins(plan, tmp_path, text)] == [*range(1, len(text.splitlines()) + 1)]


def test_layout_and_edits_do_not_lead_astray(tmp_path: Path) -> None:
    plan = _plan(tmp_path)
    text = render(plan, tmp_path).text
    edited = text.replace("LongName string", "LongName    string").replace(
        "package p\n", "package p\n\n// A person's.\n"
    )
    line = edited.splitlines().index("\tLongName    string") + 1
    assert origins(plan, tmp_path, edited)[line] == Location("s.yaml", 5, 3)
    assert edited.splitlines().index("// A person's.") + 1 not in origins(plan, tmp_path, edited)


def test_tracing_leaves_the_next_rendering_alone(tmp_path: Path) -> None:
    plan = _plan(tmp_path)
    before = render(plan, tmp_path).text
    origins(plan, tmp_path, before)
    assert render(plan, tmp_path).text == before
