"""What a request may hold: the schema says what decoding and ``Validate`` accept, and no more."""

from __future__ import annotations

import msgspec

from chariot_gen import names
from chariot_gen.model.backend import Backend
from chariot_gen.model.behaviour import RuleKind
from chariot_gen.model.entity import Entity, Field, Struct
from chariot_gen.model.key import Placeholder
from chariot_gen.model.types import ListType, MapType, NamedKind, NamedType, Scalar, ScalarType, Type
from chariot_gen.plan import samples
from chariot_gen.plan.commonmark import commonmark
from chariot_gen.plan.openapi import patterns
from chariot_gen.plan.openapi.demands import TEXT_LENGTH, Demand, demand_of, text_schema
from chariot_gen.plan.openapi.examples import example_of
from chariot_gen.plan.openapi.types import Schema, is_nilable, nullable, schema_of
from chariot_gen.plan.samples.constraints import Constraints
from chariot_gen.plan.views.handler_request import request_prose, writable
from chariot_gen.plan.yaml import Value

__all__ = ["patch_schema", "request_schema", "struct_schema", "upsert_schema"]

_NULL = "null empties a field or gives it its default, what is left out stays."
_STRING = ScalarType(Scalar.STRING)
_BOOL = ScalarType(Scalar.BOOL)
_NUMBERS = frozenset({Scalar.INT, Scalar.INT32, Scalar.INT64, Scalar.FLOAT32, Scalar.FLOAT64})


def request_schema(backend: Backend, entity: Entity, *, emptied: bool = False) -> Schema:
    """Return the schema of a request to create or to update.

    In one whose fields can be ``emptied``, null stands for a field that is left out.
    """
    one = entity.names.human
    fields = [
        (field, request_prose(entity, field), demand_of(backend, entity, field)) for field in writable(entity)
    ]
    prose = f"What a caller may say of {names.article(one)} {one}."
    schema = _object(backend, prose, fields, emptied=emptied)
    choices = _choices(entity, {field.name: demand for field, _, demand in fields})
    if len(choices) == 1:
        schema["anyOf"] = choices[0]
    elif choices:
        schema["allOf"] = [{"anyOf": choice} for choice in choices]
    return schema


def patch_schema(backend: Backend, entity: Entity) -> Schema:
    """Return the schema of a merge patch: any of the fields, and null for what may be emptied."""
    return {
        "description": f"A merge patch (RFC 7396): {_NULL}",
        "type": "object",
        "properties": _changes(backend, entity),
        "additionalProperties": False,
    }


def upsert_schema(backend: Backend, entity: Entity, key: Schema, *, creates: bool) -> Schema:
    """Return the schema of a request of the contract ``chariot`` to change an item.

    The item is named by its ``key``. A request that ``creates`` may leave that out and say
    what a new one needs instead.
    """
    changed: Schema = {
        "description": f"Changes of the item with this key: {_NULL}",
        "type": "object",
        "required": ["key"],
        "properties": {"key": key, **_changes(backend, entity)},
        "additionalProperties": False,
    }
    if not creates:
        return changed
    created: Schema = {
        **request_schema(backend, entity, emptied=True),
        "description": "An item that is created, or changed where there is one with its key.",
    }
    return {"anyOf": [changed, created]}


def _changes(backend: Backend, entity: Entity) -> Schema:
    """Return the members of a merge patch."""
    parts = [part for part in (entity.key.parts if entity.key else ()) if isinstance(part, Placeholder)]
    key = {part.fields[0] for part in parts}
    properties: Schema = {}
    for field in writable(entity):
        demand = demand_of(backend, entity, field)
        if field.name in key:
            # What the key is made of can be said again, but not emptied.
            demand = msgspec.structs.replace(demand, nonempty=True, stays=False)
        schema = _value(backend, field, demand)
        emptied = field.name not in key and not _is_required(backend, field, demand)
        properties[field.json.name] = {
            "description": commonmark(field.description),
            **(nullable(schema) if emptied else schema),
            **_examples(backend, field),
        }
    return properties


def struct_schema(backend: Backend, struct: Struct) -> Schema:
    """Return the schema of a nested type, in requests and in answers."""
    fields = [(field, field.description, _demand_within(field)) for field in struct.fields]
    return _object(backend, struct.description, fields)


def _demand_within(field: Field) -> Demand:
    return Demand(
        Constraints(allowed=field.enum),
        nonempty=field.required and field.type != _BOOL,
        longest=field.max_length or TEXT_LENGTH,
    )


def _object(
    backend: Backend,
    description: str,
    fields: list[tuple[Field, str, Demand]],
    *,
    emptied: bool = False,
) -> Schema:
    schema: Schema = {"description": commonmark(description), "type": "object"}
    required = [field.json.name for field, _, demand in fields if _is_required(backend, field, demand)]
    if required:
        schema["required"] = required
    schema["properties"] = {
        field.json.name: _property(backend, field, prose, demand, emptied=emptied)
        for field, prose, demand in fields
    }
    schema["additionalProperties"] = False
    return schema


