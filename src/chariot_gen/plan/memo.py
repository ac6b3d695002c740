"""Answers that are asked for many times of the very same values."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

__all__ = ["remembered"]

P = ParamSpec("P")
R = TypeVar("R")

_MOST = 1 << 15


def remembered(function: Callable[P, R]) -> Callable[P, R]:
    """Let a pure function answer once for the same arguments, told apart by identity.

    To compare or to hash a whole backend takes longer than most answers about it. What
    was asked about is kept with the answer, so that no other value takes its identity.
    """
    kept: dict[object, tuple[object, object, R]] = {}

    @wraps(function)
    def answer(*args: P.args, **kwargs: P.kwargs) -> R:
        key = (*map(id, args), *kwargs, *map(id, kwargs.values()))
        found = kept.get(key)
        if found is None:
            if len(kept) >= _MOST:
                kept.clear()
            found = kept[key] = (args, kwargs, function(*args, **kwargs))
        return found[2]

    return answer
