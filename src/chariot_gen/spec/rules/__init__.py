"""What must hold between the parts of a spec, and between specs.

Each rule is a function that reads a :class:`Subject` and notes complaints; the tuples
below list them all.
"""

from __future__ import annotations

from collections.abc import Sequence

from chariot_gen.spec.rules.subject import Subject

__all__ = ["Subject", "check_backend", "check_entity"]


def check_entity(subject: Subject, subjects: Sequence[Subject]) -> None:
    """Note everything that is wrong within one entity."""


def check_backend(subjects: Sequence[Subject]) -> None:
    """Note every collision between the entities of a backend."""
