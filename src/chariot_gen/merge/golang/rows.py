"""Merge rows by their keys, and let only edits clash that meet.

merge3 finds what all three versions share. Between two shared runs a line merge would
give up as soon as both sides changed something; here edits that only lie side by side
are both made, if a statement ends where they meet: neither touches what the other changed.
So are additions at one place that cannot see each other, theirs first as everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

import msgspec

from chariot_gen.merge.golang.additions import are_independent
from chariot_gen.merge.lines import common

__all__ = ["Chunk", "Row", "merge_rows"]

# A row after which, and one before which, what stands above still goes on.
_OPEN = re.compile(r"(?:[{(\[:=&|*/.<>!%^]|(?<!\+)\+|(?<!-)-)$")
_CLOSING = re.compile(r"\s*[})\]]")


class Row(msgspec.Struct, frozen=True):
    """A row as it is compared and as it is written."""

    key: str
    text: str


Rows = tuple[Row, ...]


class Chunk(msgspec.Struct, frozen=True):
    """Merged rows, or, where ``versions`` is given, what base, ours and theirs have instead."""

    rows: Rows = ()
    versions: tuple[Rows, Rows, Rows] | None = None


class _Edit(msgspec.Struct, frozen=True):
    """Rows ``start`` to ``end`` of the base, and what one side has there."""

    start: int
    end: int
    is_ours: bool
    rows: Rows


def merge_rows(base: Sequence[Row], ours: Sequence[Row], theirs: Sequence[Row]) -> Iterator[Chunk]:
    """Yield the merged rows in their order; where nothing differs but the layout, ours."""
    at_base = at_ours = at_theirs = 0
    shared = common(_keys(base), _keys(ours), _keys(theirs))
    for in_base, end_base, in_ours, end_ours, in_theirs, end_theirs in shared:
        gap = tuple(base[at_base:in_base]), tuple(ours[at_ours:in_ours]), tuple(theirs[at_theirs:in_theirs])
        yield from _merge_gap(*gap)
        yield Chunk(tuple(ours[in_ours:end_ours]))
        at_base, at_ours, at_theirs = end_base, end_ours, end_theirs


def _keys(rows: Iterable[Row]) -> list[str]:
    return [row.key for row in rows]


def _merge_gap(base: Rows, ours: Rows, theirs: Rows) -> Iterator[Chunk]:
    edits = sorted(
        [*_edits(base, ours, is_ours=True), *_edits(base, theirs, is_ours=False)],
        key=lambda edit: (edit.start, edit.end),
    )
    position = 0
    while edits:
        cluster = [edits.pop(0)]
        start, end = cluster[0].start, cluster[0].end
        while edits and _meets(base, start, end, edits[0]):
            cluster.append(edits.pop(0))
            end = max(end, cluster[-1].end)
        yield Chunk(base[position:start])
        yield _decide(base, start, end, cluster)
        position = end
    yield Chunk(base[position:])


def _edits(base: Rows, side: Rows, *, is_ours: bool) -> Iterator[_Edit]:
    matcher = SequenceMatcher(None, _keys(base), _keys(side), autojunk=False)
    for tag, start, end, first, last in matcher.get_opcodes():
        if tag != "equal":
            yield _Edit(start, end, is_ours, side[first:last])


def _meets(base: Rows, start: int, end: int, edit: _Edit) -> bool:
    """Say whether an edit touches rows that others change, or adds rows where they add some.

    It also does where it only begins at their end, but in the midst of a statement.
    """
    if edit.start != end:
        return edit.start < end
    if start == end == edit.end:
        return True
    goes_on = start < end and _OPEN.search(base[end - 1].key)
    return bool(goes_on or (edit.end > end and _CLOSING.match(base[end].key)))


def _decide(base: Rows, start: int, end: int, cluster: Sequence[_Edit]) -> Chunk:
    if len({edit.is_ours for edit in cluster}) == 1:
        (edit,) = cluster
        return Chunk(edit.rows)
    ours = _applied(base, start, end, [edit for edit in cluster if edit.is_ours])
    theirs = _applied(base, start, end, [edit for edit in cluster if not edit.is_ours])
    if _keys(ours) == _keys(theirs):
        return Chunk(ours)
    if start == end and are_independent([row.text for row in ours], [row.text for row in theirs]):
        return Chunk((*theirs, *ours))
    return Chunk(versions=(base[start:end], ours, theirs))


def _applied(base: Rows, start: int, end: int, edits: Sequence[_Edit]) -> Rows:
    rows: list[Row] = []
    for edit in edits:
        rows += [*base[start : edit.start], *edit.rows]
        start = edit.end
    return (*rows, *base[start:end])
