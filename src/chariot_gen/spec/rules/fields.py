"""Options of fields that contradict each other or the field's type."""

from __future__ import annotations

from collections.abc import Iterator

from chariot_gen.model.entity import Field, Kind
from chariot_gen.model.types import NamedKind, NamedType, Scalar, ScalarType
from chariot_gen.spec.build.fields import holds_text
from chariot_gen.spec.reader import Block
from chariot_gen.spec.rules.fit import INTEGERS, allowed_texts, is_number, is_text
from chariot_gen.spec.rules.subject import Subject, World
from chariot_gen.spec.types import STRING, UNKNOWN, spell

# The kinds whose fields have a struct tag that is generated, and the key that decides about it.
_EVERY = frozenset(Kind)
_GENERATED_TAGS = {
    "json": (_EVERY, "json"),
    "dynamodbav": (frozenset({Kind.TABLE}), "store"),
    "neo4j": (frozenset({Kind.GRAPH, Kind.RELATIONSHIP}), "store"),
    "desc": (_EVERY, "desc"),
    "example": (_EVERY, "example"),
}

__all__ = ["check_circles", "check_examples", "check_options"]


def check_options(subject: Subject, _world: World) -> None:
    """Complain about options that cannot stand together."""
    for field, block in _declared(subject):
        _check_types(subject, field, block)
        if field.required and field.read_only:
            remedy = "drop `required`, or let callers write it with `read_only: false`"
            subject.complain(
                block.location("required"), f"`{field.name}` is required but callers cannot send it", remedy
            )
        if field.required and field.optional:
            message = f"`{field.name}` is both required and optional"
            subject.complain(block.location("required"), message, "keep one of them")
        if field.transient and block.has("store"):
            message = f"`{field.name}` is transient but has a name in the store"
            subject.complain(block.location("store"), message, "drop `store` or `transient`")
        for tag, _ in field.extra_tags:
            kinds, key = _GENERATED_TAGS.get(tag, (frozenset(), ""))
            if subject.entity.kind in kinds:
                message = f"the tag `{tag}` of `{field.name}` is generated"
                subject.complain(block.location("tags"), message, f"use the key `{key}` of the field")


def check_examples(subject: Subject, world: World) -> None:
    """Complain about examples that are no values of their field."""
    for field, block in _declared(subject):
        if not field.example:
            continue
        allowed = allowed_texts(field, world)
        at = block.location("example")
        if allowed and is_text(field.type) and field.example not in allowed:
            message = f"the example `{field.example}` is not among the values of `{field.name}`"
            subject.complain(at, message, f"choose from {', '.join(allowed)}")
        elif not _is_example(field):
            message = f"the example `{field.example}` is no `{spell(field.type)}`"
            subject.complain(at, message, "write a value that the field can have")


def check_circles(subject: Subject, world: World) -> None:
    """Complain about types that hold themselves by value: Go cannot lay them out."""
    for owner, field in _held(subject):
        if isinstance(field.type, NamedType) and _reaches(field.type.name, owner, world, set()):
            message = f"`{owner}` holds itself through `{field.name}`"
            subject.complain(field.location, message, "make the field optional, or a list")


def _check_types(subject: Subject, field: Field, block: Block) -> None:
    if field.enum and field.type not in (STRING, UNKNOWN):
        message = f"`{field.name}` has an enum but is no text: {spell(field.type)}"
        subject.complain(block.location("enum"), message, "drop `enum` or `type`")
    if block.has("max_length") and not holds_text(field.type) and field.type != UNKNOWN:
        message = f"`{field.name}` has a max_length but holds no text: {spell(field.type)}"
        subject.complain(block.location("max_length"), message, "drop it; bound numbers with `valid`")
    for text in field.enum:
        if len(text) > field.max_length > 0:
            message = f"the value `{text}` is longer than `{field.name}` may be"
            subject.complain(block.location("enum"), message, "raise `max_length`")
    if field.name == "username" and field.type not in (STRING, UNKNOWN):
        message = f"`username` holds the tenant, so it is text, no {spell(field.type)}"
        subject.complain(block.location("type"), message, "drop `type`")


def _is_example(field: Field) -> bool:
    kind = field.type
    if isinstance(kind, ScalarType) and kind.scalar is Scalar.BOOL:
        return field.example in ("true", "false")
    if not isinstance(kind, ScalarType) or not is_number(kind):
        return True
    try:
        number = float(field.example)
    except ValueError:
        return False
    return kind.scalar not in INTEGERS or number.is_integer()


def _declared(subject: Subject) -> Iterator[tuple[Field, Block]]:
    """Yield the fields of the entity and of its types, each with the mapping that declares it."""
    blocks = [block for _, group in subject.root.blocks("field_sets") for _, block in group.blocks("fields")]
    blocks += [block for _, block in subject.root.blocks("fields")]
    yield from zip(subject.entity.fields, blocks, strict=False)
    for struct, (_, block) in zip(subject.entity.structs, subject.root.blocks("types"), strict=True):
        yield from zip(struct.fields, (inner for _, inner in block.blocks("fields")), strict=True)


def _held(subject: Subject) -> Iterator[tuple[str, Field]]:
    """Yield what this spec's types hold by value, with the name of the type."""
    owners = [(subject.entity.names.go, subject.entity.fields)]
    owners += [(struct.go, struct.fields) for struct in subject.entity.structs]
    for owner, fields in owners:
        for field in fields:
            if _by_value(field):
                yield owner, field


def _by_value(field: Field) -> bool:
    return isinstance(field.type, NamedType) and field.type.kind is not NamedKind.ENUM and not field.optional


def _reaches(start: str, goal: str, world: World, seen: set[str]) -> bool:
    if start == goal:
        return True
    if start in seen:
        return False
    seen.add(start)
    owner = world.structs.get(start) or world.entities.get(start)
    fields = owner.fields if owner else ()
    inner = [field.type.name for field in fields if _by_value(field) and isinstance(field.type, NamedType)]
    entity = world.entities.get(start)
    inner += [mixin.go for mixin in entity.mixins if not mixin.builtin] if entity else []
    return any(_reaches(name, goal, world, seen) for name in inner)
