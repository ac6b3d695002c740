"""Check a document against the vocabulary: keys, kinds of value, words, bounds.

The checked tree that comes back holds only what the vocabulary knows, so that later
stages read it without asking again. What was wrong is replaced by a scalar without a
value, and a misspelt key counts as the key that was probably meant: one slip gives one
complaint, not one more for everything that refers to it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from chariot_gen.spec.document import Entry, Mapping, Node, Scalar, Sequence
from chariot_gen.spec.grammar import (
    Choice,
    Either,
    Flag,
    Integer,
    ListOf,
    MapOf,
    Number,
    OneOf,
    Record,
    Shape,
    Text,
    Value,
)  # fmt: skip
from chariot_gen.spec.problems import Problems, listing, remedy_for, suggestion
from chariot_gen.spec.shape_scalars import ScalarChecker, short

__all__ = ["check"]


def check(root: Mapping, record: Record, problems: Problems) -> Mapping:
    """Return the checked tree of a whole file; complaints go to ``problems``."""
    return _Checker(problems).record(root, record, "the file")


class _Checker(ScalarChecker):
    """Walk node and shape side by side; ``what`` names the value in complaints."""

    def __init__(self, problems: Problems) -> None:
        super().__init__(problems)
        self._handlers: dict[type, Callable[[Any, Any, str], Node]] = {
            Text: self._text,
            Choice: self._choice,
            Flag: self._flag,
            Integer: self._integer,
            Number: self._number,
            Value: self._value,
            ListOf: self._list,
            MapOf: self._map,
            Record: self.record,
            OneOf: self._one_of,
            Either: self._either,
        }

    def value(self, node: Node, shape: Shape, what: str) -> Node:
        return self._handlers[type(shape)](node, shape, what)

    def _list(self, node: Node, shape: ListOf, what: str) -> Node:
        if not isinstance(node, Sequence):
            return self._wrong_kind(node, what, "a list")
        if not shape.minimum <= len(node.items) <= shape.maximum:
            self._problems.add(node.place, f"{what} has {len(node.items)} items", f"write {_bounds(shape)}")
        items = tuple(self.value(item, shape.item, f"an item of {what}") for item in node.items)
        seen: set[object] = set()
        for item in node.items:
            content = _content(item)
            if content in seen:
                self._problems.add(item.place, f"an item of {what} stands twice", "keep one of them")
            seen.add(content)
        return Sequence(items, node.place)

    def _map(self, node: Node, shape: MapOf, what: str) -> Node:
        if not isinstance(node, Mapping):
            return self._wrong_kind(node, what, "a mapping")
        if len(node.entries) < shape.minimum:
            self._problems.add(node.place, f"{what} is empty", "write at least one entry, or remove the key")
        if shape.maximum is not None and len(node.entries) > shape.maximum:
            message = f"{what} has {len(node.entries)} entries"
            self._problems.add(node.place, message, f"write at most {shape.maximum}")
        entries = []
        for entry in node.entries:
            key = Scalar(entry.key, entry.key, entry.place)
            self.value(key, shape.key, f"the name `{short(entry.key)}` in {what}")
            value = self.value(entry.value, shape.value, f"`{short(entry.key)}`")
            if isinstance(value, Scalar) and value.value is None and isinstance(shape.value, Record):
                value = Mapping((), value.place)
            entries.append(Entry(entry.key, entry.place, value))
        return Mapping(tuple(entries), node.place)

    def record(self, node: Node, shape: Record, what: str) -> Mapping:
        if not isinstance(node, Mapping):
            self._wrong_kind(node, what, "a mapping")
            return Mapping((), node.place)
        present = {entry.key for entry in node.entries}
        entries: list[Entry] = []
        for entry in node.entries:
            key = entry.key if entry.key in shape.keys else self._unknown(entry, shape, present, what)
            if key is not None:
                value = self.value(entry.value, shape.keys[key].shape, f"`{key}`")
                entries.append(Entry(key, entry.place, value))
                present.add(key)
        for name, key_ in shape.keys.items():
            if key_.required and name not in present:
                self._problems.add(
                    node.place, f"{what} lacks `{name}`", f"add it, as `{_flow(name, key_.example)}`"
                )
        return Mapping(tuple(entries), node.place)

    def _unknown(self, entry: Entry, shape: Record, present: set[str], what: str) -> str | None:
        remedy = remedy_for(entry.key, shape.keys)
        self._problems.add(entry.place, f"`{short(entry.key)}` is no key of {what}", remedy)
        meant = suggestion(entry.key, shape.keys)
        return meant if meant not in present else None

    def _one_of(self, node: Node, shape: OneOf, what: str) -> Node:
        if not isinstance(node, Mapping):
            return self._wrong_kind(node, what, "a mapping")
        for discriminator, record in shape.records.items():
            if node.entry(discriminator) is not None:
                return self.record(node, record, what)
        present = next((e for e in node.entries if suggestion(e.key, shape.records)), None)
        place = present.place if present else node.place
        remedy = remedy_for(present.key, shape.records) if present else f"add {listing(shape.records)}"
        return self._broken(place, f"{what} has none of {', '.join(shape.records)}", remedy)

    def _either(self, node: Node, shape: Either, what: str) -> Node:
        chosen: Shape | None = {Scalar: shape.scalar, Sequence: shape.sequence, Mapping: shape.mapping}[
            type(node)
        ]
        if chosen is None or (isinstance(node, Scalar) and node.value is None):
            forms = (
                ("text or a number", shape.scalar),
                ("a list", shape.sequence),
                ("a mapping", shape.mapping),
            )
            return self._wrong_kind(node, what, listing(name for name, form in forms if form is not None))
        return self.value(node, chosen, what)


def _bounds(shape: ListOf) -> str:
    if shape.minimum == shape.maximum:
        return str(shape.minimum)
    return f"{shape.minimum} to {shape.maximum}" if shape.minimum else f"at most {shape.maximum}"


def _content(node: Node) -> object:
    """Return what a node says, for comparison: without places, and true apart from 1."""
    match node:
        case Scalar(value):
            return isinstance(value, bool), value
        case Sequence(items):
            return tuple(_content(item) for item in items)
        case Mapping(entries):
            return frozenset((entry.key, _content(entry.value)) for entry in entries)


def _flow(name: str, example: object) -> str:
    if isinstance(example, dict):
        return f"{name}: {{...}}"
    if isinstance(example, list):
        return f"{name}: [{', '.join(str(item) for item in example)}]"
    return f"{name}: {str(example).lower() if isinstance(example, bool) else example}"
