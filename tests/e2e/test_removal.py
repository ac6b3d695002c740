"""What a spec drops: what nobody edited goes, what somebody edited or uses stops the run as a whole."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from commandline import SPECS, Done, chariot_gen
from trees import append, edit, tree

SPEC = "specs/new_entity.yaml"
MODEL = "pkg/model/model/new_entity.go"
HANDLER = "pkg/handler/handlers/new_entity_handler.go"
HANDLER_TEST = "pkg/handler/handlers/new_entity_handler_test.go"
CLIENT = "pkg/service/external_service_client.go"
CLIENT_TEST = "pkg/service/external_service_client_test.go"
APART = (".chariot/cache",)
IS_HEAVY = """
// IsHeavy reports whether the entity weighs more than most.
func (n *NewEntity) IsHeavy() bool {
	return n.Field2 > 500
}
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backend of two entities, one of which is served by an outside service."""
    folder = tmp_path_factory.mktemp("made") / "backend"
    specs = (SPECS / name for name in ("new_entity.yaml", "key.yaml"))
    done = chariot_gen("entity", *specs, "--dest", folder, "--no-hooks")
    assert done.code == 0, done.out + done.err
    return folder


@pytest.fixture
def backend(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "backend"))


def _drop_field(backend: Path) -> None:
    spec = backend / SPEC
    text = re.sub(r"(?m)^  field2:.*\n", "", spec.read_text(encoding="utf-8"))
    text = text.replace("valid:\n  - { field: field2, min: 0, max: 1000 }\n", "")
    spec.write_text(text.replace("constructor: [field1, field2]", "constructor: [field1]"), encoding="utf-8")


def _drop_delete(backend: Path) -> None:
    edit(backend / SPEC, " delete,", "")


def _drop_service(backend: Path) -> None:
    spec = backend / SPEC
    text = spec.read_text(encoding="utf-8").replace(" refresh,", "")
    start, end = text.index("services:\n"), text.index("triggers:")
    spec.write_text(text[:start] + text[end:], encoding="utf-8")


def _regen(backend: Path, *arguments: str) -> Done:
    return chariot_gen("regen", "--dest", backend, *arguments)


def _refused(backend: Path, code: int, *arguments: str) -> str:
    """Run, and return what was said; nothing may have been written."""
    before = tree(backend, without=APART)
    done = _regen(backend, *arguments)
    assert done.code == code, done.out + done.err
    assert tree(backend, without=APART) == before
    assert "nothing was written" in done.err
    return done.err


def _taken(backend: Path, *arguments: str) -> str:
    done = _regen(backend, *arguments)
    assert done.code == 0, done.out + done.err
    return done.out


def _text(backend: Path, path: str) -> str:
    return (backend / path).read_text(encoding="utf-8")


def test_a_field_that_nobody_uses_goes_and_edits_beside_it_stay(backend: Path) -> None:
    append(backend / MODEL, IS_HEAVY.replace("n.Field2 > 500", 'n.Status == "A"'))
    _drop_field(backend)
    _taken(backend)
    left = [path for path, content in tree(backend, without=(".git",)).items() if b"Field2" in content]
    assert left == []
    assert "IsHeavy() bool {" in _text(backend, MODEL)


@pytest.mark.parametrize("path", [MODEL, "pkg/model/model/weights.go"])
def test_a_field_that_a_persons_function_uses_stops_at_the_function(backend: Path, path: str) -> None:
    head = "" if (backend / path).exists() else "package model\n"
    append(backend / path, head + IS_HEAVY)
    _drop_field(backend)
    said = _refused(backend, 4)
    line = _text(backend, path).splitlines().index("\treturn n.Field2 > 500") + 1
    assert f"{path}:{line}:11: error: n.Field2 undefined" in said
    assert "this line is not generated: make it fit what is" in said
    assert "caused by" not in said
    edit(backend / path, "n.Field2 > 500", "len(n.Field1) > 500")
    _taken(backend)
    assert "len(n.Field1) > 500" in _text(backend, path)


def test_an_edited_field_stops_and_shows_its_texts(backend: Path) -> None:
    edit(backend / MODEL, "// Weight of the entity.\n\tField2", "// Weight in stones.\n\tField2")
    _drop_field(backend)
    said = _refused(backend, 3)
    for line in (
        "field Field2 of NewEntity",
        "// Weight of the entity.",
        "// Weight in stones.",
        "(nothing)",
    ):
        assert line in said
    assert f"newly generated from {SPEC}:" in said


def test_an_edited_method_of_a_dropped_operation_stops_until_it_is_decided(backend: Path) -> None:
    edit(backend / HANDLER, "version := store.AnyVersion\n", "version := store.AnyVersion // by hand\n")
    _drop_delete(backend)
    assert "func (h *NewEntityHandler) delete" in _refused(backend, 3)
    # Kept, it would call what its store no longer offers.
    assert "h.store.Delete undefined" in _refused(backend, 4, "--on-conflict=ours")
    _taken(backend, "--on-conflict=theirs")
    handler = _text(backend, HANDLER)
    assert ") delete(" not in handler
    assert "DELETE /api/newentity" not in handler
    assert "AnyVersion" not in handler


def test_an_edited_test_of_a_dropped_operation_stops(backend: Path) -> None:
    edit(
        backend / HANDLER_TEST,
        "func TestNewEntityHandlerDelete(t *testing.T) {\n",
        'func TestNewEntityHandlerDelete(t *testing.T) {\n\tt.Log("by hand")\n',
    )
    _drop_delete(backend)
    assert "func TestNewEntityHandlerDelete" in _refused(backend, 3)


def test_a_persons_own_test_outlives_the_operation(backend: Path) -> None:
    own = "\nfunc TestNewEntityIsWhole(t *testing.T) {\n\tt.Parallel()\n}\n"
    append(backend / HANDLER_TEST, own)
    _drop_delete(backend)
    _taken(backend)
    assert own in _text(backend, HANDLER_TEST)
    assert "TestNewEntityHandlerDelete" not in _text(backend, HANDLER_TEST)


def test_a_service_that_nobody_edited_goes_whole(backend: Path) -> None:
    _drop_service(backend)
    assert f"delete  {CLIENT} (no longer generated, and nobody edited it)" in _taken(backend)
    assert not (backend / "pkg" / "service").exists()
    assert "ExternalService" not in _text(backend, "template.yaml")


@pytest.mark.parametrize("path", [CLIENT, CLIENT_TEST])
def test_an_edited_client_of_a_dropped_service_must_compile_or_go(backend: Path, path: str) -> None:
    append(backend / path, "\n// Hello is by hand.\nconst Hello = 1\n")
    _drop_service(backend)
    said = _refused(backend, 4)
    assert re.search(rf"^{path}:\d+:\d+: error: ", said, re.MULTILINE)
    assert "no longer generated but was edited by hand: remove it, or keep in the spec what it uses" in said
    (backend / path).unlink()
    _taken(backend)
    assert not (backend / "pkg" / "service").exists()


def test_an_edited_orphan_that_compiles_stays_and_is_reported(backend: Path) -> None:
    stack = "cf-templates/new_entity_resources.yaml"
    edit(backend / stack, "      MemorySize: 256\n", "      MemorySize: 512\n")
    (backend / SPEC).unlink()
    said = _taken(backend)
    assert f"keep    {stack}" in said or f"kept    {stack}" in said
    assert "no longer generated, but edited by hand; remove it when you no longer need it" in said
    assert "MemorySize: 512" in _text(backend, stack)
    assert not (backend / MODEL).exists()
