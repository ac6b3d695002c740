"""Find the hook programs: ours, and those that a backend keeps in its own ``hooks`` folder."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path

import msgspec

from chariot_gen.errors import ToolError
from chariot_gen.resources import hooks_root

__all__ = ["Hook", "Phase", "find_hooks"]


class Phase(StrEnum):
    """When a hook runs: on each rendered file, on the module file, or on the staged tree."""

    FORMAT = "format"
    RESOLVE = "resolve"
    CHECK = "check"


class Hook(msgspec.Struct, frozen=True):
    """One program; ``command`` starts it, and the root and the paths follow.

    ``loaded`` is one of our own formatters: a file of Python whose ``main`` is called
    instead, because a formatter runs every time and Python takes longer to start.
    """

    name: str
    phase: Phase
    command: tuple[str, ...]
    loaded: Path | None = None


def find_hooks(phase: Phase, backend: Path | None = None) -> tuple[Hook, ...]:
    """Return the hooks of a phase by name; a backend's own replaces ours of the same name."""
    folders = [hooks_root() / phase]
    if backend is not None:
        folders.append(backend / "hooks" / phase)
    found = {path.stem: path for folder in folders for path in _programs(folder)}
    return tuple(_hook(name, phase, path, folders[0]) for name, path in sorted(found.items()))


def _hook(name: str, phase: Phase, path: Path, ours: Path) -> Hook:
    loaded = phase is Phase.FORMAT and path.parent == ours
    return Hook(name, phase, _command(path), path if loaded else None)


def _programs(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(
        path
        for path in folder.iterdir()
        if path.is_file() and not path.name.startswith(".") and path.suffix not in {".md", ".pyc"}
    )


def _command(path: Path) -> tuple[str, ...]:
    """Start Python programs with our own interpreter, which has the libraries they import."""
    with path.open("rb") as stream:
        first = stream.readline(200)
    if path.suffix == ".py" or (first.startswith(b"#!") and b"python" in first):
        return (sys.executable, str(path))
    if not os.access(path, os.X_OK):
        raise ToolError(f"{path}: this hook is not executable; run chmod +x {path}")
    return (str(path),)
