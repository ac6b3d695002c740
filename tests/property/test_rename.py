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
from stackedits import edit_stack
from trees import REPOSITORY, tree

CACHE = (".chariot/cache",)
EDITS = 12
STACK_EDITS = 4
STACK = "cf-templates/new_entity_resources.yaml"
# What a person edits in a tag or a body that says names, which stay.
_DESCRIPTION = re.compile(r'(?<=desc:")[^"`]*(?="[^`\n]*`$)', re.MULTILINE)
_VALUE = re.compile(r'(?<=\w": )(?:\d+(?:\.\d+)?|"[^"\n]*")(?=,?$)', re.MULTILINE)
_VARIABLE = re.compile(r"(?<=^          )([A-Z_]+_(?:BASE_URL|SECRET_NAME)): !Ref (\w+)$", re.MULTILINE)
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
    texts = {path: _partly_edited(text, f"handEdit{seed}part", random) for path, text in texts.items()}
    _edit_stack(backend, random)
    laid_out = formatted(list(texts.values()))
    for path, text in texts.items():
        (backend / path).write_text(laid_out[text], encoding="utf-8")
    return edits


def _partly_edited(text: str, mark: str, random: Random) -> str:
    """Edit some tags and bodies in part, so that they do not read any more as they were written."""
    for pattern, value in ((_DESCRIPTION, mark), (_VALUE, f'"{mark}"')):
        text = pattern.sub(lambda match, value=value: random.choice((match[0], value)), text)  # type: ignore[misc]
    return text


def _edit_stack(backend: Path, random: Random) -> None:
    """Edit values and what stands beside them, those of environment variables too."""
    file = backend / STACK
    text = _VARIABLE.sub(r"\1: !Sub '${\2}/handEditOf' # mine", file.read_text(encoding="utf-8"))
    for number in range(STACK_EDITS):
        text, _ = edit_stack(text, f"handEditStack{number}", random)
    file.write_text(text, encoding="utf-8")


def _old_names(there: tuple[str, ...], text: str) -> list[str]:
    """Return where a text says the old name of a field or service to the outside, or in the environment."""
    kind, old, _ = there
    name = old.rpartition(".")[2]
    if kind == "entity":
        return []
    patterns = {
        "field": rf'\b(?:json|dynamodbav):"{name}\b|"{name}":',
        "service": rf"\b{name.upper()}_[A-Z]",
    }
    return re.findall(patterns[kind], text)


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
    twin = Path(shutil.copytree(fresh, tmp_path / "twin"))
    edits = _edited(backend, seed)
    before = tree(backend, without=CACHE)
    _rename(backend, there)
    _rename(twin, there)
    old_names = [_old_names(there, _all_of(tree(root, without=CACHE))) for root in (backend, twin)]
    assert len(old_names[0]) <= len(old_names[1]), old_names
    text_before, text_after = _all_of(before), _all_of(tree(backend, without=CACHE))
    # A later edit may have deleted what an earlier one had marked.
    for mark in (edit.mark for edit in edits if edit.mark.startswith("handEdit")):
        assert text_after.count(mark) == text_before.count(mark), mark
    _rename(backend, back)
    after = tree(backend, without=CACHE)
    for path in sorted({*before, *after}):
        assert after.get(path, b"").decode() == before.get(path, b"").decode(), path
