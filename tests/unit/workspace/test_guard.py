from __future__ import annotations

from pathlib import Path

import pytest

from chariot_gen.errors import WorkspaceError
from chariot_gen.workspace.transaction import commit
from chariot_gen.workspace.tree import Tree


def test_a_link_out_of_the_backend_is_refused(tmp_path: Path) -> None:
    outside, root = tmp_path / "outside", tmp_path / "backend"
    outside.mkdir()
    root.mkdir()
    (root / "pkg").symlink_to(outside)
    with pytest.raises(WorkspaceError, match=r"^pkg/x\.go: leads out of the backend"):
        commit(Tree(root), {"pkg/x.go": b"x"}, {})
    assert list(outside.iterdir()) == []


def test_a_link_inside_the_backend_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "pkg").symlink_to("real")
    commit(Tree(tmp_path), {"pkg/x.go": b"x"}, {})
    assert (tmp_path / "real" / "x.go").read_bytes() == b"x"


def test_a_name_that_differs_only_by_case_is_refused(tmp_path: Path) -> None:
    (tmp_path / "Pkg").mkdir()
    with pytest.raises(WorkspaceError, match=r"^pkg/x\.go: differs from Pkg only by letter case"):
        commit(Tree(tmp_path), {"pkg/x.go": b"x"}, {})


def test_two_new_names_that_differ_only_by_case_are_refused(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="differs from A only by letter case"):
        commit(Tree(tmp_path), {"a": b"x", "A": b"y"}, {})


def test_a_folder_in_the_place_of_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.go").mkdir()
    with pytest.raises(WorkspaceError, match=r"x\.go"):
        commit(Tree(tmp_path), {"x.go": b"x"}, {})


def test_a_file_in_the_place_of_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "pkg").write_text("a file", encoding="utf-8")
    with pytest.raises(WorkspaceError, match="pkg"):
        commit(Tree(tmp_path), {"pkg/x.go": b"x"}, {})
    assert (tmp_path / "pkg").read_text(encoding="utf-8") == "a file"


def test_a_locked_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(WorkspaceError, match="is read-only; nothing was changed"):
        commit(Tree(tmp_path), {"x.go": b"x"}, {})
