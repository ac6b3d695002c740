"""The whole backend: settings of ``chariot.yaml`` and every entity in ``specs/``."""

from __future__ import annotations

from dataclasses import dataclass

from chariot_gen.model.entity import Entity, Kind

__all__ = ["Backend", "Settings", "Tabularium"]


@dataclass(frozen=True, slots=True)
class Tabularium:
    """The Tabularium module to register with; ``version`` goes into go.mod."""

    module: str
    version: str


@dataclass(frozen=True, slots=True)
class Settings:
    """``chariot.yaml``: the Go module path, the service's name on AWS, the registry to use."""

    module: str
    name: str
    description: str
    region: str
    tabularium: Tabularium | None = None


@dataclass(frozen=True, slots=True)
class Backend:
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
