"""YAML text as nodes that remember where they stand.

PyYAML (its C parser, where it is built in) does the syntax; what plain scalars mean is
decided in :mod:`chariot_gen.spec.scalars`. Everything that is YAML but has no place in a
spec (tags, merge keys, several documents, aliases without end) is refused here, so that
later stages see mappings, lists and scalars only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec
import yaml

from chariot_gen.spec.problems import Problems
from chariot_gen.spec.scalars import ScalarValue, resolve
from chariot_gen.spec.source import Place, SourceFile, unsafe_character
from chariot_gen.spec.syntax import PLAIN, QUOTED, Refused, compose, place_of

__all__ = ["Entry", "Mapping", "Node", "Scalar", "Sequence", "parse"]

_MAX_NODES = 20_000
_CONFLICT_MARKER = re.compile(r"(<{7}|>{7}|\|{7})(?: |\Z)")


class Scalar(msgspec.Struct, frozen=True):
    """``text`` is what stands in the file, without quotes; ``value`` what it means."""

    value: ScalarValue
    text: str
    place: Place


class Sequence(msgspec.Struct, frozen=True):
    """A list."""

    items: tuple[Node, ...]
    place: Place


class Entry(msgspec.Struct, frozen=True):
    """One key of a mapping and its value."""

    key: str
    place: Place
    value: Node


class Mapping(msgspec.Struct, frozen=True):
    """A mapping; ``entries`` is in file order, each key once."""

    entries: tuple[Entry, ...]
    place: Place

    def entry(self, key: str) -> Entry | None:
        """Return the entry with this key, or None."""
        for entry in self.entries:
            if entry.key == key:
                return entry
        return None


Node = Scalar | Sequence | Mapping


def parse(problems: Problems) -> Mapping | None:
    """Return the file's mapping, or None where it has none; complaints go to ``problems``."""
    try:
        _refuse_unsafe_text(problems.source)
        _refuse_conflict(problems.source)
        return _Converter(problems).root(compose(problems.source))
    except Refused as refused:
        problems.add(*refused.finding)
        return None


def _refuse_unsafe_text(source: SourceFile) -> None:
    for number, line in enumerate(source.lines, start=1):
        if found := unsafe_character(line):
            if "\udc80" <= found[0] <= "\udcff":  # a byte that could not be decoded
                remedy = "save the file with the encoding UTF-8"
                raise Refused(Place(number, found.start() + 1), "the file is not UTF-8 text", remedy)
            message = f"the line holds the invisible character U+{ord(found[0]):04X}"
            raise Refused(Place(number, found.start() + 1), message, "remove it")


def _refuse_conflict(source: SourceFile) -> None:
    """Say of a file that git left in conflict what it is; its YAML may even be sound."""
    for number, line in enumerate(source.lines, start=1):
        if found := _CONFLICT_MARKER.match(line):
            message = "the line is a marker of a merge that is not resolved"
            remedy = "make the place what both sides want and remove the markers"
            raise Refused(Place(number, 1, len(found[1])), message, remedy)


class _Converter:
    """Turn PyYAML's nodes into ours and collect what a spec may not hold."""

    def __init__(self, problems: Problems) -> None:
        self._report = problems.add
        # The lines were looked at before: only an escape can put into a text what is in no line.
        self._escapes = "\\" in problems.source.text
        self._open: set[int] = set()
        self._count = 0

    def root(self, node: yaml.Node) -> Mapping:
        converted = self._node(node)
        if not isinstance(converted, Mapping):
            raise Refused(converted.place, "the file is no mapping", "start with `key: value` lines")
        return converted

    def _node(self, node: yaml.Node) -> Node:
        place = place_of(node.start_mark, node.end_mark)
        self._count += 1
        if self._count > _MAX_NODES:
            raise Refused(place, f"the file expands to more than {_MAX_NODES} values", "use fewer aliases")
        if node.tag not in (PLAIN, QUOTED):
            tag = node.tag.replace("tag:yaml.org,2002:", "!!")
            self._report(place, f"the tag `{tag}` has no meaning in a spec", "remove it, and quote text")
        if isinstance(node, yaml.ScalarNode):
            value = resolve(node.value) if node.tag == PLAIN else node.value
            self._refuse_unsafe(node.value, place)
            return Scalar(value, node.value, place)
        return self._collection(node, place)

    def _collection(self, node: yaml.Node, place: Place) -> Node:
        if id(node) in self._open:
            raise Refused(place, "an alias stands inside of what it stands for", "write the value out")
        self._open.add(id(node))
        converted: Node
        if isinstance(node, yaml.SequenceNode):
            converted = Sequence(tuple(self._node(item) for item in node.value), place)
        else:
            converted = Mapping(tuple(self._entries(node)), place)
        self._open.discard(id(node))
        return converted

    def _entries(self, node: yaml.Node) -> Iterator[Entry]:
        seen: dict[str, int] = {}
        for key, value in node.value:
            place = place_of(key.start_mark, key.end_mark)
            entry = Entry(key.value if isinstance(key.value, str) else "", place, self._node(value))
            if self._usable(key, place, seen):
                yield entry

    def _usable(self, key: yaml.Node, place: Place, seen: dict[str, int]) -> bool:
        if not isinstance(key, yaml.ScalarNode) or (
            key.tag == PLAIN and not isinstance(resolve(key.value), str)
        ):
            self._report(place, "a key must be text", "quote it")
            return False
        if key.tag not in (PLAIN, QUOTED):
            self._report(place, f"the tag `{key.tag}` has no meaning in a spec", "remove it")
            return False
        if key.value == "<<" and key.tag == PLAIN:
            remedy = "write the keys out, or share fields with `field_sets`"
            self._report(place, "merge keys (`<<`) are not part of YAML 1.2", remedy)
            return False
        if key.value in seen:
            message = f"the key `{key.value}` stands twice; line {seen[key.value]} has it first"
            self._report(place, message, "keep one of them")
            return False
        seen[key.value] = place.line
        self._refuse_unsafe(key.value, place)
        return True

    def _refuse_unsafe(self, text: str, place: Place) -> None:
        if self._escapes and (found := unsafe_character(text)):
            message = f"the text holds the invisible character U+{ord(found[0]):04X}"
            self._report(place, message, "remove the escape that makes it")
