"""Examples from the spec, as JSON values of their field's type."""

from __future__ import annotations

import json
from collections.abc import Callable

from chariot_gen.model.backend import Backend
from chariot_gen.model.entity import Field
from chariot_gen.model.types import ListType, NamedKind, NamedType, Scalar, ScalarType, Type
from chariot_gen.plan.samples import enum_named
from chariot_gen.plan.yaml import Value

__all__ = ["example_of"]

_READERS: dict[Scalar, Callable[[str], Value]] = {
    Scalar.STRING: str,
    Scalar.INT: int,
    Scalar.INT32: int,
    Scalar.INT64: int,
    Scalar.FLOAT32: float,
    Scalar.FLOAT64: float,
    Scalar.BOOL: {"true": True, "false": False}.__getitem__,
    Scalar.TIME: str,
}


def example_of(backend: Backend, field: Field) -> Value:
    """Return the spec's example of a field, or None where it has none of the field's type."""
    if not field.example or (field.enum and field.example not in field.enum):
        return None
    return _read(backend, field.type, field.example)


def _read(backend: Backend, kind: Type, text: str) -> Value:
    match kind:
        case ScalarType(scalar) if scalar in _READERS:
            try:
                return _READERS[scalar](text)
            except (KeyError, ValueError):
                return None
        case NamedType(name, NamedKind.ENUM):
            enum = enum_named(backend, name)
            return text if enum and text in {value for _, value in enum.values} else None
        case ListType(element):
            return _read_list(backend, element, text)
        case _:
            return None


def _read_list(backend: Backend, element: Type, text: str) -> Value:
    try:
        items = json.loads(text)
    except ValueError:
        items = None
    texts = [str(item) for item in items] if isinstance(items, list) else [text]
    read = [_read(backend, element, item) for item in texts]
    return None if None in read else read
