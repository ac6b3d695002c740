"""Where a spec says the name of an entity, a field or a service."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from chariot_gen.spec.document import Mapping, Node, Scalar, Sequence
from chariot_gen.spec.grammar import Either, ListOf, MapOf, OneOf, Record, Says, Shape, Text
from chariot_gen.spec.source import Place

__all__ = ["Occurrence", "occurrences"]


class Occurrence(msgspec.Struct, frozen=True):
    """A text that is or holds a name: what it means, and the place where it is written."""

    says: Says
    text: str
    place: Place


def occurrences(node: Node, shape: Shape) -> Iterator[Occurrence]:
    """Yield every text below a node that says a name, in no promised order.

    What does not fit the vocabulary is passed over: it is complained of elsewhere.
    """
    match shape, node:
        case Text(says=Says() as says), Scalar(text=text, place=place):
            yield Occurrence(says, text, place)
        case Either(), _:
            forms = {Scalar: shape.scalar, Sequence: shape.sequence, Mapping: shape.mapping}
            yield from _within(node, forms[type(node)])
        case OneOf(), Mapping():
            chosen = (record for key, record in shape.records.items() if node.entry(key))
            yield from _within(node, next(chosen, None))
        case _:
            for inner, of in _parts(node, shape):
                yield from occurrences(inner, of)


def _within(node: Node, shape: Shape | None) -> Iterator[Occurrence]:
    if shape is not None:
        yield from occurrences(node, shape)


def _parts(node: Node, shape: Shape) -> Iterator[tuple[Node, Shape]]:
    """Yield what a collection holds, each with its shape; keys of free choice are texts as well."""
    match shape, node:
        case ListOf(), Sequence():
            yield from ((item, shape.item) for item in node.items)
        case MapOf(), Mapping():
            yield from ((Scalar(entry.key, entry.key, entry.place), shape.key) for entry in node.entries)
            yield from ((entry.value, shape.value) for entry in node.entries)
        case Record(), Mapping():
            known = (entry for entry in node.entries if entry.key in shape.keys)
            yield from ((entry.value, shape.keys[entry.key].shape) for entry in known)
