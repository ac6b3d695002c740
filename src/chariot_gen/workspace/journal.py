"""The record of a commit that has begun: enough to finish it, or to take it back.

A commit is decided in the instant in which the journal appears under its name. From
then on the new tree is what a repair brings about, unless the journal says ``undo``.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable, Iterable
from enum import StrEnum
from pathlib import Path
from threading import Thread

import msgspec
from msgspec.structs import replace

from chariot_gen.errors import WorkspaceError
from chariot_gen.workspace.tree import STATE

__all__ = [
    "JOURNAL",
    "STAGE",
    "Direction",
    "Journal",
    "Step",
    "flush_files",
    "flush_folders",
    "read_journal",
    "write_journal",
]

JOURNAL = f"{STATE}/journal.json"
STAGE = f"{STATE}/stage"
_FORMAT = 2
_AT_ONCE = 16


class Direction(StrEnum):
    """Whether a repair finishes the commit or takes it back."""

    REDO = "redo"
    UNDO = "undo"


class Step(msgspec.Struct, frozen=True):
    """One path: its sha256 before and after, None where there is no file."""

    path: str
    before: str | None
    after: str | None


class Journal(msgspec.Struct, frozen=True):
    """The steps of one commit, in the order in which they are taken.

    ``folders`` are those that the commit makes, outermost first.
    """

    steps: tuple[Step, ...]
    folders: tuple[str, ...] = ()
    direction: Direction = Direction.REDO

    def reversed(self) -> Journal:
        """Return the journal that takes the commit back."""
        return replace(self, direction=Direction.UNDO)


def read_journal(root: Path) -> Journal | None:
    """Return the journal of an interrupted commit, or None."""
    try:
        text = (root / JOURNAL).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    journal = _parse(text)
    if journal is None:
        raise WorkspaceError(
            f"{JOURNAL}: cannot be understood, so the interrupted run cannot be repaired; restore the "
            f"backend from version control and remove {JOURNAL}"
        )
    return journal


def _parse(text: str) -> Journal | None:
    try:
        document = json.loads(text)
        steps = tuple(Step(*step) for step in document["steps"])
        journal = Journal(steps, tuple(document["folders"]), Direction(document["direction"]))
        return journal if document["format"] == _FORMAT else None
    except (ValueError, KeyError, TypeError):
        return None


def write_journal(root: Path, journal: Journal) -> None:
    """Put the journal in place in one step, on the disk and not only in its cache."""
    document = {
        "format": _FORMAT,
        "direction": journal.direction.value,
        "folders": list(journal.folders),
        "steps": [[step.path, step.before, step.after] for step in journal.steps],
    }
    draft = root / f"{JOURNAL}.new"
    with draft.open("w", encoding="utf-8") as stream:
        stream.write(json.dumps(document))
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(root / JOURNAL)
    flush_folders([f"{root}/{STATE}"])


def flush_files(paths: Iterable[str]) -> None:
    """Make the contents of files durable."""
    _side_by_side(_flush, list(paths))


def flush_folders(folders: Iterable[str]) -> None:
    """Make the renames in folders durable, where the platform can and the folder still stands."""
    _side_by_side(_flush_if_possible, list(folders))


def _side_by_side(flush: Callable[[str], None], paths: list[str]) -> None:
    """Flush many at once: a disk does that at the price of a few."""
    failures: list[OSError] = []

    def work(part: list[str]) -> None:
        try:
            for path in part:
                flush(path)
        except OSError as error:
            failures.append(error)

    others = [Thread(target=work, args=(paths[start::_AT_ONCE],)) for start in range(1, _AT_ONCE)]
    running = others[: max(0, len(paths) - 1)]
    for thread in running:
        thread.start()
    work(paths[::_AT_ONCE])
    for thread in running:
        thread.join()
    if failures:
        raise failures[0]


def _flush(path: str) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _flush_if_possible(folder: str) -> None:
    with contextlib.suppress(OSError):
        _flush(folder)
