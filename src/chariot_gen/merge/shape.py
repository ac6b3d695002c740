"""What a file's bytes have beside its lines: a byte order mark, CRLF, a missing last newline."""

from __future__ import annotations

import re

import msgspec

__all__ = ["Shape", "plain"]

_BOM = "\ufeff"
_LONE_NEWLINE = re.compile(r"(?<!\r)\n")


class Shape(msgspec.Struct, frozen=True):
    """How a text's lines are written down."""

    bom: bool = False
    crlf: bool = False
    closed: bool = True

    def apply(self, text: str) -> str:
        """Write a plain text, as :func:`plain` returns one, in this shape."""
        if text.endswith("\n") and not self.closed:
            text = text[:-1]
        if self.crlf:
            text = text.replace("\n", "\r\n")
        return f"{_BOM}{text}" if self.bom else text

    def merged_with(self, base: Shape, theirs: Shape) -> Shape:
        """Return our shape, except for a last newline that only they changed."""
        closed = theirs.closed if self.closed == base.closed else self.closed
        return Shape(self.bom, self.crlf, closed)


def plain(text: str) -> tuple[str, Shape]:
    r"""Return a text with ``\n`` after every line and no byte order mark, and what it had.

    ``apply`` of the shape gives the text back, byte for byte. CRLF counts only where every
    line has it: in a file that mixes both, which line has which is a person's doing.
    """
    bom = text.startswith(_BOM)
    body = text[1:] if bom else text
    crlf = "\r\n" in body and _LONE_NEWLINE.search(body) is None
    if crlf:
        body = body.replace("\r\n", "\n")
    closed = not body or body.endswith("\n")
    return (body if closed else f"{body}\n"), Shape(bom, crlf, closed)
