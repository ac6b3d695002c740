"""YAML text as a tree of places: where each value stands, and what it means.

Built from PyYAML's events, not from its composed nodes: those replace an alias by what it
stands for and so forget where it stood.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from enum import Enum
from typing import Any, TypeAlias

import msgspec
import yaml

__all__ = ["Form", "Node", "Print", "UnreadableError", "anchors", "read"]

Print = tuple[Any, ...]
"""What a value means, comparable: equal prints are equal data, whatever the style or order of keys."""

Event: TypeAlias = Any
"""One of PyYAML's events; its types do not say which of them have marks."""

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 200
_KEEPS_BLANK_LINES = re.compile(r"[|>][0-9]?\+")


class UnreadableError(Exception):
    """The text is not one YAML document that can be merged by key; says why.

    ``alias`` is the name that nothing in the text defines, where that is the reason.
    """

    def __init__(self, reason: str, alias: str = "") -> None:
        super().__init__(reason)
        self.alias = alias


class Form(Enum):
    """The kinds of value."""

    SCALAR = "scalar"
    ALIAS = "alias"
    MAPPING = "mapping"
    SEQUENCE = "sequence"


class Node(msgspec.Struct, frozen=True):
    """A value between two offsets of the text, its tag and anchor included.

    ``end`` of a block collection is that of its last value. ``children`` of a mapping are its
    keys and values in turn.
    """

    form: Form
    start: int
    end: int
    print: Print
    children: tuple[Node, ...] = ()
    text: str = ""
    tag: str | None = None
    anchor: str | None = None
    is_flow: bool = False
    style: str = ""

    @property
    def is_block(self) -> bool:
        """Whether this is a collection written one entry a line."""
        return self.form in (Form.MAPPING, Form.SEQUENCE) and not self.is_flow

    @property
    def pairs(self) -> Iterator[tuple[Node, Node]]:
        """The keys of a mapping with their values."""
        return zip(self.children[::2], self.children[1::2], strict=True)


def anchors(node: Node) -> Counter[str]:
    """Return the anchors that a value and everything in it define."""
    found = Counter([node.anchor] if node.anchor else [])
    for child in node.children:
        found += anchors(child)
    return found


def read(text: str) -> tuple[Node, bool]:
    """Return the root of the only document, and whether a ``---`` line begins it.

    :raises UnreadableError: no document, several, or not YAML.
    """
    try:
        events = list(yaml.parse(text, Loader=_LOADER))
    except yaml.MarkedYAMLError as problem:
        line = f"line {problem.problem_mark.line + 1}: " if problem.problem_mark else ""
        raise UnreadableError(f"{line}{problem.problem}") from problem
    except (yaml.YAMLError, UnicodeError) as problem:
        raise UnreadableError(" ".join(str(problem).split())) from problem
    starts = [event for event in events if isinstance(event, yaml.DocumentStartEvent)]
    if not starts:
        raise UnreadableError("it holds no values")
    if len(starts) > 1:
        raise UnreadableError("it holds several documents")
    builder = _Builder(events[2:-2], text)
    return builder.build(), bool(starts[0].explicit)


class _Builder:
    """Folds a document's events into nodes."""

    def __init__(self, events: list[Event], text: str) -> None:
        self._events = iter(events)
        self._text = text
        self._resolver: Any = yaml.resolver.Resolver()
        self._anchors: set[str] = set()

    def build(self) -> Node:
        return self._node(next(self._events), 0)

    def _node(self, event: Event, depth: int) -> Node:
        if depth > _DEEPEST:
            raise UnreadableError("it is nested too deep")
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        if event.anchor is not None:
            if event.anchor in self._anchors:
                raise UnreadableError(f"the anchor &{event.anchor} is defined twice")
            self._anchors.add(event.anchor)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.MappingStartEvent):
            return self._collection(event, Form.MAPPING, yaml.MappingEndEvent, depth)
        return self._collection(event, Form.SEQUENCE, yaml.SequenceEndEvent, depth)

    def _alias(self, event: Event) -> Node:
        if event.anchor not in self._anchors:
            raise UnreadableError(f"nothing defines the alias *{event.anchor}", event.anchor)
        return Node(Form.ALIAS, event.start_mark.index, event.end_mark.index, ("alias", event.anchor))

    def _scalar(self, event: Event) -> Node:
        tag = event.tag
        if tag is None or tag == "!":
            tag = self._resolver.resolve(yaml.ScalarNode, event.value, event.implicit)
        start, end = event.start_mark.index, event.end_mark.index
        if event.style in ("|", ">"):
            end = _end_of_block(self._text, start, end)
        return Node(
            Form.SCALAR, start, end, ("scalar", tag, event.value),
            text=event.value, tag=event.tag, anchor=event.anchor, style=event.style or "",
        )  # fmt: skip

    def _collection(self, event: Event, form: Form, closing: type[Event], depth: int) -> Node:
        children: list[Node] = []
        last = next(self._events)
        while not isinstance(last, closing):
            children.append(self._node(last, depth + 1))
            last = next(self._events)
        is_flow = bool(event.flow_style)
        end = last.end_mark.index if is_flow or not children else children[-1].end
        meaning: Any = tuple(child.print for child in children)
        if form is Form.MAPPING:
            # Sorted, not a set: a key that stands twice must not look like one that stands once.
            pairs = zip(meaning[::2], meaning[1::2], strict=True)
            meaning = tuple(sorted(pairs, key=repr))
        return Node(
            form, event.start_mark.index, end, (form.value, event.tag, meaning),
            tuple(children), tag=event.tag, anchor=event.anchor, is_flow=is_flow,
        )  # fmt: skip


def _end_of_block(text: str, start: int, end: int) -> int:
    """Return where the last line of a block scalar ends; the parser counts blank lines after it, too."""
    header = text[start:end].partition("\n")[0].partition(" #")[0]
    if _KEEPS_BLANK_LINES.search(header):
        return end - 1 if text[end - 1] == "\n" else end
    kept = text[start:end]
    while (cut := kept.rpartition("\n"))[1] and not cut[2].strip(" \t\r"):
        kept = cut[0]
    return start + len(kept)
