"""A spec is edited, and so are the files made from it: regeneration keeps both, or says why not."""

from __future__ import annotations

from pathlib import Path

import pytest

from commandline import chariot_gen
from tools import go, run
from trees import REPOSITORY, edit, tree

SPEC = REPOSITORY / "examples" / "specs" / "new_entity.yaml"
MODEL = "pkg/model/model/new_entity.go"
HANDLER = "pkg/handler/handlers/new_entity_handler.go"
STACK = "cf-templates/new_entity_resources.yaml"
HAND_WRITTEN = """
// IsHeavy reports whether the entity weighs more than most.
func (n *NewEntity) IsHeavy() bool {
\treturn n.Field2 > 500
}
"""
NEW_FIELD = "  colour: { desc: Colour of the entity., example: red }\n"


@pytest.fixture
def backend(tmp_path: Path) -> Path:
    """A backend of one entity."""
    folder = tmp_path / "backend"
    done = chariot_gen("entity", SPEC, f"--dest={folder}", "--no-hooks")
    assert done.code == 0, done.err
    return folder


def _add_field(backend: Path) -> None:
    edit(backend / "specs" / "new_entity.yaml", "defaults:\n", f"{NEW_FIELD}defaults:\n")


def test_hand_edits_and_spec_edits_live_together(backend: Path) -> None:
    with (backend / MODEL).open("a", encoding="utf-8") as model:
        model.write(HAND_WRITTEN)
    edit(backend / MODEL, "\t// Lifecycle status.\n", "\t// Lifecycle status: A, or D once deleted.\n")
    edit(
        backend / HANDLER,
        "\n\tnewEntity.Username = tenant\n",
        "\n\tnewEntity.Username = tenant\n\tnewEntity.Summary = nil\n",
    )
    edit(backend / STACK, "      MemorySize: 256\n", "      MemorySize: 512\n")
    _add_field(backend)
    done = chariot_gen("regen", f"--dest={backend}")
    assert done.code == 0, done.out + done.err
    model = (backend / MODEL).read_text(encoding="utf-8")
    assert HAND_WRITTEN in model
    assert "// Lifecycle status: A, or D once deleted." in model
    assert "Colour string" in model
    assert "newEntity.Summary = nil" in (backend / HANDLER).read_text(encoding="utf-8")
    assert "newEntity.Colour = r.Colour" in (backend / HANDLER).read_text(encoding="utf-8")
    assert "MemorySize: 512" in (backend / STACK).read_text(encoding="utf-8")
    run([go(), "vet", "./..."], backend)
    again = tree(backend, without=(".chariot/cache",))
    assert chariot_gen("regen", f"--dest={backend}").code == 0
    assert tree(backend, without=(".chariot/cache",)) == again


def test_what_version_control_took_back_is_made_again(backend: Path) -> None:
    before, again = tree(backend, without=(".chariot/cache",)), []
    for _ in range(2):
        _add_field(backend)
        done = chariot_gen("regen", f"--dest={backend}", "--no-hooks")
        assert done.code == 0, done.out + done.err
        again.append((backend / MODEL).read_text(encoding="utf-8"))
        for path, content in before.items():
            (backend / path).write_bytes(content)
    assert "Colour of the entity." in again[0]
    assert again[0] == again[1]


def test_a_place_that_both_sides_change_stops_the_run(backend: Path) -> None:
    edit(backend / MODEL, "\t// Lifecycle status.\n", "\t// The status, by hand.\n")
    edit(backend / "specs" / "new_entity.yaml", "desc: Lifecycle status.", "desc: State in its life.")
    before = tree(backend, without=(".chariot/cache",))
    done = chariot_gen("regen", f"--dest={backend}", "--no-hooks")
    assert done.code == 3
    assert "last generated:" in done.err
    assert "// The status, by hand." in done.err
    assert "// State in its life." in done.err
    lines = (backend / "specs" / "new_entity.yaml").read_text(encoding="utf-8").splitlines()
    (changed,) = (number for number, line in enumerate(lines, start=1) if "State in its life." in line)
    assert f"newly generated from specs/new_entity.yaml:{changed}:\n" in done.err
    assert tree(backend, without=(".chariot/cache",)) == before


def test_a_lost_base_is_explained_and_nothing_is_overwritten(backend: Path) -> None:
    with (backend / MODEL).open("a", encoding="utf-8") as model:
        model.write(HAND_WRITTEN)
    (backend / ".chariot" / "base" / MODEL).write_text("damaged", encoding="utf-8")
    _add_field(backend)
    before = tree(backend, without=(".chariot/cache",))
    done = chariot_gen("regen", f"--dest={backend}", "--no-hooks")
    assert done.code == 3
    assert f".chariot/base/{MODEL} is missing or was changed" in done.err
    assert tree(backend, without=(".chariot/cache",)) == before
