"""Which generator this is: a hash over everything of it that the output depends on."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
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
    return sorted((path.removeprefix(f"{root}/"), _content(path)) for path in _files(str(root)))


def _files(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from _files(entry.path)
            elif not entry.name.endswith(".pyc"):
                yield entry.path


def _content(path: str) -> bytes:
    with open(path, "rb", buffering=0) as stream:  # noqa: PTH123 - hundreds, at every start
        return stream.readall()
