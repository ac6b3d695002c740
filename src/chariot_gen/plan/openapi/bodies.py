"""What an operation takes besides the path and the query: its body, its conditions, its key."""

from __future__ import annotations

from chariot_gen.model.api import Body, Shape
from chariot_gen.model.backend import Backend
from chariot_gen.model.entity import Entity, Field
from chariot_gen.model.types import Scalar, ScalarType
from chariot_gen.plan.commonmark import commonmark
from chariot_gen.plan.openapi.demands import TEXT_LENGTH
from chariot_gen.plan.openapi.types import Schema, reference, schema_of
from chariot_gen.plan.views.handler_offers import served
from chariot_gen.plan.yaml import Value

__all__ = [
    "batch_results",
    "body_schema",
    "conditions",
    "header_parameters",
    "idempotency_key",
    "list_parameters",
]

_LARGEST_BATCH = 100


def body_schema(body: Body, request: str, patch: str) -> Schema:
    """Return the schema of a request's body; ``request`` and ``patch`` name those of an entity."""
    match body:
        case Body.MERGE_PATCH:
            return reference(patch)
        case Body.BATCH:
            items: Schema = {
                "type": "array", "minItems": 1, "maxItems": _LARGEST_BATCH, "items": reference(request),
            }  # fmt: skip
            return {
                "type": "object",
                "required": ["items"],
                "properties": {"items": items},
                "additionalProperties": False,
            }
        case _:
            return reference(request)


def batch_results(error: str) -> Schema:
    """Return the content of the answer to a batch; ``error`` names the schema of a failure."""
    result: Schema = {
        "type": "object",
        "required": ["status"],
        "properties": {
            "key": {"type": "string", "description": "Key of the item, where it was written."},
            "status": {
                "type": "integer",
                "description": "What the item would have been answered with alone.",
            },
            "error": {"description": "Why the item was not written.", **reference(error)},
        },
    }
    results: Schema = {"type": "array", "items": result}
    schema: Schema = {"type": "object", "required": ["results"], "properties": {"results": results}}
    return {"application/json": {"schema": schema}}


def header_parameters(shape: Shape, *, keyed: bool) -> list[Value]:
    """Return the headers that change what an operation does."""
    return [*(conditions() if shape.of_item else []), *([idempotency_key()] if keyed else [])]


def conditions() -> list[Value]:
    """Return the headers that a request is made conditional by."""
    return [
        _header("If-Match", "Entity tags, one of which the item must have; or * for any."),
        _header("If-None-Match", "Entity tags, none of which the item may have; or * for any."),
    ]


def idempotency_key() -> Schema:
    """Return the header that makes it safe to repeat a request."""
    return _header(
        "Idempotency-Key",
        "Key that makes a repeated request the same request, for a day.",
        {"minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
    )


def list_parameters(backend: Backend, entity: Entity) -> list[Value]:
    """Return what narrows and orders the entity's lists."""
    api, _ = served(entity)
    found: list[Value] = [
        {
            "name": field.json.name,
            "in": "query",
            "description": f"Only items of which this holds: {commonmark(field.description)}",
            "schema": _filter_schema(backend, field),
        }
        for field in map(entity.field, api.filters)
    ]
    if api.sort:
        names = [entity.field(name).json.name for name in api.sort]
        schema: Schema = {"type": "string", "enum": [*names, *(f"-{name}" for name in names)]}
        described = "Field that the list is ordered by; with a hyphen, the other way round."
        found.append({"name": "sort", "in": "query", "description": described, "schema": schema})
    return found


def _filter_schema(backend: Backend, field: Field) -> Schema:
    """Return the schema of what a filter compares with: texts, and the widest number of its kind."""
    match field.type:
        case ScalarType(Scalar.BOOL):
            return {"type": "boolean"}
        case ScalarType(Scalar.INT | Scalar.INT32 | Scalar.INT64):
            return schema_of(backend, ScalarType(Scalar.INT64), bounded=True)
        case ScalarType(Scalar.FLOAT32 | Scalar.FLOAT64):
            return schema_of(backend, ScalarType(Scalar.FLOAT64), bounded=True)
        case _:
            return {"type": "string", "maxLength": TEXT_LENGTH}


def _header(name: str, description: str, bounds: Schema | None = None) -> Schema:
    schema: Schema = {"type": "string", **(bounds or {})}
    return {"name": name, "in": "header", "description": description, "schema": schema}
