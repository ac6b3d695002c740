"""``/my``, where the contract ``chariot`` reads items of every type."""

from __future__ import annotations

from collections.abc import Sequence

from chariot_gen.model.api import Operation
from chariot_gen.model.entity import Entity, Field
from chariot_gen.model.types import Scalar, ScalarType
from chariot_gen.plan.openapi import patterns
from chariot_gen.plan.openapi.failures import Failure
from chariot_gen.plan.openapi.operations import ALWAYS, OF_BODY, failed, known, sent, shared_parameters
from chariot_gen.plan.openapi.types import Schema, reference
from chariot_gen.plan.views.handler_offers import served
from chariot_gen.plan.yaml import Value

__all__ = ["MY", "MY_FAILURES", "listed", "my_path_item"]

MY = "/my"
_FAILURES = {"get": (*ALWAYS, "invalid_request"), "post": (*ALWAYS, *OF_BODY)}
MY_FAILURES: tuple[Failure, ...] = known((*ALWAYS, *OF_BODY))
# The last page that can be asked for by its number.
_LAST_PAGE = 100
_BOOL = ScalarType(Scalar.BOOL)
# Numbers and truth values are compared as they are written.
_ANY_TEXT: Schema = {"type": ["string", "number", "boolean"], "maxLength": 1024}


def listed(entities: Sequence[Entity]) -> tuple[Entity, ...]:
    """Return the entities whose items can be read."""
    return tuple(e for e in entities if served(e)[0].endpoint(Operation.LIST) is not None)


def my_path_item(entities: Sequence[Entity]) -> Schema:
    """Return the path item over the entities, one at the least, whose items can be read."""
    return {"parameters": shared_parameters(), "get": _get(entities), "post": _post(entities)}


def _get(entities: Sequence[Entity]) -> Schema:
    offset: Schema = {
        "type": "object",
        "required": ["username", "key"],
        "properties": {"username": {"type": "string"}, "key": {"type": "string"}},
    }
    return {
        "operationId": "listMine",
        "tags": [entity.names.go for entity in entities],
        "summary": "List items of one type, by the start of their keys or by a field",
        "description": _needs(entities),
        "parameters": _parameters(entities),
        "responses": {
            "200": _page(entities, "Where the next page starts, as JSON; the last has none.", offset),
            **failed(known(_FAILURES["get"])),
        },
    }


def _post(entities: Sequence[Entity]) -> Schema:
    number: Schema = {"type": "integer", "minimum": 1}
    return {
        "operationId": "queryMine",
        "tags": [entity.names.go for entity in entities],
        "summary": "List items of one type, by a query as graphs are asked",
        "description": _needs(entities),
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {
                    "schema": {"anyOf": [_question(e) for e in entities]},
                    "example": _asked(entities[0]),
                }
            },
        },
        "responses": {
            "200": _page(entities, "The number of the next page; the last has none.", number),
            **failed(known(_FAILURES["post"])),
        },
    }


def _needs(entities: Sequence[Entity]) -> str:
    listings = ((entity, served(entity)[0].endpoint(Operation.LIST)) for entity in entities)
    needs = (
        f"{e.names.human_plural} {found.entitlement.value}" for e, found in listings if found is not None
    )
    return f"Needs the entitlement to list the type: for {', for '.join(needs)}."


def _parameters(entities: Sequence[Entity]) -> list[Value]:
    prefixes = "|".join(patterns.escaped(served(entity)[1].prefix) for entity in entities)
    keys: Schema = {"type": "string", "pattern": f"^({prefixes})"}
    narrowed = sorted({_narrowed(field) for entity in entities for field in _filters(entity)})
    if narrowed:
        keys = {"anyOf": [keys, *({"type": "string", "pattern": pattern} for pattern in narrowed)]}
    key = _query("key", "Start of the keys; or a field and its value, as in status:A.", keys, required=True)
    return [
        {**key, "example": served(entities[0])[1].prefix},
        _query(
            "label",
            "The type, where the key does not name it.",
            {"type": "string", "enum": ["", *map(_word, entities)]},
        ),
        _query("exact", "Whether the key is the whole key of one item.", {"type": "boolean"}),
        _query("desc", "Whether the last key comes first.", {"type": "boolean"}),
        _query("offset", "The offset of the page before, as JSON.", {"type": "string"}),
    ]


