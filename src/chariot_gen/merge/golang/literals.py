"""Let the literals that a person edited follow a renaming, one by one.

A literal that reads as we wrote it follows by its text. One that was edited is paired with
the one that we wrote: in a struct field or constant of the same name, else by its place
among the tokens of a function that did not change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

import msgspec

from chariot_gen.merge.golang.identity import identity_of
from chariot_gen.merge.golang.source import parse
from chariot_gen.merge.golang.tokens import Token, pairs, tokens
from chariot_gen.merge.rewording import (
    Undecided,
    UndecidedError,
    changes_member,
    remembered,
    retagged,
    reworded,
)

if TYPE_CHECKING:
    from tree_sitter import Node

__all__ = ["Literals", "literals_of"]

_FUNCTIONS = ("function_declaration", "method_declaration")
_SPECS = ("const_spec", "var_spec", "type_spec", "type_alias")
_FIELD = "field_declaration"
_SIMILAR = 0.6

Key = tuple[str, ...]


class Literals(msgspec.Struct, frozen=True):
    """What becomes of literals, by their offset; ``undecided`` are those that cannot follow."""

    at: Mapping[int, str] = msgspec.field(default_factory=dict)
    undecided: tuple[Undecided, ...] = ()


class _Unit(msgspec.Struct, frozen=True):
    """The tokens of a declaration; those of a struct's fields are units of their own."""

    kind: str
    tokens: tuple[Token, ...]

    @property
    def literals(self) -> list[Token]:
        return [token for token in self.tokens if token.kind == "literal"]


def literals_of(old: str, new: str, written: str) -> Literals:
    """Return what becomes of the literals of a person's version of a file."""
    after = {
        before.start: successor.text
        for before, successor in pairs(tokens(old), tokens(new))
        if before.kind == "literal" and before.text != successor.text
    }
    if not after:
        return Literals()
    known = dict(_units(old))
    found: dict[int, str] = {}
    undecided: list[Undecided] = []
    for key, unit in _units(written):
        ours = known.get(key)
        if ours is None or not any(token.start in after for token in ours.tokens):
            continue
        found |= _settled(ours, unit, after)
        for before, here in _paired(ours, unit):
            if before.start not in after:
                continue
            try:
                found[here.start] = _followed(ours.kind, before.text, after[before.start], here.text)
            except UndecidedError as problem:
                undecided.append(Undecided(here.start, problem.old, problem.new))
    return Literals(found, tuple(undecided))


def _followed(kind: str, old: str, new: str, written: str) -> str:
    if written == old:
        return new
    if kind == _FIELD and written.startswith("`"):
        return retagged(old, new, written)
    if changes_member(old, new):
        return remembered(old, new, written)
    return reworded(old, new, written)


def _settled(ours: _Unit, unit: _Unit, after: Mapping[int, str]) -> dict[int, str]:
    """Return the literals that read as we wrote them, where all such in the declaration became the same."""
    became: dict[str, set[str]] = {}
    for token in ours.literals:
        became.setdefault(token.text, set()).add(after.get(token.start, token.text))
    return {
        token.start: next(iter(became[token.text]))
        for token in unit.literals
        if len(became.get(token.text, ())) == 1
    }


def _paired(ours: _Unit, unit: _Unit) -> list[tuple[Token, Token]]:
    """Return the literals that we wrote, each with what it is in the person's version."""
    if ours.kind not in _FUNCTIONS and len(ours.literals) == len(unit.literals) == 1:
        return [(ours.literals[0], unit.literals[0])]
    sides = [token.text for token in ours.tokens], [token.text for token in unit.tokens]
    found: list[tuple[Token, Token]] = []
    gone: list[Token] = []
    came: list[Token] = []
    for _, start, end, low, high in SequenceMatcher(None, *sides, autojunk=False).get_opcodes():
        before, here = (
            [token for token in part if token.kind == "literal"]
            for part in (ours.tokens[start:end], unit.tokens[low:high])
        )
        if len(before) == len(here):
            found += zip(before, here, strict=True)
        else:
            gone += before
            came += here
    return found + list(_resembling(gone, came))


def _resembling(gone: Sequence[Token], came: Sequence[Token]) -> Iterator[tuple[Token, Token]]:
    """Yield each literal that is not there any more with the one that is most like it."""
    left = list(came)
    for before in gone:
        likeness = {
            here.start: SequenceMatcher(None, before.text, here.text, autojunk=False).ratio() for here in left
        }
        best = max(left, key=lambda here: likeness[here.start], default=None)
        if best is not None and likeness[best.start] >= _SIMILAR:
            left.remove(best)
            yield before, best


def _units(text: str) -> Iterator[tuple[Key, _Unit]]:
    """Yield the declarations of a file by what they are known by; none where it is not Go."""
    source = parse(text)
    if source is None:
        return
    found = [token for token in tokens(text) if token.kind != "comment"]
    starts = _byte_offsets(text, found)
    for key, node, inner in _declarations(source.root, ()):
        own = tuple(
            token
            for token, at in zip(found, starts, strict=True)
            if node.start_byte <= at < node.end_byte
            and not any(part.start_byte <= at < part.end_byte for part in inner)
        )
        yield key, _Unit(node.type, own)


def _byte_offsets(text: str, found: Sequence[Token]) -> list[int]:
    """Return where tokens start in the bytes of a text, which is how the parser counts."""
    offsets: list[int] = []
    at = last = 0
    for token in found:
        at += len(text[last : token.start].encode())
        last = token.start
        offsets.append(at)
    return offsets


def _declarations(node: Node, within: Key) -> Iterator[tuple[Key, Node, list[Node]]]:
    """Yield every declaration with the struct fields in it, which are declarations as well."""
    for child in node.named_children:
        if child.type in (*_FUNCTIONS, *_SPECS, _FIELD):
            identity = identity_of(child)
            key = (*within, identity.kind, *identity.names)
            inner = [] if child.type in _FUNCTIONS else list(_fields(child))
            yield key, child, inner
            if inner:
                yield from _declarations(child, key)
        elif child.type not in {"block", "comment"}:
            yield from _declarations(child, within)


def _fields(node: Node) -> Iterator[Node]:
    for child in node.named_children:
        if child.type == _FIELD:
            yield child
        else:
            yield from _fields(child)
