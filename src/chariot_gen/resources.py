"""Where things lie: templates and hooks beside the package in a wheel, in the checkout otherwise."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

__all__ = ["cache_root", "hooks_root", "template_root"]

_PACKAGE = Path(__file__).resolve().parent


def cache_root() -> Path:
    """Return the user's folder for what can always be made again; it need not exist."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "chariot-gen"


@cache
def template_root() -> Path:
    """Return the folder that mirrors the emitted tree."""
    return _folder("template") / "backend"


@cache
def hooks_root() -> Path:
    """Return the folder of the hook programs, ``format`` and ``check`` below it."""
    return _folder("hooks")


def _folder(name: str) -> Path:
    bundled = _PACKAGE / f"_{name}"
    return bundled if bundled.is_dir() else _PACKAGE.parents[1] / name
