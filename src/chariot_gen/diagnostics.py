"""Places in files and what is wrong there: values that every stage can carry."""

from __future__ import annotations

from enum import StrEnum

import msgspec

__all__ = ["Diagnostic", "Location", "Severity"]


class Location(msgspec.Struct, frozen=True, order=True):
    """A place in a file; ``line`` and ``column`` count from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


class Severity(StrEnum):
    """How much a finding matters; only errors stop a run."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Diagnostic(msgspec.Struct, frozen=True):
    """One finding: where, what is wrong, what to do about it.

    ``frame`` is the offending source line as it stands in the file, without its
    line break, or empty where there is none to show. ``length`` is the number of
    columns the caret line marks. ``origin`` is the spec line that caused a
    finding in an emitted file. ``rule`` names the tool's own rule, as ``E3002``.
    """

    location: Location
    message: str
    remedy: str = ""
    severity: Severity = Severity.ERROR
    frame: str = ""
    length: int = 1
    rule: str = ""
    origin: Location | None = None

    def window(self, widest: int = 160) -> tuple[str, int]:
        """Return the part of the frame around the place, and the place's index in it."""
        index = self.location.column - 1
        if len(self.frame) <= widest:
            return self.frame, index
        start = max(0, min(index - widest // 4, len(self.frame) - widest))
        before, after = "…" if start else "", "…" if start + widest < len(self.frame) else ""
        return f"{before}{self.frame[start : start + widest]}{after}", index - start + len(before)

    def __str__(self) -> str:
        text = f"{self.location}: {self.message}"
        return f"{text}; {self.remedy}" if self.remedy else text
