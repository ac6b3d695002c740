"""Which specs can change what a spec means: those that declare a word of it, and theirs in turn."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

__all__ = ["reached"]

_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
# What lets YAML write a word so that it does not stand in the text.
_HIDDEN = re.compile(r"\\(?:[xuU]|\r?$)", re.MULTILINE)


def reached(texts: Sequence[str], declared: Sequence[Collection[str]]) -> list[frozenset[int]]:
    """Return, for each spec, the numbers of those that it names, directly or by way of others.

    It reaches itself. ``declared`` holds the names that each spec gives to others: an
    entity, its types, its enums. Nothing but text is looked at, so that a spec that was
    understood before need not be read again; a word in prose counts, which costs time
    and nothing else.
    """
    owners: dict[str, set[int]] = {}
    for number, names in enumerate(declared):
        for name in names:
            owners.setdefault(name, set()).add(number)
    direct = [_named(text, owners, number, len(texts)) for number, text in enumerate(texts)]
    return [frozenset(_closure(number, direct)) for number in range(len(texts))]


def _named(text: str, owners: dict[str, set[int]], number: int, count: int) -> set[int]:
    if _HIDDEN.search(text):
        return set(range(count))
    words = owners.keys() & set(_WORD.findall(text))
    return {number}.union(*(owners[word] for word in words))


def _closure(number: int, direct: Sequence[set[int]]) -> set[int]:
    found, waiting = {number}, [number]
    while waiting:
        new = direct[waiting.pop()] - found
        found |= new
        waiting += new
    return found
