"""What is kept secret stays so when it is a part of something else."""

from __future__ import annotations

from collections.abc import Iterator

from chariot_gen.model.entity import Field
from chariot_gen.model.types import ListType, MapType, NamedKind, NamedType, Type
from chariot_gen.spec.rules.subject import Subject, World

__all__ = ["check_parts"]


def check_parts(subject: Subject, world: World) -> None:
    """Complain about parts of an entity that would show what they keep secret as parts of others.

    Answers and log lines leave out whole fields of the entity that they are about.
    """
    for field, remedy in _fields(subject):
        for secret in () if field.sensitive else _secrets(field.type, world):
            message = f"`{field.name}` would show `{secret}`, which is sensitive"
            subject.complain(field.location, message, remedy)
    for mixin in subject.entity.mixins:
        for secret in () if mixin.builtin else _sensitive(mixin.go, world):
            message = f"the mixin {mixin.go} would show `{secret}`, which is sensitive"
            subject.complain(mixin.location, message, "declare that field in this spec instead")


def _fields(subject: Subject) -> Iterator[tuple[Field, str]]:
    """Yield the fields of the entity and of its types, and what to do about a secret in one."""
    for field in subject.entity.fields:
        yield field, "make it sensitive too"
    for struct in subject.entity.structs:
        for field in struct.fields:
            yield field, "move it into a sensitive field of the entity"


def _secrets(kind: Type, world: World) -> tuple[str, ...]:
    """Return the sensitive fields of the entity that values of the type are or hold."""
    while isinstance(kind, ListType | MapType):
        kind = kind.element if isinstance(kind, ListType) else kind.value
    if isinstance(kind, NamedType) and kind.kind is NamedKind.ENTITY:
        return _sensitive(kind.name, world)
    return ()


def _sensitive(name: str, world: World) -> tuple[str, ...]:
    entity = world.entities.get(name)
    return tuple(field.name for field in entity.fields if field.sensitive) if entity else ()
