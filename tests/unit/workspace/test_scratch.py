from __future__ import annotations

from pathlib import Path

import pytest

from chariot_gen.workspace.scratch import read_back, scratch, staged
from chariot_gen.workspace.tree import Tree
from trees import tree


@pytest.fixture(autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))


def test_a_staged_copy_is_the_backend_after_the_change(tmp_path: Path) -> None:
    for path in ("go.mod", "pkg/old.go", "pkg/mine.go"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(path, encoding="utf-8")
    changes = {"pkg/old.go": None, "pkg/new.go": b"new", "go.mod": b"module x\n"}
    with staged(Tree(tmp_path), changes) as root:
        assert tree(root) == {"go.mod": b"module x\n", "pkg/mine.go": b"pkg/mine.go", "pkg/new.go": b"new"}
        (root / "pkg" / "mine.go").write_text("a tool's doing", encoding="utf-8")
    assert not root.exists()
    assert (tmp_path / "pkg" / "mine.go").read_text(encoding="utf-8") == "pkg/mine.go"


def test_the_copy_has_the_same_path_every_time_so_that_compilers_remember_it(tmp_path: Path) -> None:
    with staged(Tree(tmp_path), {}) as first:
        pass
    with staged(Tree(tmp_path), {}) as second, staged(Tree(tmp_path), {}) as third:
        assert second == first
        assert third != first


def test_a_cache_that_cannot_be_written_is_no_obstacle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    with staged(Tree(tmp_path), {"x": b"x"}) as root:
        assert read_back(root, "x") == b"x"


def test_a_scratch_folder_holds_just_its_files() -> None:
    with scratch({"pkg/x.go": b"package x\n"}) as root:
        assert tree(root) == {"pkg/x.go": b"package x\n"}
        assert read_back(root, "pkg/y.go") is None
    assert not root.exists()
