"""What the document calls things: types keep their names, and all else gives way to them."""

from __future__ import annotations

from collections import Counter

from chariot_gen import names
from chariot_gen.model.backend import Backend
from chariot_gen.model.entity import Entity
from chariot_gen.plan.openapi.operations import EntityNames

__all__ = ["Naming", "free"]


class Naming:
    """What is to be known of a whole backend to name things of one entity."""

    def __init__(self, backend: Backend) -> None:
        self.taken = _taken(backend)
        self._plurals = Counter(names.pascal(other.names.human_plural) for other in backend.served)

    def of(self, entity: Entity) -> EntityNames:
        """Return what the document calls an entity and what belongs to it."""
        go, taken = entity.names.go, self.taken
        many = names.pascal(entity.names.human_plural)
        return EntityNames(
            tag=go,
            one=go,
            many=many if self._plurals[many] == 1 else go,
            item=go,
            created=free(f"{go}Created", taken) if entity.holds_secret else go,
            request=free(f"{go}Request", taken),
            patch=free(f"{go}Patch", taken),
            upsert=free(f"{go}Upsert", taken),
            page=free(f"{go}Page", taken),
            error=free("Error", taken),
        )


def _taken(backend: Backend) -> frozenset[str]:
    """Return the names of the model's types, which the document takes as they are."""
    structs = (struct.go for entity in backend.entities for struct in entity.structs)
    return frozenset((*structs, "HistoryRecord", *(entity.names.go for entity in backend.entities)))


def free(name: str, taken: frozenset[str]) -> str:
    """Return the name of something that is no type of the model, told apart from all that are."""
    return f"{name}_" if name in taken else name
