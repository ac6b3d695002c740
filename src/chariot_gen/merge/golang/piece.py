"""Pieces: the parts of a file, a struct, a table or a switch that have an identity.

A piece is a run of rows: the comment that documents it, and what it documents. A
comment that a blank line sets apart is a piece of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from chariot_gen.merge.golang.source import Source

if TYPE_CHECKING:
    from tree_sitter import Node

__all__ = ["Element", "Identity", "Piece", "split"]


class Identity(msgspec.Struct, frozen=True):
    """What makes a piece the same in two versions: one of its names; for a person, ``label``."""

    kind: str
    names: tuple[str, ...]
    label: str


class Element(msgspec.Struct, frozen=True, eq=False):
    """What stands on rows of its own and has an identity; ``end`` is the row after it."""

    identity: Identity
    start: int
    end: int
    node: Node | None


class Piece(msgspec.Struct, frozen=True, eq=False):
    """Rows ``start`` to ``end`` of a source; from ``core`` on they are the thing itself.

    ``gap`` is how many blank lines stand above it; None where it comes first.
    """

    source: Source
    identity: Identity
    start: int
    core: int
    end: int
    gap: int | None
    node: Node | None

    @property
    def lines(self) -> tuple[str, ...]:
        """The rows as they are written."""
        return self.source.lines[self.start : self.end]

    @property
    def keys(self) -> tuple[str, ...]:
        """The rows as they are compared."""
        return self.source.keys[self.start : self.end]


def split(source: Source, elements: Sequence[Element], first: int, end: int) -> tuple[Piece, ...] | None:
    """Cut the rows from ``first`` up to ``end`` into pieces.

    None when the elements do not stand on rows of their own, or something else stands
    between them: then there is nothing that can be keyed.
    """
    pieces: list[Piece] = []
    row, gap = first, 0
    pending = list(elements)
    while row < end:
        if source.is_blank(row):
            row, gap = row + 1, gap + 1
            continue
        core = row
        while core < end and core in source.comments and not (pending and core == pending[0].start):
            core += 1
        if pending and core == pending[0].start:
            element = pending.pop(0)
            identity, stop, node = element.identity, element.end, element.node
        elif core > row:
            identity, stop, node = _comment(source, row, core), core, None
            core = row
        else:
            return None
        pieces.append(Piece(source, identity, row, core, stop, gap if pieces else None, node))
        row, gap = stop, 0
    return None if pending else tuple(pieces)


def _comment(source: Source, start: int, end: int) -> Identity:
    text = "\n".join(line.strip() for line in source.lines[start:end])
    return Identity("comment", (text,), "comment")
