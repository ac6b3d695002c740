"""What runs an entity on AWS, beyond the defaults."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from chariot_gen.diagnostics import Location

__all__ = ["Infrastructure", "Trigger", "TriggerKind"]


class TriggerKind(StrEnum):
    """What starts a Lambda."""

    API = "api"


class Trigger(msgspec.Struct, frozen=True):
    """One Lambda main. ``command`` is its folder below ``cmd``."""

    kind: TriggerKind
    command: str
    location: Location | None = None


class Infrastructure(msgspec.Struct, frozen=True):
    """``memory`` in MB, ``timeout`` in seconds, ``concurrency`` reserved executions (0: unreserved)."""

    triggers: tuple[Trigger, ...] = ()
    memory: int = 256
    timeout: int = 10
    concurrency: int = 0
