"""What single entities bring to shared files is made once for as long as it holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from chariot_gen.model.backend import Backend
from chariot_gen.model.entity import Entity
from chariot_gen.pipeline.pieces import PIECES, KnownPieces
from chariot_gen.pipeline.request import Request
from chariot_gen.pipeline.run import run
from chariot_gen.plan.openapi import pieces as openapi_pieces
from chariot_gen.plan.openapi.items import item_schema
from chariot_gen.plan.recall import Pieces
from chariot_gen.workspace.tree import Tree
from stacks import backend, example
from trees import REPOSITORY

ENTITY = backend(example("host")).entities[0]
SOURCES = {"host": "a hash"}


def _keep(root: Path, content: bytes) -> None:
    (root / PIECES).parent.mkdir(parents=True, exist_ok=True)
    (root / PIECES).write_bytes(content)


def _kept(root: Path) -> None:
    """Leave behind what a run has asked for."""
    known = KnownPieces(Tree(root), "g")
    known.recall(SOURCES)(ENTITY, "paths", lambda: ("a path", "another"))
    _keep(root, known.content())


def _made() -> Pieces:
    return ("made anew",)


def test_what_was_asked_for_is_known_the_next_time(tmp_path: Path) -> None:
    _kept(tmp_path)
    known = KnownPieces(Tree(tmp_path), "g")
    assert known.recall(SOURCES)(ENTITY, "paths", _made) == ("a path", "another")
    assert known.content() == (tmp_path / PIECES).read_bytes()


@pytest.mark.parametrize(
    ("generator", "sources", "about"),
    [("h", SOURCES, "paths"), ("g", {"host": "another hash"}, "paths"), ("g", SOURCES, "schemas")],
)
def test_nothing_is_known_of_what_is_made_from_anything_else(
    tmp_path: Path, generator: str, sources: dict[str, str], about: str
) -> None:
    _kept(tmp_path)
    known = KnownPieces(Tree(tmp_path), generator)
    assert known.recall(sources)(ENTITY, about, _made) == _made()


@pytest.mark.parametrize("content", [b"", b"\x81", b"\x81\xa1k\x01", b"no pieces"])
def test_a_damaged_file_is_none(tmp_path: Path, content: bytes) -> None:
    _keep(tmp_path, content)
    assert KnownPieces(Tree(tmp_path), "g").recall(SOURCES)(ENTITY, "paths", _made) == _made()


def test_what_nobody_asks_for_any_more_is_forgotten(tmp_path: Path) -> None:
    _kept(tmp_path)
    assert KnownPieces(Tree(tmp_path), "g").content() == KnownPieces(Tree(tmp_path / "empty"), "g").content()


def test_a_change_of_one_spec_asks_one_entity_for_its_part_of_the_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    specs = REPOSITORY / "examples" / "specs"
    run(Request(tmp_path, specs=(specs / "new_entity.yaml", specs / "key.yaml"), hooks=False))
    asked: list[str] = []

    def noted(around: Backend, entity: Entity, *, reveals: bool) -> dict[str, object]:
        asked.append(entity.names.go)
        return dict(item_schema(around, entity, reveals=reveals))

    monkeypatch.setattr(openapi_pieces, "item_schema", noted)
    spec = tmp_path / "specs" / "new_entity.yaml"
    spec.write_text(spec.read_text(encoding="utf-8").replace("Lifecycle status", "Status"), encoding="utf-8")
    run(Request(tmp_path, hooks=False))
    assert set(asked) == {"NewEntity"}
    assert "Status." in (tmp_path / "openapi.yaml").read_text(encoding="utf-8")
