"""A Go text as its words, literals and comments, and what became of them in another version."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

import msgspec

__all__ = ["Token", "pairs", "tokens"]

_TOKEN = re.compile(
    r"""(?P<comment>(?://[^\n]*|/\*.*?\*/)(?:[ \t\r]*\n[ \t]*(?://[^\n]*|/\*.*?\*/))*)
      | (?P<literal>"(?:\\.|[^"\\\n])*"|`[^`]*`|'(?:\\.|[^'\\\n])*')
      | (?P<word>\w+)
      | (?P<sign>[^\s\w])""",
    re.VERBOSE | re.DOTALL,
)


class Token(msgspec.Struct, frozen=True):
    """A piece of the text from ``start`` to ``end``; comments that follow one another are one."""

    kind: str
    text: str
    start: int
    end: int


def tokens(text: str) -> tuple[Token, ...]:
    """Return everything of a text but its spaces."""
    return tuple(
        Token(match.lastgroup or "", match[0], match.start(), match.end()) for match in _TOKEN.finditer(text)
    )


def pairs(old: Sequence[Token], new: Sequence[Token]) -> Iterator[tuple[Token, Token]]:
    """Yield what became of each token; one that was dropped or has no single successor is left out."""
    if _alike(old, new):
        yield from zip(old, new, strict=True)
        return
    matcher = SequenceMatcher(None, [token.text for token in old], [token.text for token in new], False)  # noqa: FBT003 - the library's signature
    for _, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        before, after = old[old_start:old_end], new[new_start:new_end]
        if _alike(before, after):
            yield from zip(before, after, strict=True)


def _alike(old: Sequence[Token], new: Sequence[Token]) -> bool:
    return len(old) == len(new) and all(
        before.kind == after.kind and (before.kind != "sign" or before.text == after.text)
        for before, after in zip(old, new, strict=True)
    )
