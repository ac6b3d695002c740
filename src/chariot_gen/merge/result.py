"""What a three-way merge of one file came to: its text, and what could not be decided."""

from __future__ import annotations

import msgspec

__all__ = ["Conflict", "Merged"]


class Conflict(msgspec.Struct, frozen=True):
    """One place that both sides changed, each in its own way.

    ``where`` names it as a person would: ``func (n *NewEntity) Valid``, ``field Status of
    NewEntity``, ``Resources.HostFunction.Properties.Timeout``. The three texts are None
    where the side has no such piece.
    """

    where: str
    base: str | None
    ours: str | None
    theirs: str | None


class Merged(msgspec.Struct, frozen=True):
    """The merged text; where ``conflicts`` is not empty, with labelled markers around each.

    ``notes`` say what a person should know although nothing is in conflict.
    """

    text: str
    conflicts: tuple[Conflict, ...] = ()
    notes: tuple[str, ...] = ()
