"""A tree with changes laid over it reads like the tree that they would leave."""

from __future__ import annotations

from pathlib import Path

import pytest

from chariot_gen.workspace.overlay import Overlay, laid_over, on_disk
from chariot_gen.workspace.tree import Tree, digest_of


@pytest.fixture
def overlay(tmp_path: Path) -> Overlay:
    (tmp_path / "specs").mkdir()
    for name in ("kept", "changed", "gone"):
        (tmp_path / "specs" / f"{name}.yaml").write_text(name, encoding="utf-8")
    writes = {
        "specs/changed.yaml": b"new",
        "specs/gone.yaml": None,
        "specs/added.yaml": b"added",
        "x.go": b"x",
    }
    return Overlay(tmp_path, writes)


def test_reading_sees_the_changes(overlay: Overlay) -> None:
    assert overlay.read("specs/kept.yaml") == "kept"
    assert overlay.read("specs/changed.yaml") == "new"
    assert overlay.read("specs/gone.yaml") is None
    assert overlay.digest("x.go") == digest_of(b"x")
    assert overlay.exists("x.go")
    assert not overlay.exists("specs/gone.yaml")
    assert overlay.exists("specs/kept.yaml")
    assert overlay.specs() == ("specs/added.yaml", "specs/changed.yaml", "specs/kept.yaml")


def test_nothing_is_written(overlay: Overlay) -> None:
    below = on_disk(overlay)
    assert below == Tree(overlay.root)
    assert below.read("specs/gone.yaml") == "gone"
    assert not below.exists("x.go")
    assert on_disk(below) is below


def test_what_is_laid_over_is_known(overlay: Overlay) -> None:
    assert set(laid_over(overlay)) == {"specs/changed.yaml", "specs/gone.yaml", "specs/added.yaml", "x.go"}
    assert laid_over(on_disk(overlay)) == {}
