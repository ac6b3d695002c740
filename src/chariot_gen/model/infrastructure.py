"""What runs an entity on AWS, beyond the defaults."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from chariot_gen.diagnostics import Location

__all__ = ["Infrastructure", "Trigger", "TriggerKind"]


class TriggerKind(StrEnum):
    """What starts a Lambda."""

    API = "api"


@dataclass(frozen=True, slots=True)
class Trigger:
    """One Lambda main. ``command`` is its folder below ``cmd``."""

    kind: TriggerKind
    command: str
    location: Location | None = None


@dataclass(frozen=True, slots=True)
class Infrastructure:
    """``memory`` in MB, ``timeout`` in seconds, ``concurrency`` reserved executions (0: unreserved)."""

    triggers: tuple[Trigger, ...] = field(default=())
    memory: int = 256
    timeout: int = 10
    concurrency: int = 0
