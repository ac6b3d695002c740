"""What a rule looks at, and what it may ask of the other specs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

import msgspec

from chariot_gen.diagnostics import Location
from chariot_gen.model.entity import Entity, Enum, Field, Struct
from chariot_gen.spec.problems import Problems
from chariot_gen.spec.reader import Block
from chariot_gen.spec.source import Place

__all__ = ["Subject", "World"]


class Subject(msgspec.Struct, frozen=True, dict=True):
    """One entity, the checked spec it was built from, and where complaints about it go.

    A ``sound`` one was looked at before, together with all that it names: the rules of
    an entity are not asked again. Its spec is only read if somebody complains of it.
    """

    entity: Entity
    problems: Problems
    read: Callable[[], Block]
    sound: bool = False

    @cached_property
    def root(self) -> Block:
        """The checked spec."""
        return self.read()

    @cached_property
    def fields(self) -> dict[str, Field]:
        """The entity's fields by name; of two with one name the first."""
        return {field.name: field for field in reversed(self.entity.fields)}

    @cached_property
    def mixins(self) -> frozenset[str]:
        """The built-in mixins in use, by their name in the spec."""
        return frozenset(mixin.builtin for mixin in self.entity.mixins if mixin.builtin)

    def complain(self, at: Place | Location | None, message: str, remedy: str) -> None:
        """Note a complaint; a location stands for the word that it points at."""
        if isinstance(at, Place):
            self.problems.add(at, message, remedy)
        else:
            self.problems.at(at or self.entity.location, message, remedy)


class World(msgspec.Struct, frozen=True, dict=True):
    """Every spec of the backend."""

    subjects: Sequence[Subject]

    @cached_property
    def entities(self) -> dict[str, Entity]:
        """The entities by Go name."""
        return {subject.entity.names.go: subject.entity for subject in self.subjects}

    @cached_property
    def structs(self) -> dict[str, Struct]:
        """The nested types by Go name."""
        return {struct.go: struct for subject in self.subjects for struct in subject.entity.structs}

    @cached_property
    def enums(self) -> dict[str, Enum]:
        """The enumerations by Go name."""
        return {enum.go: enum for subject in self.subjects for enum in subject.entity.enums}
