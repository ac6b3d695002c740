"""What the merge of a part came to, and how a conflict is shown in the text."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from chariot_gen.merge.labels import Labels
from chariot_gen.merge.result import Conflict

__all__ = ["Outcome", "clash"]


class Outcome(msgspec.Struct, frozen=True):
    """The rows of a merged part, with markers around each conflict in it."""

    lines: tuple[str, ...]
    conflicts: tuple[Conflict, ...] = ()


def clash(
    where: str,
    labels: Labels,
    base: Sequence[str] | None,
    ours: Sequence[str] | None,
    theirs: Sequence[str] | None,
) -> Outcome:
    """Return a conflict of whole rows; None for a version that has none of them."""
    sides = ([f"{line}\n" for line in side or ()] for side in (base, ours, theirs))
    lines = tuple(line.removesuffix("\n") for line in labels.marked(*sides))
    return Outcome(lines, (Conflict(where, _text(base), _text(ours), _text(theirs)),))


def _text(lines: Sequence[str] | None) -> str | None:
    return "".join(f"{line}\n" for line in lines or ()) or None
