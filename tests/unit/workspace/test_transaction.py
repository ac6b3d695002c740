from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

import pytest

from chariot_gen.errors import WorkspaceError
from chariot_gen.workspace import transaction
from chariot_gen.workspace.journal import JOURNAL, STAGE
from chariot_gen.workspace.transaction import commit, repair
from chariot_gen.workspace.tree import Tree
from trees import mtimes, tree

BEFORE = {"a.txt": b"a", "keep/b.txt": b"b", "gone/c.txt": b"c", "renamed/e.txt": b"e"}
WRITES: dict[str, bytes | None] = {
    "a.txt": b"A",
    "new/deep/d.txt": b"d",
    "gone/c.txt": None,
    "keep/b.txt": b"b",
    "renamed/e.txt": None,
    "renamed/f.txt": b"e",
}
AFTER = {"a.txt": b"A", "keep/b.txt": b"b", "new/deep/d.txt": b"d", "renamed/f.txt": b"e"}


class Killed(BaseException):
    """Stands for SIGKILL: nothing may catch it."""


@pytest.fixture
def backend(tmp_path: Path) -> Tree:
    for path, content in BEFORE.items():
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return Tree(tmp_path)


def _checkpoints(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> list[str]:
    seen: list[str] = []
    monkeypatch.setattr(transaction, "checkpoint", seen.append)
    act()
    return seen


def test_everything_is_written_removed_or_left_alone(backend: Tree) -> None:
    before = mtimes(backend.root)["keep/b.txt"]
    changed = commit(backend, WRITES, {})
    assert tree(backend.root) == AFTER
    assert changed == ("a.txt", "gone/c.txt", "new/deep/d.txt", "renamed/e.txt", "renamed/f.txt")
    assert mtimes(backend.root)["keep/b.txt"] == before
    assert not (backend.root / "gone").exists()
    assert not (backend.root / STAGE).exists()


def test_nothing_to_write_leaves_no_trace(backend: Tree) -> None:
    assert commit(backend, {"a.txt": b"a"}, {}) == ()
    assert tree(backend.root) == BEFORE
    assert not (backend.root / ".chariot").exists()


def test_a_kill_at_any_instant_leaves_the_old_tree_or_the_new_one(
    backend: Tree, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    names = _checkpoints(monkeypatch, lambda: commit(_copy(backend, tmp_path_factory), WRITES, {}))
    assert {"staged", "journalled", "applied", "journal removed"} <= set(names)
    for instant, name in enumerate(names):
        victim = _copy(backend, tmp_path_factory)
        _kill_at(monkeypatch, instant)
        with pytest.raises(Killed):
            commit(victim, WRITES, {})
        monkeypatch.setattr(transaction, "checkpoint", lambda _: None)
        sentence = repair(victim)
        committed = names.index("journalled") <= instant
        assert tree(victim.root) == (AFTER if committed else BEFORE), f"killed at {name}"
        assert sentence is not None, f"killed at {name}, and nobody was told"
        assert repair(victim) is None


def test_a_repair_that_is_killed_is_repaired(
    backend: Tree, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    for first in range(5, 9):
        for second in range(4):
            victim = _copy(backend, tmp_path_factory)
            _kill_at(monkeypatch, first)
            with pytest.raises(Killed):
                commit(victim, WRITES, {})
            _kill_at(monkeypatch, second)
            with contextlib.suppress(Killed):
                repair(victim)
            monkeypatch.setattr(transaction, "checkpoint", lambda _: None)
            repair(victim)
            assert tree(victim.root) in (AFTER, BEFORE)


@pytest.mark.parametrize(
    "at", ["stage a.txt", "staged", "apply a.txt", "apply gone/c.txt", "apply new/deep/d.txt"]
)
def test_a_disk_that_refuses_changes_nothing(backend: Tree, monkeypatch: pytest.MonkeyPatch, at: str) -> None:
    def refuse(name: str) -> None:
        if name == at:
            raise OSError(28, "No space left on device", "a.txt")

    monkeypatch.setattr(transaction, "checkpoint", refuse)
    with pytest.raises(WorkspaceError, match=r"No space left on device.*nothing was changed"):
        commit(backend, WRITES, {})
    assert tree(backend.root) == BEFORE
    assert not (backend.root / "new").exists()


def test_a_file_that_changed_meanwhile_is_not_overwritten(backend: Tree) -> None:
    with pytest.raises(WorkspaceError, match=r"^a\.txt: was changed while chariot-gen ran"):
        commit(backend, WRITES, {"a.txt": "what it was"})
    assert tree(backend.root) == BEFORE


def test_files_are_readable_by_all_and_executables_stay_so(backend: Tree) -> None:
    (backend.root / "a.txt").chmod(0o755)
    (backend.root / "keep/b.txt").chmod(0o600)
    commit(backend, {"a.txt": b"A", "keep/b.txt": b"B", "n.txt": b"n"}, {})
    modes = {name: (backend.root / name).stat().st_mode & 0o777 for name in ("a.txt", "keep/b.txt", "n.txt")}
    assert modes == {"a.txt": 0o755, "keep/b.txt": 0o644, "n.txt": 0o644}


def test_a_damaged_journal_is_said_and_touched_by_nobody(backend: Tree) -> None:
    (backend.root / ".chariot").mkdir()
    (backend.root / JOURNAL).write_text("{", encoding="utf-8")
    with pytest.raises(WorkspaceError, match="cannot be understood"):
        repair(backend)
    assert (backend.root / JOURNAL).read_text(encoding="utf-8") == "{"


def _copy(backend: Tree, factory: pytest.TempPathFactory) -> Tree:
    root = factory.mktemp("copy")
    for path, content in tree(backend.root).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    return Tree(root)


def _kill_at(monkeypatch: pytest.MonkeyPatch, instant: int) -> None:
    passed: list[str] = []

    def die(name: str) -> None:
        if len(passed) == instant:
            raise Killed(name)
        passed.append(name)

    monkeypatch.setattr(transaction, "checkpoint", die)


def test_a_folder_that_a_removal_empties_can_be_filled_by_the_same_commit(tmp_path: Path) -> None:
    tree = Tree(tmp_path)
    commit(tree, {"folder/a.go": b"old"}, {})
    commit(tree, {"folder/a.go": None, "folder/b.go": b"new", "gone/c.go": None}, {})
    assert [path.name for path in (tmp_path / "folder").iterdir()] == ["b.go"]
    assert (tmp_path / "folder" / "b.go").read_bytes() == b"new"
    commit(tree, {"folder/b.go": None}, {})
    assert not (tmp_path / "folder").exists()
