"""Let a Go text follow a renaming: identifiers by what they refer to, words of ours by what they are.

Literals that were edited follow by their place, which is told elsewhere.

What is renamed is read off two renderings of one file, before and after, which differ in
names only. An identifier is known by its address, as the index of the module gives it,
so that one that merely looks the same stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

import msgspec

from chariot_gen.merge.golang.tokens import Token, pairs, tokens

__all__ = ["Place", "Words", "addresses", "changed_words", "renamed", "words_of"]

Edit = tuple[int, int, str]

# A Go name that no sentence has by chance, as NewEntity, but not Entity.
_COMPOUND = re.compile(r"[A-Z][a-z0-9]+[A-Z]")


class Place(Protocol):
    """An identifier in a text."""

    @property
    def offset(self) -> int:
        """How many characters precede it."""

    @property
    def address(self) -> str:
        """What it means: ``m/model.Note``, ``m/model.Note.Title``, ``m/model.NewNote:note``."""

    @property
    def defines(self) -> bool:
        """Whether it is declared there."""


class Words(msgspec.Struct, frozen=True):
    """What became of the literals and comments of one of our files, each by its whole text."""

    literals: Mapping[str, str] = msgspec.field(default_factory=dict)
    comments: Mapping[str, str] = msgspec.field(default_factory=dict)


def changed_words(old: str, new: str) -> dict[str, str]:
    """Return the identifiers of a rendering that read otherwise in the other one."""
    return {
        before.text: after.text
        for before, after in pairs(tokens(old), tokens(new))
        if before.kind == "word" and before.text != after.text
    }


def addresses(old: str, new: str, places: Iterable[Place]) -> Iterator[tuple[str, str]]:
    """Yield the address of every identifier of a rendering, and how the other one calls it."""
    successors = {before.start: after.text for before, after in pairs(tokens(old), tokens(new))}
    for place in places:
        if place.offset in successors:
            yield place.address, successors[place.offset]


def words_of(old: str, new: str) -> Words:
    """Return what became of the literals and comments that always became the same."""
    found: dict[tuple[str, str], set[str]] = {}
    for before, after in pairs(tokens(old), tokens(new)):
        found.setdefault((before.kind, before.text), set()).add(after.text)
    settled = {key: next(iter(after)) for key, after in found.items() if len(after) == 1}
    literals, comments = (
        {text: after for (kind, text), after in settled.items() if kind == wanted and text != after}
        for wanted in ("literal", "comment")
    )
    return Words(literals, comments)


def renamed(
    text: str,
    places: Sequence[Place],
    names: Mapping[str, str],
    words: Words | None = None,
    literals: Mapping[int, str] | None = None,
) -> str:
    """Return the text with every identifier whose address has a new name called by it.

    With ``words``, those of our own rendering, its literals and comments follow as well;
    ``literals`` says by their offset what becomes of those that are told by their place. So
    does a comment of ours that a person rewrote, above one of our declarations: as far as
    it says the declaration's name, or names that cannot be words of a sentence.
    """
    at = {place.offset: place for place in places if place.address in names}
    prose = {_last(address): name for address, name in names.items()}
    # Both, or the way back would not find what the way there had changed.
    prose = {old: new for old, new in prose.items() if _COMPOUND.match(old) and _COMPOUND.match(new)}
    edits: list[Edit] = []
    settled = literals or {}
    found = tokens(text)
    for index, token in enumerate(found):
        if token.kind == "word" and token.start in at:
            edits.append((token.start, token.end, names[at[token.start].address]))
        elif words is not None and token.kind == "literal":
            by_text = words.literals.get(token.text, token.text)
            edits.append((token.start, token.end, settled.get(token.start, by_text)))
        elif words is not None and token.kind == "comment":
            documented = _documented(text, token, found[index + 1 : index + 2], at)
            said = {_last(place.address): names[place.address] for place in documented}
            edits += _comment(token, words, {**prose, **said} if said else {})
    for start, end, replacement in reversed(edits):
        text = text[:start] + replacement + text[end:]
    return text


def _documented(
    text: str, comment: Token, after: Sequence[Token], at: Mapping[int, Place]
) -> Iterator[Place]:
    """Yield what the line right below a comment declares, of what is renamed."""
    for token in after:
        if text.count("\n", comment.end, token.start) == 1:
            end = text.find("\n", token.start)
            yield from (at[offset] for offset in at if token.start <= offset < end and at[offset].defines)


def _comment(comment: Token, words: Words, prose: Mapping[str, str]) -> Iterator[Edit]:
    if comment.text in words.comments:
        yield comment.start, comment.end, words.comments[comment.text]
        return
    for match in re.finditer(r"\w+", comment.text):
        if match[0] in prose:
            yield comment.start + match.start(), comment.start + match.end(), prose[match[0]]


def _last(address: str) -> str:
    return re.split("[.:]", address)[-1]