def _query(name: str, description: str, schema: Schema, *, required: bool = False) -> Schema:
    needed: Schema = {"required": True} if required else {}
    return {"name": name, "in": "query", **needed, "description": description, "schema": schema}


def _page(entities: Sequence[Entity], description: str, offset: Schema) -> Schema:
    lists: Schema = {
        entity.names.plural: {"type": "array", "items": reference(entity.names.go)} for entity in entities
    }
    schema: Schema = {
        "type": "object",
        "minProperties": 1,
        "properties": {**lists, "offset": {"description": description, **offset}},
        "additionalProperties": False,
    }
    return {
        "description": "One page, under the plural name of the type.",
        "headers": sent(),
        "content": {"application/json": {"schema": schema}},
    }


def _asked(entity: Entity) -> Schema:
    """Return a question that every type can be asked: for its first items."""
    condition: Schema = {"field": "key", "operator": "STARTS WITH", "value": served(entity)[1].prefix}
    return {"node": {"labels": [entity.label], "filters": [condition]}, "limit": served(entity)[0].page_size}


def _question(entity: Entity) -> Schema:
    """Return the schema of what can be asked of one type; it says what clients send and is not served."""
    api, _ = served(entity)
    ordered = ["", "key", *(entity.field(name).json.name for name in api.sort)]
    node: Schema = {
        "type": "object",
        "required": ["labels"],
        "properties": {
            "labels": {"type": "array", "minItems": 1, "maxItems": 1, "items": {"const": entity.label}},
            "filters": {
                "description": "What must hold of the items; each field once.",
                "type": ["array", "null"],
                "items": {"anyOf": _conditions(entity)},
            },
            "search": {"const": ""},
            "relationships": {"type": ["array", "null"], "maxItems": 0},
        },
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "required": ["node"],
        "properties": {
            "node": node,
            "filters": {"type": ["array", "null"], "maxItems": 0},
            "page": {
                "description": "Number of the page, from 0.",
                "type": "integer",
                "minimum": 0,
                "maximum": _LAST_PAGE,
            },
            "limit": {
                "description": f"Most items on the page; no page has more than {api.max_page_size}.",
                "type": "integer",
                "format": "int64",
                "minimum": 0,
                "maximum": 2**63 - 1,
            },
            "orderBy": {"type": "string", "enum": ordered},
            "descending": {"type": "boolean"},
            "shortest": {"const": 0},
        },
        "additionalProperties": False,
    }


def _conditions(entity: Entity) -> list[Value]:
    by_key = _condition("key", ["=", "STARTS WITH"], _ANY_TEXT)
    return [by_key, *(_condition(f.json.name, ["="], _value(f)) for f in _filters(entity))]


def _condition(field: str, operators: list[Value], value: Schema) -> Schema:
    return {
        "type": "object",
        "required": ["field", "operator", "value"],
        "properties": {
            "field": {"const": field},
            "operator": {"enum": operators},
            "value": value,
            "not": {"const": False},
        },
        "additionalProperties": False,
    }


def _value(field: Field) -> Schema:
    """Return the schema of what a field is compared with: a value of its type, or the same as text."""
    pattern = _written(field)
    if not pattern:
        return _ANY_TEXT
    kind = "boolean" if field.type == _BOOL else "integer" if "." not in pattern else "number"
    bounds: Schema = {"minimum": -(2**63), "maximum": 2**63 - 1} if kind == "integer" else {}
    return {"anyOf": [{"type": kind, **bounds}, {"type": "string", "pattern": f"^{pattern}$"}]}


def _narrowed(field: Field) -> str:
    """Return the pattern of a key that names a field and its value."""
    pattern = _written(field)
    return f"^{patterns.escaped(field.json.name)}:{f'{pattern}$' if pattern else ''}"


def _written(field: Field) -> str:
    """Return the pattern of a value as text, empty where any text is one."""
    match field.type:
        case ScalarType(Scalar.BOOL):
            return "(true|false)"
        case ScalarType(Scalar.INT | Scalar.INT32 | Scalar.INT64):
            return "-?[0-9]{1,18}"
        case ScalarType(Scalar.FLOAT32 | Scalar.FLOAT64):
            return "-?[0-9]{1,18}([.][0-9]{1,18})?"
        case _:
            return ""


def _filters(entity: Entity) -> tuple[Field, ...]:
    return tuple(map(entity.field, served(entity)[0].filters))


def _word(entity: Entity) -> str:
    return served(entity)[0].chariot_path.removeprefix("/")