def _property(backend: Backend, field: Field, prose: str, demand: Demand, *, emptied: bool) -> Schema:
    schema = _value(backend, field, demand)
    is_nothing = is_nilable(field) and not _refuses_absence(field, demand)
    if is_nothing or (emptied and not _is_required(backend, field, demand)):
        schema = nullable(schema)
    return {"description": commonmark(prose), **schema, **_examples(backend, field)}


def _examples(backend: Backend, field: Field) -> Schema:
    example = example_of(backend, field)
    return {} if example is None else {"examples": [example]}


def _is_required(backend: Backend, field: Field, demand: Demand) -> bool:
    if demand.stays:
        return False
    if isinstance(field.type, NamedType) and field.type.kind is NamedKind.STRUCT and not field.optional:
        struct = samples.struct_named(backend, field.type.name)
        inner = struct.fields if struct else ()
        return any(_is_required(backend, other, _demand_within(other)) for other in inner)
    return _refuses_absence(field, demand)


def _refuses_absence(field: Field, demand: Demand) -> bool:
    if field.optional:
        return demand.present
    low, high = demand.constraints.minimum, demand.constraints.maximum
    outside = (low is not None and low > 0) or (high is not None and high < 0)
    return not demand.stays and (demand.nonempty or outside)


def _value(backend: Backend, field: Field, demand: Demand) -> Schema:
    """Return the schema of a value that is there."""
    bypass = not field.optional and (demand.stays or not demand.nonempty)
    match field.type:
        case ListType(element):
            sized: Schema = {"minItems": 1} if demand.nonempty and not bypass else {}
            return {"type": "array", **sized, "items": _element(backend, element, demand)}
        case MapType(inner):
            sized = {"minProperties": 1} if demand.nonempty and not bypass else {}
            named = text_schema(Demand(Constraints(), nonempty=True, longest=demand.longest), bypass=False)
            values = _element(backend, inner, demand)
            return {"type": "object", **sized, "propertyNames": named, "additionalProperties": values}
        case NamedType(kind=NamedKind.ENUM):
            listed = schema_of(backend, field.type)
            return _with_empty(listed) if bypass else listed
        case ScalarType(Scalar.STRING):
            return {"type": "string", **text_schema(demand, bypass=bypass)}
        case ScalarType(scalar) if scalar in _NUMBERS:
            return _within(schema_of(backend, field.type, bounded=True), _range(demand, bypass=bypass))
        case _:
            return schema_of(backend, field.type, bounded=True)


def _with_empty(schema: Schema) -> Schema:
    allowed = schema["enum"]
    return {**schema, "enum": ["", *allowed]} if isinstance(allowed, list) else schema


def _range(demand: Demand, *, bypass: bool) -> Schema:
    low, high = demand.constraints.minimum, demand.constraints.maximum
    schema: Schema = {} if low is None else {"minimum": low}
    if high is not None:
        schema["maximum"] = high
    # A bound speaks for itself; without one, Validate refuses the zero value in words.
    if demand.nonempty and not bypass and not schema:
        schema["not"] = {"const": 0}
    return schema


def _within(schema: Schema, demanded: Schema) -> Schema:
    """Return the schema of a number with what is demanded of it besides; both may rule numbers out."""
    outside = schema.get("not")
    if "not" in demanded and isinstance(outside, dict):
        demanded = {"not": {name: bound for name, bound in outside.items() if name != "not"}}
    return {**schema, **demanded}


def _element(backend: Backend, kind: Type, demand: Demand) -> Schema:
    if kind != _STRING:
        return schema_of(backend, kind, bounded=True)
    one = Demand(
        Constraints(excludes_hash=demand.constraints.excludes_hash),
        nonempty=demand.each_nonempty,
        longest=demand.longest,
    )
    return {"type": "string", **text_schema(one, bypass=False)}


def _choices(entity: Entity, demands: dict[str, Demand]) -> list[list[Value]]:
    """Return, for each set of fields one of which must be there, what each one being there means."""
    rules = [rule.fields for rule in entity.behaviour.rules if rule.kind is RuleKind.ANY_OF]
    parts = entity.key.parts if entity.key else ()
    sets = rules + [part.fields for part in parts if isinstance(part, Placeholder) and len(part.fields) > 1]
    return [
        [_there(entity.field(name), demands[name]) for name in fields]
        for fields in dict.fromkeys(tuple(sorted(fields, key=fields.index)) for fields in sets)
        if all(name in demands and not demands[name].stays for name in fields)
    ]


def _there(field: Field, demand: Demand) -> Schema:
    name = field.json.name
    match field.type:
        case ScalarType(Scalar.STRING):
            pattern = patterns.text(demand.excluded, visible=demand.trimmed)
            there: Schema = {"type": "string", "minLength": 1, "pattern": pattern}
        case ListType():
            there = {"type": "array", "minItems": 1}
        case MapType():
            there = {"type": "object", "minProperties": 1}
        case _:
            there = {"not": {"enum": [None, 0, False, ""]}}
    return {"required": [name], "properties": {name: there}}
