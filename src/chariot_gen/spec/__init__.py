"""YAML text → frozen :class:`~chariot_gen.model.backend.Backend`, or every complaint at once.

::

    document   YAML → nodes with places            syntax, duplicate keys, aliases, tags
    shape      nodes against the vocabulary        unknown keys, kinds, words, bounds
    build      checked nodes → model               names, defaults, types, key templates
    rules      model → complaints                  references, types that fit, collisions

Each stage goes on with what the one before found sound, so that one run shows
everything that is wrong.
"""

from __future__ import annotations

from typing import Any

from chariot_gen.spec.load import load, load_again
from chariot_gen.spec.source import SourceFile
from chariot_gen.spec.specs import Understood

__all__ = ["SourceFile", "Understood", "entity_schema", "load", "load_again", "settings_schema"]


def entity_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of an entity's spec."""
    from chariot_gen.spec.schema import entity_schema as schema  # noqa: PLC0415 - few commands need it

    return schema()


def settings_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of ``chariot.yaml``."""
    from chariot_gen.spec.schema import settings_schema as schema  # noqa: PLC0415 - few commands need it

    return schema()
