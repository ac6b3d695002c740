"""Merge one row by its parts: a field by type, each key of its tag and comment; a table's row by key."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from chariot_gen.merge.golang.identity import names_in_literal
from chariot_gen.merge.golang.piece import Piece
from chariot_gen.merge.golang.rows import Row, merge_rows
from chariot_gen.merge.golang.source import text_of, written

if TYPE_CHECKING:
    from tree_sitter import Node

__all__ = ["merge_parts"]

_TAG = re.compile(r'(\w+):("(?:\\.|[^"\\])*")')
_ONE_ROW = 1


class _Parts(msgspec.Struct, frozen=True):
    """The parts of a row by name: what is written before, between and after them."""

    before: str
    named: Mapping[str, str]
    after: str


class _ClashError(Exception):
    """Two sides changed one part, each in its own way."""


def merge_parts(base: Piece, ours: Piece, theirs: Piece) -> tuple[str, ...] | None:
    """Return the rows of a field or a table's row; None when they have no parts, or a part clashes."""
    pieces = (base, ours, theirs)
    if any(piece.end - piece.core != _ONE_ROW or piece.node is None for piece in pieces):
        return None
    take, write = (_field_parts, _write_field) if base.identity.kind == "field" else (_row_parts, _write_row)
    parts = [take(piece) for piece in pieces]
    if None in parts:
        return None
    found = [part for part in parts if part is not None]
    try:
        row = write(_merged(*found))
        return (*_documentation(*pieces), row)
    except _ClashError:
        return None


def _documentation(base: Piece, ours: Piece, theirs: Piece) -> Iterator[str]:
    sides = [
        [Row(piece.source.keys[row], piece.source.lines[row]) for row in range(piece.start, piece.core)]
        for piece in (base, ours, theirs)
    ]
    for chunk in merge_rows(*sides):
        if chunk.versions is not None:
            raise _ClashError
        yield from (row.text for row in chunk.rows)


def _merged(base: _Parts, ours: _Parts, theirs: _Parts) -> _Parts:
    named: dict[str, str] = {}
    for name in _names(list(ours.named), list(theirs.named)):
        value = _pick(base.named.get(name), ours.named.get(name), theirs.named.get(name))
        if value is not None:
            named[name] = value
    before = _pick(base.before, ours.before, theirs.before)
    after = _pick(base.after, ours.after, theirs.after)
    return _Parts(before or "", named, after or "")


def _names(ours: Sequence[str], theirs: Sequence[str]) -> list[str]:
    """Return the names of both: those that only theirs has behind their neighbour there."""
    names = list(ours)
    for index, name in enumerate(theirs):
        if name not in names:
            names.insert(names.index(theirs[index - 1]) + 1 if index else 0, name)
    return names


def _pick(base: str | None, ours: str | None, theirs: str | None) -> str | None:
    if theirs in (base, ours):
        return ours
    if ours == base:
        return theirs
    raise _ClashError


def _field_parts(piece: Piece) -> _Parts | None:
    node = piece.node
    kind = node.child_by_field_name("type") if node is not None else None
    if node is None or kind is None:
        return None
    tag = node.child_by_field_name("tag")
    declared = " ".join(text_of(node).removesuffix(text_of(tag)).split()) if tag else text_of(node)
    named = {"names": declared.removesuffix(text_of(kind)).strip(), "type": text_of(kind)}
    if tag is not None:
        inside = text_of(tag).strip("`")
        if _TAG.sub("", inside).strip():
            return None
        named |= {f"tag {key}": value for key, value in _TAG.findall(inside)}
    line = piece.source.lines[piece.core].encode()
    indent = line[: node.start_point.column].decode()
    return _Parts(indent, named, line[node.end_point.column :].decode().strip())


def _write_field(parts: _Parts) -> str:
    tags = " ".join(
        f"{name.removeprefix('tag ')}:{value}"
        for name, value in parts.named.items()
        if name.startswith("tag ")
    )
    words = (parts.named.get("names"), parts.named.get("type"), f"`{tags}`" if tags else "", parts.after)
    return parts.before + " ".join(word for word in words if word)


def _row_parts(piece: Piece) -> _Parts | None:
    value = _literal(piece.node)
    if value is None:
        return None
    keyed = names_in_literal(value)
    if not keyed or len(keyed) != len(value.named_children):
        return None
    line = piece.source.lines[piece.core].encode()
    before = line[: value.start_point.column + 1].decode()
    after = line[value.end_point.column - 1 :].decode()
    return _Parts(before, {key: written(node) for key, node in keyed.items()}, after)


def _literal(node: Node | None) -> Node | None:
    while node is not None and node.type != "literal_value":
        inside = [child for child in node.named_children if child.type != "comment"]
        node = inside[-1] if inside and node.type in {"literal_element", "composite_literal"} else None
    return node


def _write_row(parts: _Parts) -> str:
    return parts.before + ", ".join(f"{key}: {value}" for key, value in parts.named.items()) + parts.after
