"""Files change hands: an edit of a shared file is kept, merged or discarded, and each choice lasts."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from commandline import chariot_gen, new_backend
from trees import append, edit, tree

MODEL = "pkg/model/model/note.go"
SHARED = "pkg/apierror/code.go"
COMPOSED = "template.yaml"
MINE = "\n// A person's words.\n"
APART = (".chariot",)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return new_backend(tmp_path_factory.mktemp("made"))


@pytest.fixture
def backend(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "backend"))


@pytest.fixture
def edited(backend: Path) -> Path:
    """A backend in which a shared file was edited, and would be written otherwise by now."""
    older = (
        (backend / SHARED).read_text(encoding="utf-8").replace("package apierror", "package apierror // old")
    )
    _record(backend, SHARED, older)
    shutil.rmtree(backend / ".chariot" / "cache")
    (backend / SHARED).write_text(older + MINE, encoding="utf-8")
    return backend


def _record(backend: Path, path: str, text: str) -> None:
    """Make the records say that this is what was last written, as an older chariot-gen had."""
    from hashlib import sha256  # noqa: PLC0415 - only here

    manifest = backend / ".chariot" / "backend.json"
    document = json.loads(manifest.read_text(encoding="utf-8"))
    old = document["files"][path]["sha256"]
    new = sha256(text.encode()).hexdigest()
    manifest.write_text(
        manifest.read_text(encoding="utf-8").replace(old, new).replace('"generator": "', '"generator": "0'),
        encoding="utf-8",
    )


def _run(backend: Path, *arguments: str) -> tuple[int, str]:
    hooks = ["--no-hooks"] if arguments[0] == "regen" else []
    done = chariot_gen(*arguments, "--dest", backend, *hooks)
    return done.code, done.out + done.err


def _kind(backend: Path, path: str) -> str:
    files = json.loads(_run(backend, "check", "--json")[1])["files"]
    return next(file["class"] for file in files if file["path"] == path)


def test_an_edited_shared_file_stops_the_run_and_the_three_ways_on_are_named(edited: Path) -> None:
    before = tree(edited, without=(".chariot/cache",))
    code, said = _run(edited, "regen")
    assert (code, tree(edited, without=(".chariot/cache",)) == before) == (3, True)
    for way in (f"adopt {SHARED}", f"release {SHARED}", f"regen --restore {SHARED}"):
        assert f"chariot-gen {way}" in said


def test_discarded(edited: Path) -> None:
    code, said = _run(edited, "regen", "--restore", SHARED)
    assert (code, MINE in (edited / SHARED).read_text(encoding="utf-8")) == (0, False), said
    assert _run(edited, "check")[0] == 0


def test_released_it_is_never_written_again_nor_asked_about(edited: Path) -> None:
    before = (edited / SHARED).read_bytes()
    assert _run(edited, "release", SHARED)[0] == 0
    for _ in range(2):
        code, said = _run(edited, "regen")
        assert (code, (edited / SHARED).read_bytes()) == (0, before), said
        shutil.rmtree(edited / ".chariot" / "cache")
    assert _run(edited, "check")[0] == 0
    code, said = _run(edited, "regen", "--restore", SHARED)
    assert (code, "adopt it first" in said, (edited / SHARED).read_bytes()) == (2, True, before)
    (edited / SHARED).unlink()
    assert _run(edited, "regen", "--restore")[0] == 0
    assert not (edited / SHARED).exists()
    assert _run(edited, "check")[0] == 0


def test_adopted_its_edits_are_merged_with_what_is_generated(backend: Path) -> None:
    append(backend / COMPOSED, "# A person's words.\n")
    assert _kind(backend, COMPOSED) == "edited"
    assert _run(backend, "adopt", COMPOSED)[0] == 0
    assert _run(backend, "check")[0] == 0
    other = (backend / "specs" / "note.yaml").read_text(encoding="utf-8")
    (backend / "specs" / "leaflet.yaml").write_text(
        other.replace("Note", "Leaflet").replace("#note#", "#leaflet#"), encoding="utf-8"
    )
    for _ in range(2):
        code, said = _run(backend, "regen")
        assert code == 0, said
        text = (backend / COMPOSED).read_text(encoding="utf-8")
        assert ("# A person's words.\n" in text, "leaflet" in text.lower()) == (True, True)
        shutil.rmtree(backend / ".chariot" / "cache")


def test_adopted_without_a_known_base_yours_stays_as_it_is(edited: Path) -> None:
    before = (edited / SHARED).read_bytes()
    code, said = _run(edited, "adopt", SHARED)
    assert (code, "beginning with the present rendering" in said) == (0, True)
    code, said = _run(edited, "regen")
    assert (code, (edited / SHARED).read_bytes()) == (0, before), said
    assert _run(edited, "check")[0] == 0


def test_a_released_file_that_is_adopted_takes_in_what_changed_meanwhile(backend: Path) -> None:
    append(backend / MODEL, MINE)
    assert _run(backend, "release", MODEL)[0] == 0
    edit(backend / "specs" / "note.yaml", "Text of the note.", "Body of the note.")
    assert _run(backend, "regen")[0] == 0
    assert "Body of the note." not in (backend / MODEL).read_text(encoding="utf-8")
    assert _run(backend, "adopt", MODEL)[0] == 0
    assert _run(backend, "regen")[0] == 0
    text = (backend / MODEL).read_text(encoding="utf-8")
    assert ("Body of the note." in text, text.endswith(MINE)) == (True, True)


def test_a_lost_base_is_made_up_for_by_adopting(backend: Path) -> None:
    append(backend / MODEL, MINE)
    (backend / ".chariot" / "base" / MODEL).write_text("damaged", encoding="utf-8")
    edit(backend / "specs" / "note.yaml", "Text of the note.", "Body of the note.")
    code, said = _run(backend, "regen")
    assert (code, f"chariot-gen adopt {MODEL}" in said) == (3, True)
    assert _run(backend, "adopt", MODEL)[0] == 0
    assert _run(backend, "regen")[0] == 0
    assert (backend / MODEL).read_text(encoding="utf-8").endswith(MINE)
    edit(backend / "specs" / "note.yaml", "Title of the note.", "Heading of the note.")
    assert _run(backend, "regen")[0] == 0
    text = (backend / MODEL).read_text(encoding="utf-8")
    assert ("Heading of the note." in text, text.endswith(MINE)) == (True, True)


def test_a_file_that_was_there_before_can_be_adopted_or_released(backend: Path) -> None:
    for way in ("adopt", "release"):
        copy = Path(shutil.copytree(backend, backend.parent / way))
        name = "pkg/service/doc.go"
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).write_text("// Package service is mine.\npackage service\n", encoding="utf-8")
        services = (
            "services:\n  weather:\n    base_url: https://api.example.com\n    calls:\n"
            "      now: { path: /now, desc: The weather now. }\n"
        )
        append(copy / "specs" / "note.yaml", services)
        code, said = _run(copy, "regen")
        assert (code, said.startswith(f"{name}: exists and was not written")) == (3, True), said
        assert _run(copy, way, name)[0] == 0
        code, said = _run(copy, "regen")
        assert (code, (copy / name).read_text(encoding="utf-8")[:24]) == (0, "// Package service is mi"), said


def test_an_edited_orphan_is_reported_until_it_is_released_or_removed(backend: Path) -> None:
    append(backend / MODEL, MINE)
    (backend / "specs" / "note.yaml").unlink()
    assert _run(backend, "regen")[0] == 0
    assert (_run(backend, "check")[0], _kind(backend, MODEL)) == (5, "orphaned")
    assert _run(backend, "adopt", MODEL)[0] == 2
    assert _run(backend, "regen", "--restore", MODEL)[0] == 2
    assert _run(backend, "release", MODEL)[0] == 0
    assert _run(backend, "check")[0] == 0
    assert (backend / MODEL).read_text(encoding="utf-8").endswith(MINE)
    assert not (backend / ".chariot" / "base" / MODEL).exists()


def test_a_single_removed_file_comes_back_and_the_others_stay_out(backend: Path) -> None:
    test = MODEL.replace(".go", "_test.go")
    for path in (MODEL, test):
        (backend / path).unlink()
    assert _run(backend, "regen", "--restore", MODEL)[0] == 0
    assert ((backend / MODEL).exists(), (backend / test).exists()) == (True, False)


@pytest.mark.parametrize("path", ["template.yml", ".chariot/schema/entity.json", "chariot.yaml"])
def test_what_cannot_change_hands_is_refused(backend: Path, path: str) -> None:
    before = tree(backend, without=(".chariot/cache",))
    assert _run(backend, "adopt", path)[0] == 2
    assert tree(backend, without=(".chariot/cache",)) == before


def test_a_path_is_understood_from_where_one_stands(backend: Path) -> None:
    done = chariot_gen("release", "code.go", folder=backend / "pkg" / "apierror")
    assert (done.code, done.out.startswith(f"  {SHARED}: yours from now on")) == (0, True), done.err


def test_who_owns_a_file_is_shown_to_machines(backend: Path) -> None:
    done = chariot_gen("release", SHARED, "--dest", backend, "--json")
    assert json.loads(done.out)["files"] == [{"path": SHARED, "ownership": "yours"}]
    files = json.loads(_run(backend, "check", "--json")[1])["files"]
    assert [file["path"] for file in files if file["ownership"] == "yours"] == [SHARED]
