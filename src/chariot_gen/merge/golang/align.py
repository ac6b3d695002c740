"""Find the pieces that are the same in three versions, and the order of the result."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

import msgspec

from chariot_gen.merge.golang.piece import Piece

__all__ = ["Slot", "align", "in_order"]

# From which likeness on two pieces of one name (two init functions) are the same.
_ALIKE = 0.5


class Slot(msgspec.Struct, frozen=True, eq=False):
    """One piece in its three versions; None where a version does not have it."""

    base: Piece | None
    ours: Piece | None
    theirs: Piece | None

    @property
    def any(self) -> Piece:
        """The piece, preferably as ours has it."""
        return next(piece for piece in (self.ours, self.theirs, self.base) if piece is not None)


Pieces = Sequence[Piece]


def align(base: Pieces, ours: Pieces, theirs: Pieces) -> tuple[Slot, ...]:
    """Return a slot for every piece of any version."""
    by_ours, by_theirs = _matches(base, ours), _matches(base, theirs)
    slots = [
        Slot(piece, by_ours.pop(index, None), by_theirs.pop(index, None)) for index, piece in enumerate(base)
    ]
    taken = {slot.ours for slot in slots} | {slot.theirs for slot in slots}
    new_ours = [piece for piece in ours if piece not in taken]
    new_theirs = [piece for piece in theirs if piece not in taken]
    both = _matches(new_ours, new_theirs)
    slots += [Slot(None, piece, both.get(index)) for index, piece in enumerate(new_ours)]
    slots += [Slot(None, None, piece) for piece in new_theirs if piece not in both.values()]
    return tuple(slots)


def _matches(left: Pieces, right: Pieces) -> dict[int, Piece]:
    """Return the pieces of the right that are the same as those of the left, by its index.

    A name decides. Where several pieces share it, the same text does, then the most
    names in common, then the likeness of their texts.
    """
    found: dict[int, Piece] = {}
    free = list(range(len(left)))
    pending: list[Piece] = []
    for piece in right:
        same = next((i for i in free if _common(left[i], piece) and left[i].keys == piece.keys), None)
        if same is None:
            pending.append(piece)
        else:
            found[same] = piece
            free.remove(same)
    for piece in pending:
        candidates = [i for i in free if _common(left[i], piece)]
        if not candidates:
            continue
        best = candidates[0]
        if len(candidates) > 1:
            best = max(candidates, key=lambda i: (_common(left[i], piece), _likeness(left[i], piece), -i))
        if _is_known_by_name(piece, left, right) or _likeness(left[best], piece) >= _ALIKE:
            found[best] = piece
            free.remove(best)
    return found


def _common(left: Piece, right: Piece) -> int:
    if left.identity.kind != right.identity.kind:
        return 0
    return len(set(left.identity.names) & set(right.identity.names))


def _is_known_by_name(piece: Piece, left: Pieces, right: Pieces) -> bool:
    return all(sum(_same_name(piece, other) for other in side) <= 1 for side in (left, right))


def _same_name(left: Piece, right: Piece) -> bool:
    return left.identity.kind == right.identity.kind and left.identity.names == right.identity.names


def _likeness(left: Piece, right: Piece) -> float:
    return SequenceMatcher(None, left.keys, right.keys, autojunk=False).ratio()


def in_order(slots: Sequence[Slot], pieces: tuple[Pieces, Pieces, Pieces], *, is_ordered: bool) -> list[Slot]:
    """Return the slots in the order of the result: that of ours.

    What only the other version has comes after the neighbour that it follows there.
    Where the order means something and only theirs was changed, the order is theirs.
    """
    base, ours, theirs = ([_slot_of(slots, piece) for piece in side] for side in pieces)
    common = [slot for slot in base if slot in ours and slot in theirs]
    mine, new = ([slot for slot in side if slot in common] for side in (ours, theirs))
    if is_ordered and mine == common != new:
        result = list(theirs)
        for index in reversed(range(len(ours))):
            if ours[index] not in result:
                result.insert(_before(ours[index + 1 :], result), ours[index])
    else:
        result = list(ours)
        for index, slot in enumerate(theirs):
            if slot not in result:
                result.insert(_after(theirs[:index], theirs[index + 1 :], result), slot)
    return result


def _slot_of(slots: Sequence[Slot], piece: Piece) -> Slot:
    return next(slot for slot in slots if piece in (slot.base, slot.ours, slot.theirs))


def _before(following: Sequence[Slot], result: Sequence[Slot]) -> int:
    return next((result.index(slot) for slot in following if slot in result), len(result))


def _after(preceding: Sequence[Slot], following: Sequence[Slot], result: Sequence[Slot]) -> int:
    found = next((result.index(slot) + 1 for slot in reversed(preceding) if slot in result), None)
    return _before(following, result) if found is None else found
