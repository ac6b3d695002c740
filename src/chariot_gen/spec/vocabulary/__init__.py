"""The vocabulary of specs, as one table; the checker and the JSON Schema are made from it."""

from __future__ import annotations

from chariot_gen.spec.vocabulary.entity import ENTITY
from chariot_gen.spec.vocabulary.settings import SETTINGS

__all__ = ["ENTITY", "SETTINGS"]
