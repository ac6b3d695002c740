"""The whole backend: settings of ``chariot.yaml`` and every entity in ``specs/``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import msgspec

from chariot_gen.model.entity import Entity, Kind

__all__ = ["Backend", "Settings", "Tabularium"]


class Tabularium(msgspec.Struct, frozen=True):
    """The Tabularium module to register with; ``version`` goes into go.mod."""

    module: str
    version: str


class Settings(msgspec.Struct, frozen=True):
    """``chariot.yaml``: the Go module path, the service's name on AWS, the registry to use."""

    module: str
    name: str
    description: str
    region: str
    tabularium: Tabularium | None = None


class Backend(msgspec.Struct, frozen=True, dict=True):
    """Everything the plan stage needs; entities are sorted by Go name.

    ``reach`` maps the Go name of each entity to those of the entities that its spec
    names, directly or by way of others, itself included. Without it each reaches all.
    """

    settings: Settings
    entities: tuple[Entity, ...]
    reach: Mapping[str, frozenset[str]] = msgspec.field(default_factory=dict)

    @property
    def served(self) -> tuple[Entity, ...]:
        """The entities that have an API."""
        return tuple(entity for entity in self.entities if entity.api is not None)

    @property
    def rest(self) -> tuple[Entity, ...]:
        """The entities that are served under the contract ``rest``."""
        return tuple(entity for entity in self.entities if entity.api is not None and entity.api.is_rest)

    @property
    def chariot(self) -> tuple[Entity, ...]:
        """The entities that are served under the contract ``chariot``."""
        return tuple(entity for entity in self.entities if entity.api is not None and entity.api.is_chariot)

    def around(self, entity: Entity) -> Backend:
        """Return the backend as one of its entities knows it: settings, and the entities that it reaches."""
        reached = self.reach.get(entity.names.go)
        if reached is None:
            return self
        if reached not in self._parts:
            self._parts[reached] = Backend(self.settings, tuple(self._by_name[go] for go in sorted(reached)))
        return self._parts[reached]

    @cached_property
    def _by_name(self) -> dict[str, Entity]:
        return {entity.names.go: entity for entity in self.entities}

    @cached_property
    def _parts(self) -> dict[frozenset[str], Backend]:
        return {}

    def of_kind(self, kind: Kind) -> tuple[Entity, ...]:
        """Return the entities of one kind, in order."""
        return tuple(entity for entity in self.entities if entity.kind is kind)
