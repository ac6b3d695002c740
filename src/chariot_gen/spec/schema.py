"""The vocabulary as JSON Schema (2020-12), for editors and other programs.

It says exactly what :mod:`chariot_gen.spec.shape` checks; what the rules check beyond
(names that exist, types that fit) no schema can say.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from chariot_gen.spec.grammar import (
    Choice,
    Either,
    Flag,
    Integer,
    Key,
    ListOf,
    MapOf,
    Number,
    OneOf,
    Record,
    Shape,
    Text,
    Value,
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
    return _MAKERS[type(shape)](shape)


def _text(shape: Text) -> Schema:
    kinds = ["string", "number", "boolean"] if shape.loose else "string"
    if shape.format is not None:
        pattern = shape.format.pattern
    else:
        pattern = r"^[^\t\r\n]*$" if shape.empty else r"^[^\t\r\n]*[^\s][^\t\r\n]*$"
    return {"type": kinds, "maxLength": shape.max_length, "pattern": pattern}


def _choice(shape: Choice) -> Schema:
    return {"enum": list(shape.words)}


def _flag(_: Flag) -> Schema:
    return {"type": "boolean"}


def _integer(shape: Integer) -> Schema:
    return {"type": "integer", "minimum": shape.minimum, "maximum": shape.maximum}


def _number(_: Number) -> Schema:
    fits = {"minimum": -_INT64, "maximum": _INT64 - 1}
    return {"type": "number", "anyOf": [{"not": {"type": "integer"}}, fits]}


def _value(_: Value) -> Schema:
    return {"anyOf": [_text(Text(empty=True)), {"type": "boolean"}, _number(Number())]}


def _list(shape: ListOf) -> Schema:
    bounds = {"minItems": shape.minimum, "maxItems": shape.maximum}
    return {"type": "array", "items": _schema(shape.item), **bounds, "uniqueItems": True}


def _map(shape: MapOf) -> Schema:
    schema: Schema = {
        "type": "object",
        "propertyNames": _schema(shape.key),
        "additionalProperties": _schema(shape.value),
        "minProperties": shape.minimum,
    }
    if shape.maximum is not None:
        schema["maxProperties"] = shape.maximum
    return schema


def _one_of(shape: OneOf) -> Schema:
    return {"oneOf": [_record(record) for record in shape.records.values()]}


def _either(shape: Either) -> Schema:
    forms = (shape.scalar, shape.sequence, shape.mapping)
    return {"anyOf": [_schema(form) for form in forms if form is not None]}


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
        "title": name.replace("_", " ").capitalize(),
        "description": key.description,
        "examples": [_plain(key.example)],
        **default,
        **_schema(key.shape),
    }


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


_MAKERS: dict[type, Callable[[Any], Schema]] = {
    Text: _text,
    Choice: _choice,
    Flag: _flag,
    Integer: _integer,
    Number: _number,
    Value: _value,
    ListOf: _list,
    MapOf: _map,
    Record: _record,
    OneOf: _one_of,
    Either: _either,
}
