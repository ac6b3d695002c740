"""Cut a document into entries: a key or a dash with its comments, its value and what follows it.

Every character of the source belongs to exactly one slice, so :func:`raw_body` of what was
split is the source. In a collection that begins on the line of a dash (``- Key: a``), the
first entry is cut as if it stood on a line of its own; ``opening`` remembers the dash.
"""

from __future__ import annotations

import re

import msgspec
from msgspec.structs import replace

from chariot_gen.merge.yaml.nodes import Form, Node, Print, UnreadableError, read

__all__ = ["Body", "Document", "Entry", "raw_body", "raw_entry", "split"]

_PROPERTIES = re.compile(r"(?:[&!][^\s,\[\]{}]*[ \t]*)+")


class Entry(msgspec.Struct, frozen=True):
    """One entry: ``lead head value after``, with the ``body`` behind them if the value is a block.

    ``lead`` is whole lines of comments, ``head`` reaches to the colon or dash, ``value`` is what
    follows it (of a block: its tag and anchor), ``after`` the rest of the line and any
    comment that is indented deeper than the entry. ``name`` names it in a path.
    """

    key: Print
    name: str
    lead: str
    head: str
    value: str
    after: str
    node: Node
    body: Body | None = None


class Body(msgspec.Struct, frozen=True):
    """A block collection; ``tail`` is the comments behind its last entry."""

    node: Node
    column: int
    entries: tuple[Entry, ...]
    tail: str
    opening: str = ""


class Document(msgspec.Struct, frozen=True):
    """A whole text: what reaches to its ``---``, the comment on the whole file, and the root."""

    prefix: str
    header: str
    root: Body

    def with_header_in_root(self) -> Document:
        """Return the same text with the comment on the whole file as one above the first key."""
        first, *others = self.root.entries
        first = replace(first, lead=self.header + first.lead)
        return Document(self.prefix, "", replace(self.root, entries=(first, *others)))


def split(text: str) -> Document:
    """Cut a text whose every line ends in a newline.

    :raises UnreadableError: it is not one document whose root is a block mapping or sequence.
    """
    node, is_marked = read(text)
    if not node.is_block or node.tag is not None or node.anchor is not None:
        raise UnreadableError("its root is not a plain block of keys")
    first = _line_start(text, node.children[0].start)
    start = 0
    if is_marked:
        start = re.compile(r"^---.*\n", re.MULTILINE).search(text).end()  # type: ignore[union-attr]
        if start > first:
            raise UnreadableError("its first value stands on the line of the ---")
    # What a blank line parts from the first key speaks of the whole file.
    blank = text.rfind("\n\n", start, first)
    header = blank + 2 if blank >= 0 else start
    column = _column(text, _entry_start(text, node, 0, header))
    return Document(text[:start], text[start:header], _Splitter(text).body(node, header, len(text), column))


def raw_entry(entry: Entry) -> str:
    """Return the source of an entry."""
    own = f"{entry.lead}{entry.head}{entry.value}{entry.after}"
    if entry.body is None:
        return own
    body = raw_body(entry.body)
    return entry.lead + entry.body.opening + body[entry.body.column :] if entry.body.opening else own + body


def raw_body(body: Body) -> str:
    """Return the source of a collection; one that has an ``opening`` begins with spaces instead."""
    return "".join(map(raw_entry, body.entries)) + body.tail


