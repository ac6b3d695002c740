from __future__ import annotations

import os
from pathlib import Path

import pytest

from chariot_gen.workspace.tree import Settled, Tree, digest_of, find_root


def test_the_backend_is_found_from_any_folder_in_it(tmp_path: Path) -> None:
    (tmp_path / "chariot.yaml").write_text("module: x\n", encoding="utf-8")
    (tmp_path / "pkg" / "model").mkdir(parents=True)
    assert find_root(tmp_path / "pkg" / "model") == tmp_path.resolve()
    assert find_root(tmp_path) == tmp_path.resolve()


def test_outside_a_backend_there_is_none(tmp_path: Path) -> None:
    assert find_root(tmp_path) is None


def test_specs_are_the_visible_yaml_files_in_order(tmp_path: Path) -> None:
    (tmp_path / "specs").mkdir()
    for name in ("b.yaml", "a.yml", ".hidden.yaml", "notes.md"):
        (tmp_path / "specs" / name).write_text("", encoding="utf-8")
    assert Tree(tmp_path).specs() == ("specs/a.yml", "specs/b.yaml")
    assert Tree(tmp_path / "absent").specs() == ()


def test_bytes_that_are_no_text_survive(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"\xff\r\n")
    text = Tree(tmp_path).read("x")
    assert text is not None
    assert text.encode("utf-8", "surrogateescape") == b"\xff\r\n"


def test_what_is_not_there_has_no_text_and_no_digest(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    tree = Tree(tmp_path)
    assert (tree.read("absent"), tree.digest("file/below")) == (None, None)
    assert tree.digest("file") == digest_of("")


def test_an_empty_folder_and_one_with_only_our_own_are_vacant(tmp_path: Path) -> None:
    assert Tree(tmp_path / "absent").is_vacant()
    (tmp_path / ".chariot").mkdir()
    assert Tree(tmp_path).is_vacant()
    (tmp_path / "go.mod").write_text("module x\n", encoding="utf-8")
    assert not Tree(tmp_path).is_vacant()


def test_tools_see_every_file_but_those_of_other_tools(tmp_path: Path) -> None:
    theirs = (".git/HEAD", ".chariot/base/pkg/x.go", "dist/key/bootstrap", "web/node_modules/a.js")
    ours = (".golangci.yml", "go.mod", "pkg/dist/x.go", "pkg/x.go")
    for path in (*theirs, *ours):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("", encoding="utf-8")
    assert sorted(Tree(tmp_path).sources()) == list(ours)


def test_folders_are_followed_through_links_that_stay_in_the_backend(tmp_path: Path) -> None:
    root = tmp_path / "backend"
    (root / "lib" / "model").mkdir(parents=True)
    (root / "lib" / "model" / "x.go").touch()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "y.go").touch()
    (root / "pkg").mkdir()
    (root / "pkg" / "model").symlink_to("../lib/model")
    (root / "pkg" / "around").symlink_to("..")
    (root / "pkg" / "outside").symlink_to(tmp_path / "elsewhere")
    assert list(Tree(root).sources()) == ["lib/model/x.go", "pkg/model/x.go"]


def test_a_settled_tree_is_looked_at_once(tmp_path: Path) -> None:
    (tmp_path / "pkg").mkdir()
    (tmp_path / "pkg" / "a.go").write_bytes(b"a")
    settled = Settled(tmp_path)
    assert settled.digest("pkg/a.go") == digest_of(b"a")
    assert settled.digest("pkg/b.go") is None
    assert settled.digest("cmd/main.go") is None
    assert settled.digest("pkg/a.go/c.go") is None
    (tmp_path / "pkg" / "a.go").write_bytes(b"A")
    (tmp_path / "pkg" / "b.go").write_bytes(b"b")
    assert settled.digest("pkg/a.go") == digest_of(b"a")
    assert settled.digest("pkg/b.go") is None
    assert Settled(tmp_path).digest("pkg/a.go") == digest_of(b"A")


def test_a_settled_tree_finds_what_a_folder_does_not_list_by_that_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "é.txt").write_bytes(b"e")
    (tmp_path / "a.txt").write_bytes(b"a")
    monkeypatch.setattr(os, "listdir", lambda _: [])
    assert Settled(tmp_path).digest("é.txt") == digest_of(b"e")
    assert Settled(tmp_path).digest("a.txt") is None

    def locked(_: str) -> list[str]:
        raise PermissionError

    monkeypatch.setattr(os, "listdir", locked)
    assert Settled(tmp_path).digest("a.txt") == digest_of(b"a")
