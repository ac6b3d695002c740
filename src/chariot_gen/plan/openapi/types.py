"""Types of the spec as JSON Schemas (2020-12): what ``encoding/json`` reads and writes for them."""

from __future__ import annotations

from chariot_gen.model.backend import Backend
from chariot_gen.model.entity import Field
from chariot_gen.model.types import GoType, ListType, MapType, NamedKind, NamedType, Scalar, ScalarType, Type
from chariot_gen.plan.samples import enum_named
from chariot_gen.plan.yaml import Value

__all__ = ["ANYTHING", "ANYTHING_NAME", "Schema", "is_nilable", "nullable", "reference", "schema_of"]

Schema = dict[str, Value]

_SCALARS: dict[Scalar, Schema] = {
    Scalar.STRING: {"type": "string"},
    Scalar.BOOL: {"type": "boolean"},
    Scalar.INT: {"type": "integer", "format": "int64"},
    Scalar.INT32: {"type": "integer", "format": "int32"},
    Scalar.INT64: {"type": "integer", "format": "int64"},
    Scalar.FLOAT32: {"type": "number", "format": "float"},
    Scalar.FLOAT64: {"type": "number", "format": "double"},
    Scalar.BYTES: {"type": "string", "contentEncoding": "base64"},
    Scalar.TIME: {"type": "string", "format": "date-time"},
    Scalar.JSON: {},
    Scalar.ANY: {},
}
_LARGEST_FLOAT32 = 3.4028234663852886e38
# What a table holds of numbers: none that is so near to zero, or so far from it.
_STORABLE: Schema = {
    "exclusiveMinimum": -1e126,
    "exclusiveMaximum": 1e126,
    "not": {"type": "number", "exclusiveMinimum": -1e-130, "exclusiveMaximum": 1e-130, "not": {"const": 0}},
}
# No type of the model has a name with a small letter in front.
ANYTHING_NAME = "anything"
_ANYTHING: Schema = {"$ref": f"#/components/schemas/{ANYTHING_NAME}"}
# The value of a field of any type, as far as a table holds it.
ANYTHING: Schema = {
    "description": "Any value; a name within it is not empty.",
    "anyOf": [
        {"type": ["string", "boolean", "null"]},
        {"type": "number", **_STORABLE},
        {"type": "array", "items": _ANYTHING},
        {"type": "object", "propertyNames": {"minLength": 1}, "additionalProperties": _ANYTHING},
    ],
}
_WORD: Schema = {"minimum": -(2**63), "maximum": 2**63 - 1}
# What Go's decoder refuses beyond, since the type cannot hold it.
_BOUNDS: dict[Scalar, Schema] = {
    Scalar.INT: _WORD,
    Scalar.INT32: {"minimum": -(2**31), "maximum": 2**31 - 1},
    Scalar.INT64: _WORD,
    Scalar.FLOAT32: {"minimum": -_LARGEST_FLOAT32, "maximum": _LARGEST_FLOAT32},
    Scalar.FLOAT64: _STORABLE,
    Scalar.ANY: _ANYTHING,
    Scalar.BYTES: {"pattern": "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"},
}
_NIL_SCALARS = frozenset({Scalar.BYTES, Scalar.JSON, Scalar.ANY})


def schema_of(backend: Backend, kind: Type, *, bounded: bool = False) -> Schema:
    """Return the schema of a value of the type; ``bounded`` by what Go's decoder can hold."""
    match kind:
        case ScalarType(scalar):
            return {**_SCALARS[scalar], **(_BOUNDS.get(scalar, {}) if bounded else {})}
        case NamedType(name, NamedKind.ENUM):
            enum = enum_named(backend, name)
            return {"type": "string", "enum": [text for _, text in enum.values] if enum else []}
        case NamedType(name):
            return reference(name)
        case ListType(element):
            return {"type": "array", "items": schema_of(backend, element, bounded=bounded)}
        case MapType(inner):
            named: Schema = {"propertyNames": {"minLength": 1}} if bounded else {}
            return {
                "type": "object",
                **named,
                "additionalProperties": schema_of(backend, inner, bounded=bounded),
            }
        case GoType():
            # Only its own package knows how it encodes itself.
            return {}


def reference(name: str) -> Schema:
    """Return the reference to a schema of the document."""
    return {"$ref": f"#/components/schemas/{name}"}


def is_nilable(field: Field) -> bool:
    """Report whether the field's Go type has a nil, which JSON writes as null."""
    return field.optional or _is_nil_type(field.type)


def _is_nil_type(kind: Type) -> bool:
    match kind:
        case ListType() | MapType():
            return True
        case ScalarType(scalar):
            return scalar in _NIL_SCALARS
        case _:
            return False


def nullable(schema: Schema) -> Schema:
    """Return the schema that also takes null."""
    if schema.get("$ref") == _ANYTHING["$ref"]:
        return schema
    if "$ref" in schema:
        others = {name: member for name, member in schema.items() if name != "$ref"}
        return {**others, "anyOf": [{"$ref": schema["$ref"]}, {"type": "null"}]}
    if "type" not in schema:
        return schema
    widened = {**schema, "type": [str(schema["type"]), "null"]}
    allowed = schema.get("enum")
    return {**widened, "enum": [*allowed, None]} if isinstance(allowed, list) else widened
