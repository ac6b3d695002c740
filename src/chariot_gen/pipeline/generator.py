"""Which generator this is: a hash over everything of it that the output depends on."""

from __future__ import annotations

import hashlib
import os
from functools import lru_cache
from pathlib import Path

from chariot_gen.resources import hooks_root, template_root

__all__ = ["generator_digest"]

# What decides on the output; how it is shown, merged or written does not.
_ROOMS = ("model", "names.py", "pipeline", "plan", "render", "spec")


@lru_cache(maxsize=1)
def generator_digest() -> str:
    """Return the hash, the same for a checkout and for the wheel made of it."""
    package = Path(__file__).resolve().parents[1]
    total = hashlib.sha256()
    for label, root in (
        *((f"src/{room}", package / room) for room in _ROOMS),
        ("template", template_root()),
        ("hooks/format", hooks_root() / "format"),
    ):
        for name, content in _contents(root):
            total.update(f"{label}/{name}\0{len(content)}\0".encode())
            total.update(content)
    return total.hexdigest()


def _contents(root: Path) -> list[tuple[str, bytes]]:
    if root.is_file():
        return [("", root.read_bytes())]
    found = []
    for folder, folders, files in os.walk(root):
        folders[:] = [name for name in folders if name != "__pycache__"]
        for file in files:
            path = Path(folder) / file
            if not file.endswith(".pyc"):
                found.append((path.relative_to(root).as_posix(), path.read_bytes()))
    return sorted(found)
