"""The text of a spec, and places in it."""

from __future__ import annotations

import re
from functools import cached_property

import msgspec

from chariot_gen.diagnostics import Diagnostic, Location
from chariot_gen.errors import SpecError

__all__ = ["Place", "SourceFile", "unsafe_character"]

# YAML 1.1 breaks lines at U+2028 and U+2029, YAML 1.2 and editors do not: without them a line is a
# line. The others make text read otherwise than it is.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_WORD = re.compile(r""""(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[\[{]|[^\s,\]}]+?(?=:\s|[\s,\]}]|:?$)""")


def unsafe_character(text: str) -> re.Match[str] | None:
    """Return the first character that no text may hold: control, line separator, bidi override."""
    if text.isascii() and text.isprintable():
        return None
    return _UNSAFE.search(text)


class Place(msgspec.Struct, frozen=True):
    """Where a token starts, counted from 1, and how many columns it takes on that line."""

    line: int = 1
    column: int = 1
    length: int = 1


class SourceFile(msgspec.Struct, frozen=True, dict=True):
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

    def word_at(self, location: Location | Place) -> Place:
        """Return the place of the word, quoted text or bracket at a location."""
        found = _WORD.match(self.line(location.line), location.column - 1)
        return Place(location.line, location.column, len(found[0]) if found else 1)

    def diagnostic(self, place: Place, message: str, remedy: str) -> Diagnostic:
        """Return a finding at a place, with the line that it stands on."""
        frame = self.line(place.line)
        length = max(1, min(place.length, len(frame) - place.column + 1))
        location = Location(self.path, place.line, place.column)
        return Diagnostic(location, message, remedy, frame=frame, length=length)
