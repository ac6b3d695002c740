"""What a merge is put together from: text, and places that it could not decide."""

from __future__ import annotations

import re

import msgspec
from msgspec.structs import replace

from chariot_gen.merge.labels import Labels
from chariot_gen.merge.lines import split_lines
from chariot_gen.merge.result import Conflict
from chariot_gen.merge.yaml.nodes import Print
from chariot_gen.merge.yaml.split import Entry, raw_entry

__all__ = ["Clash", "Piece", "clash", "opened", "render", "value_clash", "whole"]

_TRIVIA_LINES = re.compile(r"(?:[ \t\r]*(?:#[^\n]*)?\n)*")


class Clash(msgspec.Struct, frozen=True):
    """A place that both sides changed, as whole lines of each; None where a side has none."""

    where: str
    base: str | None
    ours: str | None
    theirs: str | None


class Piece(msgspec.Struct, frozen=True):
    """A merged entry or collection, and what its value must mean when it is read again.

    ``print`` is None where a clash leaves that open.
    """

    chunks: tuple[str | Clash, ...]
    print: Print | None


def whole(entry: Entry) -> Piece:
    """Return an entry as it stands on one side."""
    return Piece((raw_entry(entry),), entry.node.print)


def clash(where: str, base: Entry | None, ours: Entry | None, theirs: Entry | None) -> Piece:
    """Return the conflict of whole entries."""
    sides = (None if entry is None else raw_entry(entry) for entry in (base, ours, theirs))
    return Piece((Clash(where, *sides),), None)


def value_clash(where: str, base: Entry | None, ours: Entry, theirs: Entry) -> Piece:
    """Return the conflict of entries whose leading comments are merged already."""
    return clash(where, base and replace(base, lead=""), replace(ours, lead=""), replace(theirs, lead=""))


def opened(text: str, opening: str) -> str:
    """Put a dash before the first entry of a collection; comments before that entry go above the dash."""
    match = _TRIVIA_LINES.match(text)
    start = match.end() if match else 0
    indent = opening[: len(opening) - len(opening.lstrip(" "))]
    lead = (f"{indent}{line.lstrip(' ')}" if line.strip() else line for line in split_lines(text[:start]))
    return "".join(lead) + opening + text[start + len(opening) :]


def render(chunks: tuple[str | Clash, ...], labels: Labels) -> tuple[str, tuple[Conflict, ...]]:
    """Return the text of chunks, markers around each clash, and the clashes."""
    text: list[str] = []
    conflicts: list[Conflict] = []
    for chunk in chunks:
        if isinstance(chunk, str):
            text.append(chunk)
        else:
            sides = (split_lines(side or "") for side in (chunk.base, chunk.ours, chunk.theirs))
            text += labels.marked(*sides)
            conflicts.append(Conflict(chunk.where, chunk.base, chunk.ours, chunk.theirs))
    return "".join(text), tuple(conflicts)