class _Splitter:
    def __init__(self, text: str) -> None:
        self._text = text

    def body(self, node: Node, start: int, stop: int, column: int, opening: str = "") -> Body:
        """Cut ``text[start:stop]``; with an opening, ``start`` is in the middle of a line."""
        values = node.children[1::2] if node.form is Form.MAPPING else node.children
        entries: list[Entry] = []
        cursor = start
        for index, value in enumerate(values):
            at = _entry_start(self._text, node, index, cursor)
            next_line = self._line_end(max(value.end, at))
            following = stop
            if index + 1 < len(values):
                following = _line_start(self._text, _entry_start(self._text, node, index + 1, next_line))
            entry_stop = self._deeper(next_line, following, column)
            begin = _line_start(self._text, at)
            lead = "" if opening and not entries else self._text[cursor:begin]
            if self._text[begin:at].strip(" ") and not (opening and not entries):
                raise UnreadableError(f"line {self._number(at)}: two entries share a line")
            entries.append(self._entry(node, index, at, entry_stop, lead))
            cursor = entry_stop
        keys = [entry.key for entry in entries]
        if node.form is Form.MAPPING and len(set(keys)) < len(keys):
            raise UnreadableError(f"line {self._number(start)}: a key stands there twice")
        return Body(node, column, tuple(entries), self._text[cursor:stop], opening)

    def _entry(self, node: Node, index: int, at: int, stop: int, lead: str) -> Entry:
        text = self._text
        column = _column(text, at)
        if node.form is Form.MAPPING:
            key_node, value = node.children[2 * index : 2 * index + 2]
            if key_node.form is not Form.SCALAR or text[at] == "?":
                raise UnreadableError(f"line {self._number(at)}: a key is not plain text")
            colon = text.index(":", key_node.end) + 1
            key, name = key_node.print, key_node.text
        else:
            value = node.children[index]
            if text[at] != "-":
                raise UnreadableError(f"line {self._number(at)}: a list's entry does not begin with a dash")
            colon, key, name = at + 1, value.print, value.text
        head = " " * column + text[at:colon]
        if value.is_block:
            return self._block(Entry(key, name, lead, head, "", "", value), colon, stop)
        end = max(value.end, colon)
        return Entry(key, name, lead, head, text[colon:end], text[end:stop], value)

    def _block(self, entry: Entry, colon: int, stop: int) -> Entry:
        text, value = self._text, entry.node
        properties = _PROPERTIES.match(text, value.start) if value.tag or value.anchor else None
        end = properties.end() if properties else colon
        end = colon + len(text[colon:end].rstrip(" \t"))
        first = _entry_start(text, value, 0, end)
        column = _column(text, first)
        lead, head = entry.lead, entry.head
        if "\n" not in text[end:first]:
            opening = head + text[colon:first]
            body = self.body(value, first, stop, column, opening)
            return Entry(entry.key, entry.name, lead, head, text[colon:first], "", value, body)
        start = self._line_end(end)
        body = self.body(value, start, stop, column)
        return Entry(entry.key, entry.name, lead, head, text[colon:end], text[end:start], value, body)

    def _deeper(self, start: int, stop: int, column: int) -> int:
        """Return where the comments end that are indented deeper than ``column``."""
        end = cursor = start
        while cursor < stop:
            line_end = self._line_end(cursor)
            line = self._text[cursor:line_end]
            comment = line.lstrip(" \t")
            if comment.startswith("#") and len(line) - len(comment) > column:
                end = line_end
            cursor = line_end
        return end

    def _line_end(self, offset: int) -> int:
        return self._text.find("\n", offset) + 1 or len(self._text)

    def _number(self, offset: int) -> int:
        return self._text.count("\n", 0, offset) + 1


def _entry_start(text: str, node: Node, index: int, cursor: int) -> int:
    """Return the offset of an entry's key or dash; ``cursor`` is at or behind the previous entry's end."""
    if node.form is Form.MAPPING:
        key = node.children[2 * index]
        explicit = re.compile(r"\?[ \t\n]").match(text, cursor + _blank(text, cursor))
        return explicit.start() if explicit and explicit.start() < key.start else key.start
    return cursor + _blank(text, cursor)


def _blank(text: str, offset: int) -> int:
    """Return the length of the blank lines, comments and indentation from an offset on."""
    match = _TRIVIA.match(text, offset)
    return match.end() - offset if match else 0


_TRIVIA = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")


def _line_start(text: str, offset: int) -> int:
    return text.rfind("\n", 0, offset) + 1


def _column(text: str, offset: int) -> int:
    return offset - _line_start(text, offset)
