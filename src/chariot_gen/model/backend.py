"""The whole backend: settings of ``chariot.yaml`` and every entity in ``specs/``."""

from __future__ import annotations

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


class Backend(msgspec.Struct, frozen=True):
    """Everything the plan stage needs; entities are sorted by Go name."""

    settings: Settings
    entities: tuple[Entity, ...]

    @property
    def served(self) -> tuple[Entity, ...]:
        """The entities that have an API."""
        return tuple(entity for entity in self.entities if entity.api is not None)

    def of_kind(self, kind: Kind) -> tuple[Entity, ...]:
        """Return the entities of one kind, in order."""
        return tuple(entity for entity in self.entities if entity.kind is kind)
