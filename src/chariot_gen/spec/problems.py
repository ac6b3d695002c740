"""Complaints: collected while a spec is read, turned into diagnostics at the end."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

import msgspec
from msgspec.structs import replace

from chariot_gen.diagnostics import Diagnostic, Location
from chariot_gen.spec.source import Place, SourceFile

__all__ = ["Problems", "listing", "remedy_for", "suggestion"]

_LISTED = 16


class Problems(msgspec.Struct):
    """What is wrong with one file so far."""

    source: SourceFile
    found: list[Diagnostic] = msgspec.field(default_factory=list)
    _settled: set[tuple[int, int]] = msgspec.field(default_factory=set)

    def add(self, place: Place, message: str, remedy: str) -> None:
        """Note a complaint, unless an earlier stage has complained of the same place."""
        diagnostic = self.source.diagnostic(place, message, remedy)
        if (place.line, place.column) not in self._settled and diagnostic not in self.found:
            self.found.append(diagnostic)

    def next_stage(self) -> None:
        """Let later complaints about the places that were complained of go unheard."""
        self._settled.update((d.location.line, d.location.column) for d in self.found)

    def at(self, location: Location, message: str, remedy: str) -> None:
        """Note a complaint at a location of this file, about the word that stands there."""
        self.add(self.source.word_at(location), message, remedy)

    def conceal(self, location: Location, message: str, remedy: str) -> None:
        """Note a complaint about a word that must not be shown: logs keep what they are shown."""
        self.at(location, message, remedy)
        shown = self.found[-1]
        start = location.column - 1
        frame = shown.frame[:start] + "*" * shown.length + shown.frame[start + shown.length :]
        self.found[-1] = replace(shown, frame=frame)

    def within(self, at: Place | Location, text: str, start: int, length: int) -> Place:
        """Return the place of a piece of the text at a place; the place itself where it is escaped."""
        found = self.source.line(at.line).find(text, at.column - 1)
        if found < 0 or not text:
            return self.source.word_at(at)
        return Place(at.line, found + start + 1, length)


def suggestion(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that was probably meant, or None."""
    by_folded = {candidate.casefold().replace("-", "_"): candidate for candidate in sorted(known)}
    close = difflib.get_close_matches(word.casefold().replace("-", "_"), by_folded, n=1, cutoff=0.6)
    return by_folded[close[0]] if close else None


def remedy_for(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """Return ``did you mean ...?`` or, where nothing is near, what there is to choose from."""
    words = sorted(known)
    if (near := suggestion(word, words)) is not None:
        return f"did you mean `{near}`?"
    if otherwise or not words:
        return otherwise or "remove it"
    return f"choose from {listing(words)}" if len(words) <= _LISTED else "remove it"


def listing(words: Iterable[str]) -> str:
    """Return the words as a sentence lists them: ``a, b or c``."""
    *head, last = words
    return f"{', '.join(head)} or {last}" if head else last
