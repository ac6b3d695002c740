"""Files as values: what a stage hands to the next, keyed by path, never by handle."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import cached_property
from typing import Any

import msgspec

from chariot_gen.diagnostics import Location

__all__ = ["Action", "Change", "FilePlan", "Ownership", "RenderedFile"]


class Ownership(StrEnum):
    """Who may edit an emitted file, and so what regeneration does with an edit.

    ``GENERATED`` files are always ours. ``MERGED`` files are edited freely and
    merged. ``SEEDED`` files are written once and are then the user's. ``YOURS`` are
    files that the user had released: nothing is ever written to them.
    """

    GENERATED = "generated"
    MERGED = "merged"
    SEEDED = "seeded"
    YOURS = "yours"


class Action(StrEnum):
    """What a run does with one file."""

    CREATE = "create"
    MOVE = "move"
    UPDATE = "update"
    MERGE = "merge"
    MARK = "mark"
    DELETE = "delete"
    KEEP = "keep"
    CONFLICT = "conflict"


class FilePlan(msgspec.Struct, frozen=True, dict=True):
    """One file to emit: where, from which template, with which view.

    ``build`` makes the view; a file that nobody renders does without one.

    ``path`` and ``template`` are POSIX paths, relative to the backend and to
    ``template/backend``. ``entity`` is the snake-case name of the entity that
    owns the file, or empty for a file of the whole backend. ``origin`` is the
    spec line to blame when nothing nearer is known. ``composed`` marks a file whose
    text depends on which entities there are; ``yields`` one that gives way to a file
    that is there already.
    """

    path: str
    template: str
    ownership: Ownership
    build: Callable[[], Any] = lambda: None
    entity: str = ""
    origin: Location | None = None
    composed: bool = False
    yields: bool = False

    @cached_property
    def view(self) -> Any:  # noqa: ANN401 - each view is a type of its own
        """What the template prints, built when somebody asks."""
        return self.build()


class RenderedFile(msgspec.Struct, frozen=True):
    """The text of one planned file; ``text`` ends with a line break."""

    plan: FilePlan
    text: str

    @property
    def path(self) -> str:
        """The path below the backend, with ``/`` on every platform."""
        return self.plan.path


class Change(msgspec.Struct, frozen=True):
    """What happens to one path; ``text`` is the new content, None where it goes.

    ``was`` is the path that a moved file had.
    """

    path: str
    action: Action
    text: str | None = None
    reason: str = ""
    was: str = ""
