"""Read a checked mapping by key, with the vocabulary's defaults."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from chariot_gen.diagnostics import Location
from chariot_gen.spec.document import Entry, Mapping, Node, Scalar, Sequence
from chariot_gen.spec.grammar import Either, MapOf, OneOf, Record, Shape
from chariot_gen.spec.source import Place

__all__ = ["Block", "Constant", "constant"]

Constant = str | int | float | bool


class Block(msgspec.Struct, frozen=True):
    """A checked mapping with its record.

    A value that was refused reads as absent, but for text, which reads as empty: so a
    rule can tell *unset* from *wrong* and leave the latter alone.
    """

    path: str
    node: Mapping
    record: Record

    def location(self, key: str = "") -> Location:
        """Return where the value of a key stands, or the mapping itself without it."""
        entry = self.node.entry(key) if key else None
        return self.at(entry.value.place if entry else self.node.place)

    def at(self, place: Place) -> Location:
        """Return a place in this file as a location."""
        return Location(self.path, place.line, place.column)

    def has(self, key: str) -> bool:
        """Report whether the key stands in the file."""
        return self.node.entry(key) is not None

    def value(self, key: str) -> Node | None:
        """Return the node of a key, or None."""
        entry = self.node.entry(key)
        return entry.value if entry else None

    def text(self, key: str) -> str:
        """Return the text of a key as it stands in the file, its default or nothing."""
        node = self.value(key)
        if isinstance(node, Scalar):
            return node.text
        return self.record.keys[key].default or ""

    def integer(self, key: str) -> int:
        """Return the whole number of a key, or its default."""
        return int(self._constant(key))

    def flag(self, key: str) -> bool:
        """Return the boolean of a key, or its default."""
        return bool(self._constant(key))

    def maybe_flag(self, key: str) -> bool | None:
        """Return the boolean of a key, or None where it is unset."""
        node = self.value(key)
        return node.value if isinstance(node, Scalar) and isinstance(node.value, bool) else None

    def number(self, key: str) -> int | float | None:
        """Return the number of a key, or None where it is unset."""
        node = self.value(key)
        return node.value if isinstance(node, Scalar) and isinstance(node.value, int | float) else None

    def items(self, key: str) -> tuple[Node, ...]:
        """Return the sound items of a list, none where it is unset."""
        node = self.value(key)
        items = node.items if isinstance(node, Sequence) else ()
        return tuple(item for item in items if not isinstance(item, Scalar) or item.value is not None)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the texts of a list."""
        return tuple(item.text for item in self.items(key) if isinstance(item, Scalar))

    def entries(self, key: str) -> tuple[Entry, ...]:
        """Return the sound entries of a mapping of free names."""
        node = self.value(key)
        entries = node.entries if isinstance(node, Mapping) else ()
        return tuple(e for e in entries if not isinstance(e.value, Scalar) or e.value.value is not None)

    def block(self, key: str) -> Block | None:
        """Return the mapping of a key, or None where it is unset or has its short form."""
        node = self.value(key)
        return self.inner(node, self.record.keys[key].shape) if isinstance(node, Mapping) else None

    def blocks(self, key: str) -> Iterator[tuple[Entry, Block]]:
        """Yield the entries of a mapping from free names to records."""
        shape = self.record.keys[key].shape
        assert isinstance(shape, MapOf), key  # noqa: S101 - a promise of the vocabulary
        for entry in self.entries(key):
            if isinstance(entry.value, Mapping):
                yield entry, self.inner(entry.value, shape.value)

    def inner(self, node: Mapping, shape: Shape) -> Block:
        """Return a mapping below this one as a block of its shape."""
        if isinstance(shape, Either) and shape.mapping is not None:
            shape = shape.mapping
        if isinstance(shape, OneOf):
            shape = next(record for key, record in shape.records.items() if node.entry(key))
        if not isinstance(shape, Record):
            raise TypeError(shape)
        return Block(self.path, node, shape)

    def _constant(self, key: str) -> Constant:
        node = self.value(key)
        found = node.value if isinstance(node, Scalar) else None
        default: Constant = self.record.keys[key].default
        return default if found is None else found


def constant(node: Node | None) -> Constant:
    """Return the constant of a checked scalar."""
    value = node.value if isinstance(node, Scalar) else None
    return "" if value is None else value
