"""The vocabulary as JSON Schema (2020-12), for editors and other programs.

It says exactly what :mod:`chariot_gen.spec.shape` checks; what the rules check beyond
(names that exist, types that fit) no schema can say.
"""

from __future__ import annotations

from typing import Any

from chariot_gen.spec.grammar import (
    Choice, Either, Flag, Integer, Key, ListOf, MapOf, Number, OneOf, Record, Shape, Text, Value,
)  # fmt: skip
from chariot_gen.spec.vocabulary import ENTITY, SETTINGS

__all__ = ["entity_schema", "settings_schema"]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_INT64 = 2**63

Schema = dict[str, Any]


def entity_schema() -> Schema:
    """Return the schema of an entity's spec."""
    return _document("Entity", "An entity of a Chariot backend, as chariot-gen reads it.", ENTITY)


def settings_schema() -> Schema:
    """Return the schema of ``chariot.yaml``."""
    return _document("Backend", "Settings of a Chariot backend, as chariot-gen reads them.", SETTINGS)


def _document(title: str, description: str, record: Record) -> Schema:
    return {"$schema": _DIALECT, "title": title, "description": description, **_schema(record)}


def _schema(shape: Shape) -> Schema:
    match shape:
        case Text():
            return _text(shape)
        case Choice(words):
            return {"enum": list(words)}
        case Flag():
            return {"type": "boolean"}
        case Integer(minimum, maximum):
            return {"type": "integer", "minimum": minimum, "maximum": maximum}
        case Number():
            return {"type": "number", "anyOf": [{"not": {"type": "integer"}}, _int64()]}
        case Value():
            return {"anyOf": [_text(Text(empty=True)), {"type": "boolean"}, _schema(Number())]}
        case ListOf(item, minimum, maximum):
            bounds = {"minItems": minimum} if minimum else {}
            return {"type": "array", "items": _schema(item), **bounds, "maxItems": maximum, "uniqueItems": True}
        case MapOf(key, value, minimum):
            bounds = {"minProperties": minimum} if minimum else {}
            names = {"propertyNames": _schema(key)}
            return {"type": "object", **names, "additionalProperties": _schema(value), **bounds}
        case Record():
            return _record(shape)
        case OneOf(records):
            return {"oneOf": [_record(record) for record in records.values()]}
        case Either(scalar, sequence, mapping):
            return {"anyOf": [_schema(form) for form in (scalar, sequence, mapping) if form is not None]}


def _record(record: Record) -> Schema:
    required = [name for name, key in record.keys.items() if key.required]
    return {
        "type": "object",
        "properties": {name: _property(name, key) for name, key in record.keys.items()},
        **({"required": required} if required else {}),
        "additionalProperties": False,
    }


def _property(name: str, key: Key) -> Schema:
    default = {} if key.default is None else {"default": _plain(key.default)}
    return {
        "title": name,
        "description": key.description,
        "examples": [_plain(key.example)],
        **default,
        **_schema(key.shape),
    }


def _text(shape: Text) -> Schema:
    schema: Schema = {"type": ["string", "number", "boolean"] if shape.loose else "string", "maxLength": shape.max_length}
    if shape.format is not None:
        schema["pattern"] = shape.format.pattern.pattern
    else:
        schema["pattern"] = r"^[^\t\r\n]*$" if shape.empty else r"^[^\t\r\n]*[^\s][^\t\r\n]*$"
    return schema


def _int64() -> Schema:
    return {"minimum": -_INT64, "maximum": _INT64 - 1}


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
