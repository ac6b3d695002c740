"""How long a hook took: a value of its own, so that a report needs no process machinery."""

from __future__ import annotations

import msgspec

__all__ = ["Timing"]


class Timing(msgspec.Struct, frozen=True):
    """How long one hook took, in seconds."""

    hook: str
    seconds: float
