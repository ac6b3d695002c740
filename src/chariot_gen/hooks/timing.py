"""How long a hook took: a value of its own, so that a report needs no process machinery."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Timing"]


@dataclass(frozen=True, slots=True)
class Timing:
    """How long one hook took, in seconds."""

    hook: str
    seconds: float
