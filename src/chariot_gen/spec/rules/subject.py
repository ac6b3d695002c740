"""What a rule looks at."""

from __future__ import annotations

from dataclasses import dataclass

from chariot_gen.model.entity import Entity
from chariot_gen.spec.problems import Problems
from chariot_gen.spec.reader import Block

__all__ = ["Subject"]


@dataclass(frozen=True, slots=True)
class Subject:
    """One entity, the checked spec it was built from, and where complaints about it go."""

    entity: Entity
    root: Block
    problems: Problems
