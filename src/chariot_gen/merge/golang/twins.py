"""Find the containers of a declaration that are the same in its three versions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

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
    return _uncrossed(sorted(found, key=lambda twins: twins[0].start))


def _fits(groups: Sequence[Containers]) -> bool:
    if len({len(group) for group in groups}) != 1:
        return False
    return not any(
        _moved(groups[0], group, key)
        for group in groups[1:]
        for key in (lambda c: c.opener, lambda c: c.keys)
    )


def _moved(base: Containers, side: Containers, key: Callable[[Container], object]) -> bool:
    """Say whether one of a side stands where the base has another one, which it equals."""
    counts = Counter(key(container) for container in base)
    places = {key(container): index for index, container in enumerate(base) if counts[key(container)] == 1}
    return any(places.get(key(container), index) != index for index, container in enumerate(side))


def _uncrossed(found: Sequence[Twins]) -> tuple[Twins, ...]:
    """Return those whose order is the same in every version."""
    kept: list[Twins] = []
    for twins in found:
        if all(not kept or kept[-1][side].end <= twins[side].start for side in range(3)):
            kept.append(twins)
    return tuple(kept)
