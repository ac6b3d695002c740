"""The names that a conflict's three texts go by, and the markers around them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

__all__ = ["Labels", "Source"]


Source = Callable[[Sequence[str], Sequence[str]], str]


class Labels(msgspec.Struct, frozen=True):
    """What the markers of a conflict call the three sides.

    ``source`` takes a conflict's lines of the base and of theirs, and returns the place
    in a spec that theirs goes back to, empty for none.
    """

    ours: str = "yours"
    base: str = "last generated"
    theirs: str = "newly generated"
    source: Source | None = None

    def newest(self, base: Sequence[str], theirs: Sequence[str]) -> str:
        """Return what their side of one conflict is called."""
        place = self.source(base, theirs) if self.source else ""
        return f"{self.theirs} from {place}" if place else self.theirs

    def marked(self, base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> list[str]:
        """Return the three sides' lines, newlines included, with markers between them.

        A last line without a newline gets one: a marker only counts at the start of a line.
        """
        return [
            f"<<<<<<< {self.ours}\n",
            *_closed(ours),
            f"||||||| {self.base}\n",
            *_closed(base),
            "=======\n",
            *_closed(theirs),
            f">>>>>>> {self.newest(base, theirs)}\n",
        ]


def _closed(lines: Sequence[str]) -> list[str]:
    return [line if line.endswith("\n") else f"{line}\n" for line in lines]
