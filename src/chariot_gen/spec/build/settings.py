"""``chariot.yaml`` as Settings."""

from __future__ import annotations

import re

from chariot_gen.model.backend import Settings, Tabularium
from chariot_gen.spec.reader import Block

__all__ = ["build_settings"]

_VERSION_SUFFIX = re.compile(r"v[0-9]+")


def build_settings(block: Block) -> Settings:
    """Return the settings; ``name`` is the last element of the module's path, unless set."""
    module = block.text("module")
    return Settings(
        module=module,
        name=block.text("name") or _default_name(module),
        description=block.text("description"),
        region=block.text("region"),
        tabularium=_tabularium(block),
    )


def _default_name(module: str) -> str:
    elements = [element for element in module.split("/") if not _VERSION_SUFFIX.fullmatch(element)]
    name = re.sub(r"[^A-Za-z0-9-]+", "-", elements[-1] if elements else "").strip("-")
    return name if name[:1].isalpha() else f"backend-{name}".rstrip("-")


def _tabularium(block: Block) -> Tabularium | None:
    inner = block.block("tabularium")
    if inner is not None:
        return Tabularium(inner.text("module"), inner.text("version"))
    module = block.text("tabularium")
    return Tabularium(module, "") if module else None
