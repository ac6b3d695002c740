"""What an answer holds: an entity as ``encoding/json`` writes it, and a page of them."""

from __future__ import annotations

from collections.abc import Iterator

from chariot_gen.model.backend import Backend
from chariot_gen.model.entity import Entity, Field, Mixin
from chariot_gen.model.types import ListType, MapType, NamedKind, NamedType, Type
from chariot_gen.plan import samples
from chariot_gen.plan.commonmark import commonmark
from chariot_gen.plan.openapi.examples import example_of
from chariot_gen.plan.openapi.types import Schema, is_nilable, nullable, reference, schema_of

__all__ = ["HISTORY_RECORD", "MIXINS", "item_schema", "page_schema", "types_within"]

_TEXTS: Schema = {"type": "array", "items": {"type": "string"}}
# The fields of the built-in mixins; the emitted structs have the same, and a test says so.
MIXINS: dict[str, Schema] = {
    "tags": {"tags": {"description": "Words to find the value by.", **_TEXTS}},
    "history": {
        "history": {
            "description": "Decisions, the oldest first.",
            "type": "array",
            "items": reference("HistoryRecord"),
        },
        "remove": {"description": "Position of a record to take out of the history.", "type": "integer"},
    },
    "origination": {
        "capability": {"description": "Capabilities that found the value.", **_TEXTS},
        "attackSurface": {"description": "Surfaces that the value belongs to.", **_TEXTS},
        "origins": {"description": "Sources that led to the value.", **_TEXTS},
    },
    "ml": {
        "logit": {
            "description": "Confidence of the judgement, as a logit.",
            "type": "number",
            "format": "float",
        },
        "proofSufficient": {"description": "Whether the proof was found sufficient.", "type": "boolean"},
        "agent": {"description": "Agent that judged.", "type": "string"},
    },
}
HISTORY_RECORD: Schema = {
    "description": "One decision: a change from one value to another, a remark, or both.",
    "type": "object",
    "required": ["updated"],
    "properties": {
        "from": {"description": "Value before the change; empty for a remark.", "type": "string"},
        "to": {"description": "Value after the change; empty for a remark.", "type": "string"},
        "by": {"description": "Who decided.", "type": "string"},
        "comment": {"description": "Remark on the decision.", "type": "string"},
        "updated": {"description": "Time of the decision (RFC 3339).", "type": "string"},
    },
}


def item_schema(backend: Backend, entity: Entity, *, reveals: bool) -> Schema:
    """Return the schema of an entity in an answer; one that ``reveals`` shows sensitive fields."""
    properties: Schema = {}
    for mixin in entity.mixins:
        properties.update(_mixed_in(backend, mixin))
    fields = [field for field in entity.fields if _is_shown(field, reveals=reveals)]
    properties.update({field.json.name: _property(backend, field, reveals=reveals) for field in fields})
    return {
        "description": commonmark(entity.description),
        "type": "object",
        "required": [field.json.name for field in fields if not field.json.omitempty],
        "properties": properties,
    }


def page_schema(entity: Entity, item: str) -> Schema:
    """Return the schema of a page; ``item`` is the name of its items' schema."""
    many = entity.names.human_plural
    return {
        "description": f"One page of a list of {many}.",
        "type": "object",
        "required": [entity.names.plural],
        "properties": {
            entity.names.plural: {
                "description": f"The {many} in the order of their keys.",
                "type": "array",
                "items": reference(item),
            },
            "next": {
                "description": "Token that asks for the page after this one; the last page has none.",
                "type": "string",
            },
        },
    }


def types_within(backend: Backend) -> frozenset[str]:
    """Return the names of the entities that are described, and of every type that they hold at any depth."""
    found = {entity.names.go for entity in backend.served}
    pending = [kind for entity in backend.served for kind in _kinds(backend, entity)]
    while pending:
        match pending.pop():
            case ListType(inner) | MapType(inner):
                pending.append(inner)
            case NamedType(name, kind) if kind is not NamedKind.ENUM and name not in found:
                found.add(name)
                struct, entity = samples.struct_named(backend, name), _entity(backend, name)
                pending.extend(field.type for field in (struct.fields if struct else ()))
                pending.extend(_kinds(backend, entity) if entity else ())
            case _:
                pass
    return frozenset(found)


def _kinds(backend: Backend, entity: Entity) -> Iterator[Type]:
    yield from (field.type for field in entity.fields)
    for mixin in entity.mixins:
        other = _entity(backend, mixin.go)
        yield from _kinds(backend, other) if other else ()


def _entity(backend: Backend, name: str) -> Entity | None:
    return next((entity for entity in backend.entities if entity.names.go == name), None)


def _mixed_in(backend: Backend, mixin: Mixin) -> Schema:
    if mixin.builtin:
        return MIXINS[mixin.builtin]
    other = _entity(backend, mixin.go)
    if other is None:
        return {}
    properties: Schema = {}
    for inner in other.mixins:
        properties.update(_mixed_in(backend, inner))
    return {**properties, **{f.json.name: _property(backend, f, reveals=True) for f in other.fields}}


def _is_shown(field: Field, *, reveals: bool) -> bool:
    return reveals or not (field.sensitive and field.json.omitempty)


def _property(backend: Backend, field: Field, *, reveals: bool) -> Schema:
    schema = schema_of(backend, field.type)
    if field.enum:
        schema["enum"] = [*field.enum]
    allowed = schema.get("enum")
    if isinstance(allowed, list) and not (field.required or field.optional or field.json.omitempty):
        schema["enum"] = ["", *allowed]
    if is_nilable(field) and not field.json.omitempty:
        schema = nullable(schema)
    if field.sensitive and not reveals:
        once = "Told once, in the answer to its creation; blank elsewhere."
        return {
            "description": f"{commonmark(field.description)} {once}",
            **schema,
            **({"maxLength": 0} if schema.get("type") == "string" else {}),
            "readOnly": True,
        }
    example = example_of(backend, field)
    return {
        "description": commonmark(field.description),
        **schema,
        **({} if example is None else {"examples": [example]}),
        **({"readOnly": True} if field.read_only else {}),
    }
