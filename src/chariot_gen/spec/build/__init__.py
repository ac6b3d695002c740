"""Checked documents as the frozen model, with every name derived and every default applied."""

from __future__ import annotations

from chariot_gen.spec.build.entity import build_entity
from chariot_gen.spec.build.settings import build_settings

__all__ = ["build_entity", "build_settings"]
