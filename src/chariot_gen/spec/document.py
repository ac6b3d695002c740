"""YAML text as nodes that remember where they stand.

PyYAML (its C parser, where it is built in) does the syntax; what plain scalars mean is
decided in :mod:`chariot_gen.spec.scalars`. Everything that is YAML but has no place in a
spec (tags, merge keys, several documents, aliases without end) is refused here, so that
later stages see mappings, lists and scalars only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import yaml

from chariot_gen.diagnostics import Diagnostic, Location
from chariot_gen.errors import SpecError
from chariot_gen.spec.scalars import ScalarValue, resolve

__all__ = ["Document", "Entry", "Mapping", "Node", "Place", "Scalar", "Sequence", "SourceFile", "parse"]

_MAX_DEPTH = 32
_MAX_NODES = 20_000
_PLAIN = "plain"
_OTHER = "other"
# YAML 1.1 breaks lines at the last three, YAML 1.2 and editors do not: without them a line is a line.
_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

_WORD = re.compile(r""""(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[\[{]|[^\s,\]}]+?(?=:\s|[\s,\]}]|:?$)""")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a token starts, counted from 1, and how many columns it takes on that line."""

    line: int = 1
    column: int = 1
    length: int = 1


@dataclass(frozen=True, slots=True)
class Scalar:
    """``text`` is what stands in the file, without quotes; ``value`` what it means."""

    value: ScalarValue
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Entry:
    """One key of a mapping and its value."""

    key: str
    place: Place
    value: Node


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping; ``entries`` is in file order, each key once."""

    entries: tuple[Entry, ...]
    place: Place

    def entry(self, key: str) -> Entry | None:
        """Return the entry with this key, or None."""
        return next((entry for entry in self.entries if entry.key == key), None)


Node = Scalar | Sequence | Mapping


