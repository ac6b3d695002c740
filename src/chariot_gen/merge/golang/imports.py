"""Merge imports as sets: both keep what both have, and each adds what it added.

The layout is that of ours: its declarations, groups, aliases and comments. What is new
goes into the group in which theirs has it.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

import msgspec

from chariot_gen.merge.golang.usage import Usage, names_of

__all__ = ["is_laid_out", "merge_imports"]

_SPEC = re.compile(r'^(?:import\s+)?(?P<alias>[\w.]+\s+)?(?P<path>"[^"]*"|`[^`]*`)')


class _Entry(msgspec.Struct, frozen=True):
    """An import with the comments above it; or, without a key, comments alone."""

    key: str
    path: str
    lines: tuple[str, ...]


class _Block(msgspec.Struct):
    """One import declaration: rows above it, its groups; ``is_open`` where it has parentheses."""

    above: tuple[str, ...]
    groups: list[list[_Entry]]
    is_open: bool = True


def is_laid_out(rows: Sequence[str]) -> bool:
    """Report whether imports can be taken apart and written again with nothing lost.

    Each has a line of its own, and nothing stands beside a parenthesis or after the last import.
    """
    return _words(_written(list(_blocks(rows)))) == _words(rows)


def _words(rows: Iterable[str]) -> list[list[str]]:
    return [words for row in rows if (words := row.split())]


def merge_imports(
    base: Sequence[str], ours: Sequence[str], theirs: Sequence[str], usage: Usage
) -> tuple[str, ...]:
    """Return the rows of the merged imports; none when nothing is imported.

    An import that only one side has dropped stays as long as the other side's code needs
    it, and one that both have goes with the last code that needed it.
    """
    sides = [list(_blocks(side)) for side in (base, ours, theirs)]
    old, mine, new = ({entry.key: entry for entry in _entries(side)} for side in sides)
    kept = _kept(old, mine, new, usage)
    spine, other = (sides[1], sides[2]) if sides[1] else (sides[2], sides[1])
    for block in spine:
        groups = ([_newer(entry, old, new) for entry in group] for group in block.groups)
        block.groups = [kept_group for group in groups if (kept_group := _only(group, kept))]
    present = {entry.key for entry in _entries(spine)}
    for entry in _entries(other):
        if entry.key in kept and entry.key not in present:
            _add(spine, other, entry)
    return tuple(_written([block for block in spine if block.groups]))


def _kept(
    old: Container[str], mine: Mapping[str, _Entry], new: Mapping[str, _Entry], usage: Usage
) -> set[str]:
    every = [key for key in dict.fromkeys([*mine, *new]) if usage.of(key) is not False]
    kept = {key for key in every if _stays(key in old, key in mine, key in new)}
    provided = {name for key in kept for name in names_of(key)}
    return kept | {key for key in every if usage.of(key) and not names_of(key) & provided}


def _newer(entry: _Entry, old: Mapping[str, _Entry], new: Mapping[str, _Entry]) -> _Entry:
    """Return an import of ours with the comments that theirs has now, if only theirs changed them."""
    before, after = old.get(entry.key, entry), new.get(entry.key, entry)
    return after if _stripped(before) == _stripped(entry) != _stripped(after) else entry


def _stripped(entry: _Entry) -> list[str]:
    return [" ".join(line.split()) for line in entry.lines]


def _stays(in_base: bool, in_ours: bool, in_theirs: bool) -> bool:  # noqa: FBT001 - a row of a truth table
    return (in_ours and in_theirs) if in_base else (in_ours or in_theirs)


def _blocks(lines: Sequence[str]) -> Iterator[_Block]:
    above: list[str] = []
    rows = iter(lines)
    for line in rows:
        text = line.strip()
        if text.startswith("import") and text.endswith("("):
            yield _Block(tuple(above), list(_groups(rows)))
            above = []
        elif match := _SPEC.match(text):
            yield _Block(
                tuple(above), [[_entry(match, ("\t" + text.removeprefix("import").strip(),))]], is_open=False
            )
            above = []
        else:
            above.append(line)


def _groups(rows: Iterator[str]) -> Iterator[list[_Entry]]:
    group: list[_Entry] = []
    comments: list[str] = []
    for line in rows:
        text = line.strip()
        match = _SPEC.match(text)
        if match:
            group.append(_entry(match, (*comments, line)))
            comments = []
            continue
        if text not in {"", ")"}:
            comments.append(line)
            continue
        if comments:
            group.append(_Entry("", "", tuple(comments)))
            comments = []
        if group:
            yield group
            group = []
        if text == ")":
            return


def _entry(match: re.Match[str], lines: tuple[str, ...]) -> _Entry:
    path = match["path"].strip('"`')
    return _Entry(f"{(match['alias'] or '').strip()} {path}".strip(), path, lines)


def _entries(blocks: Sequence[_Block]) -> Iterator[_Entry]:
    for block in blocks:
        for group in block.groups:
            yield from (entry for entry in group if entry.key)


def _only(group: Sequence[_Entry], kept: set[str]) -> list[_Entry]:
    return [entry for entry in group if not entry.key or entry.key in kept]


def _add(spine: list[_Block], other: Sequence[_Block], entry: _Entry) -> None:
    """Put an import into the group of those that stand with it in the other version."""
    groups = [group for block in other for group in block.groups]
    place = next(index for index, group in enumerate(groups) if entry in group)
    for fits in (_shares, _resembles):
        for block in spine:
            for group in block.groups:
                if fits(group, groups[place]):
                    group.insert(bisect([item.path for item in group], entry.path), entry)
                    block.is_open = True
                    return
    free = [block for block in spine if all(item.path != "C" for group in block.groups for item in group)]
    if not free:
        free = [_Block((), [])]
        spine += free
    block = next((block for block in free if block.is_open), free[0])
    before = {item.key for group in groups[:place] for item in group if item.key}
    index = max((i + 1 for i, group in enumerate(block.groups) if before & _keys(group)), default=0)
    block.groups.insert(index, [entry])
    block.is_open = block.is_open or sum(len(group) for group in block.groups) > 1


def _shares(group: Sequence[_Entry], other: Sequence[_Entry]) -> bool:
    return bool(_keys(group) & _keys(other))


def _resembles(group: Sequence[_Entry], other: Sequence[_Entry]) -> bool:
    """Say whether two groups are both of the standard library, or of one repository."""
    origins = {_origin(entry.path) for entry in (*group, *other) if entry.key}
    return len(origins) == 1


def _origin(path: str) -> tuple[str, ...]:
    parts = path.split("/")
    return tuple(parts[:3]) if "." in parts[0] or path == "C" else ()


def _keys(group: Sequence[_Entry]) -> set[str]:
    return {entry.key for entry in group if entry.key}


def _written(blocks: Sequence[_Block]) -> Iterator[str]:
    for index, block in enumerate(blocks):
        lone = len(block.groups) == 1 and len(block.groups[0]) == 1 and len(block.groups[0][0].lines) == 1
        yield from (block.above if index or any(line.strip() for line in block.above) else ())
        if lone and not block.is_open:
            yield f"import {block.groups[0][0].lines[0].strip()}"
            continue
        yield "import ("
        for position, group in enumerate(block.groups):
            if position:
                yield ""
            yield from (line for entry in group for line in entry.lines)
        yield ")"
