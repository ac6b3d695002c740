"""Find the containers of a declaration that are the same in its three versions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

from chariot_gen.merge.golang.containers import Container

__all__ = ["Twins", "twins_of"]

Twins = tuple[Container, Container, Container]
Containers = Sequence[Container]


def twins_of(base: Containers, ours: Containers, theirs: Containers) -> tuple[Twins, ...]:
    """Return the containers that all versions have, in their order.

    Containers have no names. They are told apart by their order, as long as every
    version has as many of a kind and none seems to have moved; else by the row that
    opens them, if each version has as many of these. In doubt they are left out: then
    their rows are merged as rows, which can clash but not go astray.
    """
    sides = (base, ours, theirs)
    found: list[Twins] = []
    for kind in dict.fromkeys(container.kind for container in base):
        groups = [[container for container in side if container.kind == kind] for side in sides]
        if _fits(groups):
            found += list(zip(*groups, strict=True))
            continue
        for opener in dict.fromkeys(container.opener for container in groups[0]):
            same = [[container for container in group if container.opener == opener] for group in groups]
            if _fits(same):
                found += list(zip(*same, strict=True))
    found = [twins for twins in found if not _swaps_elements(twins)]
    return _uncrossed(sorted(found, key=lambda twins: twins[0].start))


def _fits(groups: Sequence[Containers]) -> bool:
    if len({len(group) for group in groups}) != 1:
        return False
    return not any(_moved(groups[0], group) or _resembles_another(groups[0], group) for group in groups[1:])


def _moved(base: Containers, side: Containers) -> bool:
    """Say whether one of a side opens as another one of the base does, and no more than one."""
    counts = Counter(container.opener for container in base)
    places = {
        container.opener: index for index, container in enumerate(base) if counts[container.opener] == 1
    }
    return any(places.get(container.opener, index) != index for index, container in enumerate(side))


def _resembles_another(base: Containers, side: Containers) -> bool:
    """Say whether one of a side is more like another one of the base than like its own."""
    for index, container in enumerate(side):
        others = [
            other for place, other in enumerate(base) if place != index and other.opener == container.opener
        ]
        own = _likeness(base[index], container) if others else 1.0
        if any(_likeness(other, container) > own for other in others):
            return True
    return False


def _likeness(left: Container, right: Container) -> float:
    return SequenceMatcher(None, left.keys, right.keys, autojunk=False).ratio()


def _swaps_elements(twins: Twins) -> bool:
    """Say whether both sides have other elements instead of one of the base.

    An element without a name is known by its text: where both change it, each would be
    taken for a new one, and the result would have both.
    """
    base, ours, theirs = ({piece.identity.names for piece in side.pieces} for side in twins)
    if not any(piece.identity.kind == "element" for side in twins for piece in side.pieces):
        return False
    return bool(base - ours - theirs and ours - base - theirs and theirs - base - ours)


def _uncrossed(found: Sequence[Twins]) -> tuple[Twins, ...]:
    """Return those whose order is the same in every version."""
    kept: list[Twins] = []
    for twins in found:
        if all(not kept or kept[-1][side].end <= twins[side].start for side in range(3)):
            kept.append(twins)
    return tuple(kept)