@dataclass(frozen=True)
class SourceFile:
    """The text of one YAML file; ``path`` is shown in diagnostics, ``specs/port.yaml``.

    A byte order mark is dropped. Line breaks may be those of Windows.
    """

    path: str
    text: str

    @classmethod
    def decode(cls, path: str, data: bytes) -> SourceFile:
        """Return the file with these bytes; SpecError unless they are UTF-8."""
        try:
            return cls(path, data.decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            column = error.start - data.rfind(b"\n", 0, error.start)
            location = Location(path, line, column)
            remedy = "save it with the encoding UTF-8"
            raise SpecError([Diagnostic(location, "the file is not UTF-8 text", remedy)]) from None

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines without their breaks."""
        return tuple(re.split(r"\r\n|\r|\n", self.text.removeprefix("\ufeff")))

    def line(self, number: int) -> str:
        """Return a line by its number from 1; empty beyond the end."""
        return self.lines[number - 1] if number <= len(self.lines) else ""

    def word_at(self, location: Location) -> Place:
        """Return the place of the word, quoted text or bracket at a location."""
        found = _WORD.match(self.line(location.line), location.column - 1)
        return Place(location.line, location.column, len(found[0]) if found else 1)

    def diagnostic(self, place: Place, message: str, remedy: str) -> Diagnostic:
        """Return a finding at a place, with the line that it stands on."""
        frame = self.line(place.line)
        length = max(1, min(place.length, len(frame) - place.column + 1))
        location = Location(self.path, place.line, place.column)
        return Diagnostic(location, message, remedy, frame=frame, length=length)


@dataclass(frozen=True, slots=True)
class Document:
    """A file and its root mapping."""

    source: SourceFile
    root: Mapping


class _Refused(Exception):
    """The file is no document; carries what is wrong with it."""

    def __init__(self, place: Place, message: str, remedy: str) -> None:
        super().__init__(message)
        self.finding = (place, message, remedy)


class _Mark(Protocol):
    line: int
    column: int


class _Resolver:
    """Tell plain scalars from quoted ones, and stop before nesting exhausts the stack."""

    def __init__(self) -> None:
        self._depth = 0

    def resolve(self, kind: type, _value: object, implicit: Any) -> str:  # noqa: ANN401 - PyYAML's own
        return _PLAIN if kind is yaml.ScalarNode and implicit[0] else _OTHER

    def descend_resolver(self, parent: yaml.Node | None, _index: object) -> None:
        self._depth += 1
        if self._depth > _MAX_DEPTH and parent is not None:
            message = f"the file nests deeper than {_MAX_DEPTH} levels"
            raise _Refused(_at(parent.start_mark), message, "flatten it")

    def ascend_resolver(self) -> None:
        self._depth -= 1

    def check_resolver_prefix(self, *_: object) -> bool:
        return False


if yaml.__with_libyaml__:
    from yaml._yaml import CParser  # type: ignore[import-untyped, unused-ignore]

    class _Loader(_Resolver, CParser):  # type: ignore[misc, unused-ignore]
        def __init__(self, text: str) -> None:
            CParser.__init__(self, text)
            _Resolver.__init__(self)

else:
    from yaml.composer import Composer
    from yaml.parser import Parser
    from yaml.reader import Reader
    from yaml.scanner import Scanner

    class _Loader(_Resolver, Reader, Scanner, Parser, Composer):  # type: ignore[no-redef]
        def __init__(self, text: str) -> None:
            Reader.__init__(self, text)
            Scanner.__init__(self)
            Parser.__init__(self)
            Composer.__init__(self)
            _Resolver.__init__(self)


def parse(source: SourceFile) -> Document:
    """Return the file's mapping; SpecError with everything that makes it none."""
    findings: list[Diagnostic] = []
    try:
        _refuse_unsafe_text(source)
        converter = _Converter(source, findings)
        root = converter.root(_compose(source))
    except _Refused as refused:
        findings.append(source.diagnostic(*refused.finding))
    if findings:
        raise SpecError(findings)
    return Document(source, root)


def _compose(source: SourceFile) -> yaml.Node:
    loader = _Loader(source.text.removeprefix("\ufeff"))
    try:
        node: yaml.Node | None = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        raise _syntax(source, error) from None
    finally:
        loader.dispose()
    if node is None:
        raise _Refused(Place(), "the file is empty", "write the spec, or delete the file")
    return node


def _refuse_unsafe_text(source: SourceFile) -> None:
    for number, line in enumerate(source.lines, start=1):
        if line.isascii() and line.isprintable():
            continue
        if found := _UNSAFE.search(line):
            message = f"the line holds the invisible character U+{ord(found[0]):04X}"
            raise _Refused(Place(number, found.start() + 1), message, "remove it")


def _syntax(source: SourceFile, error: yaml.MarkedYAMLError) -> _Refused:
    mark = error.problem_mark or error.context_mark
    place = _at(mark) if mark else Place()
    line = source.line(place.line)
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return _Refused(Place(place.line), "a tab indents this line", "indent with spaces")
    problem = error.problem or "not YAML"
    if problem == "but found another document":
        return _Refused(place, "the file holds more than one document", "keep one spec a file; drop `---`")
    if "undefined alias" in problem:
        return _Refused(place, "the alias has no anchor before it", "anchor the value with `&name` first")
    if problem == "found duplicate anchor":
        return _Refused(place, "the anchor stands twice", "give each its own name")
    context = f" {error.context}" if error.context else ""
    return _Refused(place, f"the YAML is broken: {problem}{context}", "correct the syntax here or just above")


def _at(start: _Mark, end: _Mark | None = None) -> Place:
    length = end.column - start.column if end is not None and end.line == start.line else 1
    return Place(start.line + 1, start.column + 1, max(1, length))


class _Converter:
    """Turn PyYAML's nodes into ours and collect what a spec may not hold."""

    def __init__(self, source: SourceFile, findings: list[Diagnostic]) -> None:
        self._source = source
        self._findings = findings
        self._open: set[int] = set()
        self._count = 0

    def root(self, node: yaml.Node) -> Mapping:
        converted = self._node(node)
        if not isinstance(converted, Mapping):
            raise _Refused(converted.place, "the file is no mapping", "start with `key: value` lines")
        return converted

    def _node(self, node: yaml.Node) -> Node:
        place = _at(node.start_mark, node.end_mark)
        self._count += 1
        if self._count > _MAX_NODES:
            raise _Refused(place, f"the file expands to more than {_MAX_NODES} values", "use fewer aliases")
        if node.tag not in (_PLAIN, _OTHER):
            tag = node.tag.replace("tag:yaml.org,2002:", "!!")
            self._report(place, f"the tag `{tag}` has no meaning in a spec", "remove it, and quote text")
        if isinstance(node, yaml.ScalarNode):
            value = resolve(node.value) if node.tag == _PLAIN else node.value
            self._refuse_unsafe(node.value, place)
            return Scalar(value, node.value, place)
        return self._collection(node, place)

    def _collection(self, node: yaml.Node, place: Place) -> Node:
        if id(node) in self._open:
            raise _Refused(place, "an alias stands inside of what it stands for", "write the value out")
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
            place = _at(key.start_mark, key.end_mark)
            entry = Entry(key.value if isinstance(key.value, str) else "", place, self._node(value))
            if self._usable(key, place, seen):
                yield entry

    def _usable(self, key: yaml.Node, place: Place, seen: dict[str, int]) -> bool:
        if not isinstance(key, yaml.ScalarNode) or (
            key.tag == _PLAIN and not isinstance(resolve(key.value), str)
        ):
            self._report(place, "a key must be text", "quote it")
            return False
        if key.tag not in (_PLAIN, _OTHER):
            self._report(place, f"the tag `{key.tag}` has no meaning in a spec", "remove it")
            return False
        if key.value == "<<" and key.tag == _PLAIN:
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
        if text.isascii() and text.isprintable():
            return
        if found := _UNSAFE.search(text):
            message = f"the text holds the invisible character U+{ord(found[0]):04X}"
            self._report(place, message, "remove the escape that makes it")

    def _report(self, place: Place, message: str, remedy: str) -> None:
        self._findings.append(self._source.diagnostic(place, message, remedy))
