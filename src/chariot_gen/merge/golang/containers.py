"""Find what has keyed pieces: the file, structs, interfaces, groups, literals, switches."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from chariot_gen.merge.golang.identity import identity_of
from chariot_gen.merge.golang.piece import Element, Identity, Piece, split
from chariot_gen.merge.golang.source import Source, first_row, last_row

if TYPE_CHECKING:
    from tree_sitter import Node

__all__ = ["Container", "containers_in", "file_pieces"]

_SWITCHES = ("expression_switch_statement", "type_switch_statement", "select_statement")
_GROUPS = ("const_declaration", "var_spec_list", "type_declaration")
_OTHERS = ("field_declaration_list", "interface_type", "literal_value")
# Where the order of the pieces means something, so that a new order is taken over.
_ORDERED = frozenset({"literal_value", "const_declaration", *_SWITCHES})


class Container(msgspec.Struct, frozen=True, eq=False):
    """The rows between two brackets, cut into pieces.

    ``opener`` is the row of the first bracket, by which it is found in another version.
    """

    source: Source
    kind: str
    opener: str
    start: int
    end: int
    pieces: tuple[Piece, ...]

    @property
    def is_ordered(self) -> bool:
        """Whether the order of its pieces means something."""
        return self.kind in _ORDERED

    @property
    def lines(self) -> tuple[str, ...]:
        """The rows as they are written."""
        return self.source.lines[self.start : self.end]

    @property
    def keys(self) -> tuple[str, ...]:
        """The rows as they are compared."""
        return self.source.keys[self.start : self.end]


def file_pieces(source: Source) -> tuple[Piece, ...] | None:
    """Return the pieces of a whole file; all its imports are one."""
    elements: list[Element] = []
    for node in source.root.named_children:
        if node.type == "comment":
            continue
        start, end = first_row(node), last_row(node) + 1
        if node.type == "import_declaration":
            if elements and elements[-1].identity.kind == "import":
                start = elements.pop().start
            elements.append(Element(Identity("import", ("",), "imports"), start, end, None))
        else:
            elements.append(Element(identity_of(node), start, end, node))
    return split(source, elements, 0, len(source.lines))


def containers_in(source: Source, piece: Piece) -> tuple[Container, ...]:
    """Return the outermost containers of a piece, in their order."""
    return tuple(_outermost(source, piece.node)) if piece.node is not None else ()


def _outermost(source: Source, node: Node) -> Iterator[Container]:
    container = _container(source, node) if node.type in (*_SWITCHES, *_GROUPS, *_OTHERS) else None
    if container is not None:
        yield container
    else:
        for child in node.named_children:
            yield from _outermost(source, child)


def _container(source: Source, node: Node) -> Container | None:
    brackets = [child for child in node.children if child.type in {"{", "}", "(", ")"}]
    if len(brackets) < 2:  # noqa: PLR2004 - an opening and a closing one
        return None
    opening, closing = brackets[0], brackets[-1]
    start, end = first_row(opening) + 1, first_row(closing)
    closes = source.lines[end].encode()[: closing.start_point.column]
    if end < start or closes.strip():
        return None
    inside = [
        child
        for child in node.named_children
        if child.type != "comment" and opening.end_byte <= child.start_byte < closing.start_byte
    ]
    elements = [Element(identity_of(child), first_row(child), last_row(child) + 1, child) for child in inside]
    if node.type in _SWITCHES:
        elements = [_with_comments(source, element, end) for element in elements]
    pieces = split(source, elements, start, end)
    if pieces is None or _repeats(pieces):
        return None
    return Container(source, node.type, source.keys[start - 1].strip(), start, end, pieces)


def _with_comments(source: Source, case: Element, end: int) -> Element:
    """Give a case the comments below it that are indented as its statements are."""
    indent = _indent(source.lines[case.start])
    stop = case.end
    row = stop
    while row < end and (row in source.comments or source.is_blank(row)):
        row += 1
        if row - 1 in source.comments and _indent(source.lines[row - 1]) > indent:
            stop = row
    return Element(case.identity, case.start, stop, case.node)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _repeats(pieces: tuple[Piece, ...]) -> bool:
    """Say whether two pieces are known by the same name, so that neither is known by it."""
    names = [(piece.identity.kind, name) for piece in pieces for name in piece.identity.names]
    return len(names) != len(set(names))
