"""Change the tree in one step: stage everything, write a journal, then rename.

Killed before the journal stands, the tree is the old one; after, the next run finishes
what was begun. If the disk refuses half-way, what was done is taken back at once. Files
whose content stays keep their modification time, because they are not written.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from chariot_gen.errors import WorkspaceError
from chariot_gen.workspace.guard import refuse_unsafe
from chariot_gen.workspace.journal import (
    JOURNAL,
    STAGE,
    Direction,
    Journal,
    Step,
    flush_files,
    flush_folders,
    read_journal,
    write_journal,
)
from chariot_gen.workspace.put import put
from chariot_gen.workspace.tree import Settled, Tree, digest_of

__all__ = ["checkpoint", "commit", "repair"]

_NEW = f"{STAGE}/new"
_OLD = f"{STAGE}/old"
_MODE = 0o644


def checkpoint(name: str) -> None:
    """Mark an instant at which a run may die; tests replace this to die there."""


def commit(tree: Tree, writes: Mapping[str, bytes | None], seen: Mapping[str, str | None]) -> tuple[str, ...]:
    """Write every path's content, or remove the file where it is None; return what changed.

    ``seen`` holds the sha256 that decisions were based on: a file that has changed
    since is never overwritten. Raises WorkspaceError with the tree as it was.
    """
    steps = tuple(step for step in _steps(tree, writes, seen) if step.before != step.after)
    if not steps:
        return ()
    refuse_unsafe(tree, {step.path: step.after is None for step in steps})
    journal = Journal(steps, _missing_folders(tree, steps))
    try:
        _stage(tree, steps, writes)
        checkpoint("staged")
        write_journal(tree.root, journal)
    except OSError as error:
        _clear(tree.root)
        raise _refused(error) from error
    checkpoint("journalled")
    try:
        _carry_out(tree, journal)
    except OSError as error:
        _take_back(tree, journal)
        raise _refused(error) from error
    return tuple(step.path for step in steps)


def repair(tree: Tree) -> str | None:
    """Finish or take back an interrupted commit; return a sentence on it, or None."""
    journal = read_journal(tree.root)
    if journal is None:
        if not (tree.root / STAGE).exists():
            return None
        _clear(tree.root)
        return "an earlier run was stopped; the tree is whole, and what the run left of its own is removed"
    count = len(journal.steps)
    try:
        if journal.direction is Direction.REDO and _can_finish(tree, journal):
            _carry_out(tree, journal)
            return f"an earlier run was stopped while it changed {count} files; its change is now complete"
        _take_back(tree, journal)
    except OSError as error:
        raise WorkspaceError(
            f"{error.filename or tree.root}: an earlier run was interrupted and cannot be repaired yet "
            f"({error.strerror or error}); remove the cause and run any command again"
        ) from error
    return f"an earlier run was stopped while it changed {count} files; its change is taken back"


def _steps(tree: Tree, writes: Mapping[str, bytes | None], seen: Mapping[str, str | None]) -> Iterator[Step]:
    now = Settled(tree.root)
    # A file and its kept copy are often one and the same content.
    digests: dict[int, str] = {}
    for path, content in sorted(writes.items()):
        before = now.digest(path)
        if path in seen and seen[path] != before:
            raise WorkspaceError(f"{path}: was changed while chariot-gen ran; nothing was written; run again")
        after = None
        if content is not None:
            after = digests[id(content)] = digests.get(id(content)) or digest_of(content)
        yield Step(path, before, after)


def _stage(tree: Tree, steps: tuple[Step, ...], writes: Mapping[str, bytes | None]) -> None:
    _clear(tree.root)
    new, old = f"{tree.root}/{_NEW}", f"{tree.root}/{_OLD}"
    Path(new).mkdir(parents=True)
    Path(old).mkdir()
    written = []
    for number, step in enumerate(steps):
        content, target = writes[step.path], f"{tree.root}/{step.path}"
        if content is not None:
            written.append(f"{new}/{number}")
            put(written[-1], content, _mode(target) if step.before is not None else _MODE)
        if step.before is not None:
            shutil.copy2(target, f"{old}/{number}")
        checkpoint(f"stage {step.path}")
    flush_files(written)
    flush_folders([new, old])


def _carry_out(tree: Tree, journal: Journal) -> None:
    """Take every step that has not been taken; safe to repeat."""
    _make_folders(tree.root, journal)
    new = f"{tree.root}/{_NEW}"
    for number, step in enumerate(journal.steps):
        checkpoint(f"apply {step.path}")
        target = f"{tree.root}/{step.path}"
        with contextlib.suppress(FileNotFoundError):
            if step.after is None:
                os.unlink(target)  # noqa: PTH108 - of thousands
            else:
                os.replace(f"{new}/{number}", target)  # noqa: PTH105
    # Only now: a folder that a removal emptied may be the one that a later step fills again.
    for folder in {(tree.root / step.path).parent for step in journal.steps if step.after is None}:
        _prune(tree.root, folder)
    _finish(tree, journal)


def _take_back(tree: Tree, journal: Journal) -> None:
    write_journal(tree.root, journal.reversed())
    for number, step in reversed(list(enumerate(journal.steps))):
        checkpoint(f"undo {step.path}")
        target, backup = tree.root / step.path, tree.root / _OLD / str(number)
        if step.before is None:
            target.unlink(missing_ok=True)
        elif backup.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            backup.replace(target)
    for folder in reversed(journal.folders):
        with contextlib.suppress(OSError):
            (tree.root / folder).rmdir()
    _finish(tree, journal)


def _finish(tree: Tree, journal: Journal) -> None:
    flush_folders(
        f"{tree.root}/{folder}" for folder in sorted({_folder(step.path) for step in journal.steps})
    )
    checkpoint("applied")
    (tree.root / JOURNAL).unlink(missing_ok=True)
    checkpoint("journal removed")
    _clear(tree.root)


def _can_finish(tree: Tree, journal: Journal) -> bool:
    return all(
        step.after is None or tree.exists(f"{_NEW}/{number}") or tree.digest(step.path) == step.after
        for number, step in enumerate(journal.steps)
    )


def _missing_folders(tree: Tree, steps: tuple[Step, ...]) -> tuple[str, ...]:
    """Return the folders that the steps need and that are not there, outermost first."""
    missing: set[str] = set()
    for folder in {_folder(step.path) for step in steps if step.after is not None}:
        outer = folder
        while outer and outer not in missing and not tree.exists(outer):
            missing.add(outer)
            outer = _folder(outer)
    return tuple(sorted(missing))


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _mode(path: str) -> int:
    """Return the mode for a file: as it was if it is executable, else the common one."""
    try:
        mode = os.stat(path).st_mode & 0o777  # noqa: PTH116 - of thousands
    except OSError:
        return _MODE
    return mode if mode & 0o111 else _MODE


def _make_folders(root: Path, journal: Journal) -> None:
    """Make every folder that a step needs, once more if a repair finds one gone."""
    for folder in sorted({_folder(step.path) for step in journal.steps if step.after is not None}):
        os.makedirs(f"{root}/{folder}", exist_ok=True)  # noqa: PTH103


def _prune(root: Path, folder: Path) -> None:
    """Remove folders that have become empty, up to the root."""
    while folder != root:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent


def _clear(root: Path) -> None:
    shutil.rmtree(root / STAGE, ignore_errors=True)
    (root / f"{JOURNAL}.new").unlink(missing_ok=True)


def _refused(error: OSError) -> WorkspaceError:
    return WorkspaceError(
        f"{error.filename or 'the backend'}: cannot be written ({error.strerror or error}); nothing was "
        "changed; free the cause and run again"
    )
