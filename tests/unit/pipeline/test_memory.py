from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from chariot_gen.files import FilePlan, Ownership
from chariot_gen.pipeline.memory import (
    RENDERS,
    STATE_FILE,
    is_settled,
    known_renders,
    render_key,
    renders_text,
    state_text,
)
from chariot_gen.workspace.manifest import BACKEND, manifest_path
from chariot_gen.workspace.tree import Tree

PLAN = FilePlan("a.go", "a.go.jinja", Ownership.MERGED, lambda: ("view",))


def _put(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")


def test_a_tree_is_settled_for_the_inputs_it_was_made_from_while_its_files_stand(tmp_path: Path) -> None:
    _put(tmp_path, STATE_FILE, state_text("digest", ["a.go"], {}))
    assert not is_settled(Tree(tmp_path), "digest")
    _put(tmp_path, "a.go", "package a\n")
    assert is_settled(Tree(tmp_path), "digest")
    assert not is_settled(Tree(tmp_path), "another")


def test_a_tree_that_was_taken_back_is_not_settled(tmp_path: Path) -> None:
    _put(tmp_path, BACKEND, "now")
    _put(tmp_path, manifest_path("a"), "now")
    _put(tmp_path, STATE_FILE, state_text("digest", [], {BACKEND: b"now", manifest_path("a"): b"now"}))
    assert is_settled(Tree(tmp_path), "digest")
    _put(tmp_path, manifest_path("a"), "before")
    assert not is_settled(Tree(tmp_path), "digest")
    (tmp_path / manifest_path("a")).unlink()
    assert not is_settled(Tree(tmp_path), "digest")


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "7", '{"inputs": "digest"}', '{"inputs": "digest", "files": 1}']
)
def test_a_damaged_cache_is_no_cache(tmp_path: Path, text: str) -> None:
    _put(tmp_path, STATE_FILE, text)
    _put(tmp_path, RENDERS, text)
    assert not is_settled(Tree(tmp_path), "digest")
    assert known_renders(Tree(tmp_path)) == {}


def test_renders_are_remembered(tmp_path: Path) -> None:
    renders = {"a.go": ("key", "sha")}
    _put(tmp_path, RENDERS, renders_text(renders))
    assert known_renders(Tree(tmp_path)) == renders


def test_a_key_depends_on_all_that_a_text_depends_on() -> None:
    keys = {
        render_key(PLAN, "g", ""),
        render_key(PLAN, "h", ""),
        render_key(PLAN, "g", "source"),
        render_key(PLAN, "g", "another source"),
        render_key(replace(PLAN, build=lambda: ("other",)), "g", ""),
        render_key(replace(PLAN, template="b.go.jinja"), "g", ""),
    }
    assert len(keys) == 6
    unbuilt = replace(PLAN, build=lambda: pytest.fail("the view was built"))
    assert render_key(unbuilt, "g", "source") == render_key(PLAN, "g", "source")


@pytest.mark.parametrize("view", [("caf\udce9.yaml",), (range(3),)])
def test_a_view_with_a_path_that_is_no_text_or_a_value_of_its_own_has_a_key(view: object) -> None:
    plan = replace(PLAN, build=lambda: view)
    assert render_key(plan, "g", "") == render_key(replace(plan), "g", "") != render_key(PLAN, "g", "")
