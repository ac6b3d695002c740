"""What one entity brings to a file of the whole backend, and may have brought to it before."""

from __future__ import annotations

from collections.abc import Callable

from chariot_gen.model.entity import Entity

__all__ = ["Pieces", "Recall", "anew"]

# Texts, in the order in which the file has them.
Pieces = tuple[str, ...]

# Called with an entity, with what the pieces are and depend on besides, and with what makes
# them. That sees the entity and what is ``around`` it, and nothing else of the backend.
Recall = Callable[[Entity, str, Callable[[], Pieces]], Pieces]


def anew(_entity: Entity, _about: str, make: Callable[[], Pieces]) -> Pieces:
    """Make the pieces, whatever was made before."""
    return make()
