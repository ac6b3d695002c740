"""Renaming loses no hand edit, whatever it is, and the way back gives the same bytes."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from random import Random

import pytest

from commandline import chariot_gen
from handedits import HandEdit, edit_go
from regeneration import formatted
from trees import REPOSITORY, tree

CACHE = (".chariot/cache",)
EDITS = 12
RENAMINGS = (
    (("entity", "NewEntity", "Widget"), ("entity", "Widget", "NewEntity")),
    (("entity", "Person", "HTTPClient"), ("entity", "HTTPClient", "Person")),
    (
        ("field", "NewEntity.field1", "a_much_longer_name"),
        ("field", "NewEntity.a_much_longer_name", "field1"),
    ),
    (("field", "Person.name", "full_name"), ("field", "Person.full_name", "name")),
    (("service", "NewEntity.external_service", "x"), ("service", "NewEntity.x", "external_service")),
)


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backend of two entities that nobody has edited."""
    backend = tmp_path_factory.mktemp("fresh") / "backend"
    specs = (REPOSITORY / "examples" / "specs" / f"{name}.yaml" for name in ("new_entity", "person"))
    done = chariot_gen("entity", *specs, f"--dest={backend}", "--no-hooks")
    assert done.code == 0, done.err
    return backend


def _unused(text: str) -> set[str]:
    """Return the imports that nothing uses: who deletes a function deletes them too, or Go complains."""
    return {
        name for name in re.findall(r'^\t"(?:\S+/)?(\w+)"$', text, re.MULTILINE) if f"{name}." not in text
    }


def _edited(backend: Path, seed: int) -> list[HandEdit]:
    """Edit the Go files that people may edit, as an editor that formats would leave them."""
    random = Random(seed)  # noqa: S311 - the same edits every time
    kept = {path: text.decode() for path, text in tree(backend / ".chariot" / "base").items()}
    texts = {path: text for path, text in kept.items() if path.endswith(".go") and "DO NOT EDIT" not in text}
    paths = sorted(texts)
    edits = []
    while len(edits) < EDITS:
        path = random.choice(paths)
        text, edit = edit_go(path, texts[path], f"handEdit{seed}x{len(edits)}", random)
        if not _unused(text) - _unused(texts[path]):
            texts[path] = text
            edits.append(edit)
    laid_out = formatted(list(texts.values()))
    for path, text in texts.items():
        (backend / path).write_text(laid_out[text], encoding="utf-8")
    return edits


def _all_of(files: Mapping[str, bytes]) -> str:
    """Return everything that people may have written."""
    return b"\n".join(text for path, text in files.items() if not path.startswith(".chariot")).decode()


def _rename(backend: Path, words: tuple[str, ...]) -> None:
    done = chariot_gen("rename", *words, f"--dest={backend}", "--no-hooks")
    assert done.code == 0, done.out + done.err


@pytest.mark.parametrize("seed", range(len(RENAMINGS)))
def test_no_edit_is_lost_and_the_way_back_gives_the_same_bytes(
    fresh: Path, tmp_path: Path, seed: int
) -> None:
    there, back = RENAMINGS[seed % len(RENAMINGS)]
    backend = Path(shutil.copytree(fresh, tmp_path / "backend"))
    edits = _edited(backend, seed)
    before = tree(backend, without=CACHE)
    _rename(backend, there)
    text_before, text_after = _all_of(before), _all_of(tree(backend, without=CACHE))
    # A later edit may have deleted what an earlier one had marked.
    for mark in (edit.mark for edit in edits if edit.mark.startswith("handEdit")):
        assert text_after.count(mark) == text_before.count(mark), mark
    _rename(backend, back)
    after = tree(backend, without=CACHE)
    for path in sorted({*before, *after}):
        assert after.get(path, b"").decode() == before.get(path, b"").decode(), path
