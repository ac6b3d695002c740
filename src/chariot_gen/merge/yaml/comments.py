"""Comments in slices between values: which there are, and their merge."""

from __future__ import annotations

import re
from collections import Counter

from chariot_gen.merge.lines import regions, split_lines, trivial
from chariot_gen.merge.yaml.split import Entry

__all__ = ["comments_in_value", "comments_of", "merge_comments"]

_IN_VALUE = re.compile(r"(?<=\s)#[^\n]*")


def comments_of(entry: Entry) -> Counter[str]:
    """Return the comments above and in an entry, each as often as it stands there."""
    found = _comments(entry.lead + entry.after) + comments_in_value(entry)
    if entry.body is not None:
        found += _comments(entry.body.tail)
        for inner in entry.body.entries:
            found += comments_of(inner)
    return found


def comments_in_value(entry: Entry) -> Counter[str]:
    """Return the comments that no line break parts from a value: in braces, or behind a ``|``."""
    if entry.node.is_flow:
        return Counter(_IN_VALUE.findall(entry.value))
    return Counter(
        _IN_VALUE.findall(entry.value.partition("\n")[0]) if entry.node.style in ("|", ">") else ()
    )


def merge_comments(base: str, ours: str, theirs: str) -> tuple[str, bool]:
    """Merge whole lines of comments; ours are never lost. Says whether one of theirs was."""
    picked = trivial(base, ours, theirs)
    if picked is not None:
        return picked, False
    lines: list[str] = []
    is_lost = False
    for region in regions(split_lines(base), split_lines(ours), split_lines(theirs)):
        if region.lines is not None:
            lines += region.lines
            continue
        lines += region.ours
        if region.base:
            is_lost |= bool(_comments("".join(region.theirs)) - _comments("".join(region.ours)))
        else:
            lines += [line for line in region.theirs if line not in region.ours]
    return "".join(lines), is_lost


def _comments(text: str) -> Counter[str]:
    lines = (line.strip() for line in text.split("\n"))
    return Counter(line for line in lines if line.startswith("#"))
