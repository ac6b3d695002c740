"""A Go file as rows and a syntax tree.

Every part of the merge is a run of whole rows, as gofmt lays them out: so whatever
is put together from them is text that somebody wrote, byte for byte. Rows are
compared by their keys, in which the spaces that gofmt puts for alignment count once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from tree_sitter import Node, Parser

__all__ = ["Source", "code_only", "first_row", "is_go", "last_row", "parse", "row_keys", "text_of", "written"]

_COMMENT = r"//[^\n]*|/\*.*?\*/"
_LITERAL = r""""(?:\\.|[^"\\\n])*"|`[^`]*`|'(?:\\.|[^'\\\n])*'"""
_TOKEN = re.compile(
    rf"""(?P<comment>{_COMMENT})
      | (?P<literal>{_LITERAL})
      | (?P<space>[ \t\r]+)
      | (?P<other>\n|[^\s"'`/]+|.)""",
    re.VERBOSE | re.DOTALL,
)
_NEW = re.compile(rf"(?P<other>{_COMMENT}|{_LITERAL})|\bnew\(", re.DOTALL)
_NEW_OF_EXPRESSION = re.compile(rf"{_NEW.pattern}(?!\[|(?:func|map|chan|struct|interface)\b)", re.DOTALL)
_STAND_IN = "ñw"


class Source(msgspec.Struct, frozen=True, eq=False):
    """One version of a file: its rows, their keys, the rows that are comments alone, its tree."""

    lines: tuple[str, ...]
    keys: tuple[str, ...]
    comments: frozenset[int]
    root: Node

    def is_blank(self, row: int) -> bool:
        """Say whether a row is empty (and not a part of a comment)."""
        return not self.lines[row].strip() and row not in self.comments


def parse(text: str) -> Source | None:
    """Return the source of a file whose lines end in LF; None when it is not Go."""
    root = _root(text)
    if root.has_error:
        return None
    lines = tuple(text.split("\n")[:-1] if text.endswith("\n") else text.split("\n"))
    keys, comments = _scan(text)
    return Source(lines, keys[: len(lines)], comments, root)


def is_go(text: str) -> bool:
    """Say whether a text is a Go file."""
    return not _root(text).has_error


def _root(text: str) -> Node:
    """Return the tree of a text; one with errors only if no reading of it has none."""
    roots = (_parser().parse(readable.encode()).root_node for readable in _readings(text))
    best = next(roots)
    while best.has_error:
        other = next(roots, None)
        if other is None:
            break
        best = other
    return best


def _readings(text: str) -> Iterator[str]:
    """Yield a text as the grammar can read it, which only knows ``new`` of a type.

    What stands for the word is as long, and a name that nobody uses; where a type in
    brackets or words follows, the word is more likely meant as the grammar knows it.
    """
    for words in (_NEW_OF_EXPRESSION, _NEW):
        yield words.sub(lambda match: match["other"] or f"{_STAND_IN}(", text)
    yield text


@cache
def _parser() -> Parser:
    import tree_sitter_go  # noqa: PLC0415 - only a merge pays for it
    from tree_sitter import Language, Parser  # noqa: PLC0415

    return Parser(Language(tree_sitter_go.language()))


def row_keys(text: str) -> tuple[str, ...]:
    """Return each row as it would stand if nothing were aligned.

    Literals and comments stay as they are; the indentation too.
    """
    return _scan(text)[0]


def _scan(text: str) -> tuple[tuple[str, ...], frozenset[int]]:
    """Return the keys of the rows, and which rows hold nothing but a comment."""
    pieces: list[str] = []
    code: set[int] = set()
    comments: set[int] = set()
    row, at_start = 0, True
    for match in _TOKEN.finditer(text):
        piece, kind = match[0], match.lastgroup
        pieces.append(" " if kind == "space" and not at_start else piece)
        at_start = piece == "\n"
        if kind == "space":
            continue
        last = row + piece.count("\n")
        if not at_start:
            (comments if kind == "comment" else code).update(range(row, last + 1))
        row = last
    return tuple(key.rstrip() for key in "".join(pieces).split("\n")), frozenset(comments - code)


def code_only(text: str) -> str:
    """Return the text without its comments and without what its literals hold."""
    return _TOKEN.sub(lambda match: '""' if match["literal"] else "" if match["comment"] else match[0], text)


def written(node: Node) -> str:
    """Return what a node covers, as it is written."""
    return (node.text or b"").decode().replace(f"{_STAND_IN}(", "new(")


def text_of(node: Node) -> str:
    """Return what a node covers, its runs of spaces as one each."""
    return " ".join(" ".join(row_keys(written(node))).split())


def first_row(node: Node) -> int:
    """Return the row on which a node begins."""
    return int(node.start_point.row)


def last_row(node: Node) -> int:
    """Return the last row of which a node covers anything."""
    end = node.end_point
    return int(end.row) - 1 if end.column == 0 and end.row > node.start_point.row else int(end.row)
