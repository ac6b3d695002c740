"""Three-way merge by line, for texts whose structure nobody knows or nobody could read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher

import msgspec

from chariot_gen.merge.labels import Labels
from chariot_gen.merge.result import Conflict, Merged
from chariot_gen.merge.shape import plain

__all__ = ["Region", "common", "merge_lines", "regions", "split_lines", "trivial"]

_NO_LABELS = Labels()
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


class Region(msgspec.Struct, frozen=True):
    """A run of lines that a merge decided, or with ``lines`` None could not.

    ``start`` is the index in ours of the first line that the region replaces.
    """

    start: int
    base: tuple[str, ...]
    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    lines: tuple[str, ...] | None


class _Matcher:
    """Matches every line; difflib by itself overlooks those that a long file repeats often."""

    def __init__(
        self,
        isjunk: Callable[[str], bool] | None = None,
        a: Sequence[str] = "",
        b: Sequence[str] = "",
        autojunk: bool = False,  # noqa: FBT001, FBT002 - the library's signature
    ) -> None:
        self._matcher = SequenceMatcher(isjunk, a, b, autojunk)

    def get_matching_blocks(self) -> list[tuple[int, int, int]]:
        return [(block.a, block.b, block.size) for block in self._matcher.get_matching_blocks()]


def trivial(base: str, ours: str, theirs: str) -> str | None:
    """Return the merge of texts of which two are the same; None if all differ.

    >>> trivial("a", "a", "b"), trivial("a", "b", "a"), trivial("a", "b", "c")
    ('b', 'b', None)
    """
    if ours == base:
        return theirs
    return ours if theirs in (base, ours) else None


def merge_lines(base: str, ours: str, theirs: str, labels: Labels = _NO_LABELS) -> Merged:
    """Merge by line; both sides' changes of one place, or of touching places, are a conflict.

    The result is in the shape of ours: its byte order mark, its CRLF.
    """
    same = trivial(base, ours, theirs)
    if same is not None:
        return Merged(same)
    (base, base_shape), (ours, our_shape), (theirs, their_shape) = plain(base), plain(ours), plain(theirs)
    text: list[str] = []
    conflicts: list[Conflict] = []
    for region in regions(split_lines(base), split_lines(ours), split_lines(theirs)):
        if region.lines is None:
            text += labels.marked(region.base, region.ours, region.theirs)
            conflicts.append(_conflict(region))
        else:
            text += region.lines
    shape = our_shape.merged_with(base_shape, their_shape)
    return Merged(shape.apply("".join(text)), tuple(conflicts))


def regions(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> Iterator[Region]:
    """Yield the merge of three lists of lines, region by region, in order."""
    at_base = at_ours = at_theirs = 0
    for base_start, base_end, our_start, our_end, their_start, their_end in common(base, ours, theirs):
        old, mine, new = base[at_base:base_start], ours[at_ours:our_start], theirs[at_theirs:their_start]
        if old or mine or new:
            yield _decided(at_ours, tuple(old), tuple(mine), tuple(new))
        kept = tuple(ours[our_start:our_end])
        if kept:
            yield Region(our_start, kept, kept, kept, kept)
        at_base, at_ours, at_theirs = base_end, our_end, their_end


def common(
    base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]
) -> Sequence[tuple[int, int, int, int, int, int]]:
    """Return the runs that three lists share: where each begins and ends in base, ours and theirs.

    The last one is empty and lies at the end.
    """
    from merge3 import Merge3  # noqa: PLC0415 - only a merge pays for it

    merge: Merge3[str] = Merge3(base, ours, theirs, sequence_matcher=_Matcher)
    return merge.find_sync_regions()


def _decided(start: int, base: tuple[str, ...], ours: tuple[str, ...], theirs: tuple[str, ...]) -> Region:
    if ours in (base, theirs):
        return Region(start, base, ours, theirs, theirs)
    return Region(start, base, ours, theirs, ours if theirs == base else None)


def split_lines(text: str) -> list[str]:
    """Return the lines with their newlines. Unlike for ``splitlines``, a form feed or U+2028 ends none."""
    return _LINE.findall(text)


def _conflict(region: Region) -> Conflict:
    first, last = region.start + 1, region.start + len(region.ours)
    if last < first:
        where = f"after line {region.start}" if region.start else "before line 1"
    else:
        where = f"line {first}" if first == last else f"lines {first}-{last}"
    base, ours, theirs = ("".join(lines) or None for lines in (region.base, region.ours, region.theirs))
    return Conflict(where, base, ours, theirs)
