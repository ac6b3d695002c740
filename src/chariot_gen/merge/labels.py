"""The names that a conflict's three texts go by, and the markers around them."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

__all__ = ["Labels"]


class Labels(msgspec.Struct, frozen=True):
    """What the markers of a conflict call the three sides."""

    ours: str = "yours"
    base: str = "last generated"
    theirs: str = "newly generated"

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
            f">>>>>>> {self.theirs}\n",
        ]


def _closed(lines: Sequence[str]) -> list[str]:
    return [line if line.endswith("\n") else f"{line}\n" for line in lines]
