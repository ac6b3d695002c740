"""Fields that leave the backend once, in the answer to their creation."""

from __future__ import annotations

from dataclasses import dataclass

from chariot_gen.diagnostics import Location
from chariot_gen.model.entity import Entity, Field
from chariot_gen.model.types import ListType, MapType, NamedKind, NamedType, Scalar, ScalarType
from chariot_gen.plan import golang

__all__ = ["SensitiveField", "sensitive_fields", "zero_value"]

_ZEROS = {
    Scalar.STRING: '""',
    Scalar.BOOL: "false",
    Scalar.BYTES: "nil",
    Scalar.JSON: "nil",
    Scalar.ANY: "nil",
}
_NUMBERS = frozenset({Scalar.INT, Scalar.INT32, Scalar.INT64, Scalar.FLOAT32, Scalar.FLOAT64})


@dataclass(frozen=True, slots=True)
class SensitiveField:
    """A field to blank, with its zero value."""

    go: str
    zero: str
    origin: Location


def sensitive_fields(entity: Entity) -> tuple[SensitiveField, ...]:
    """Return the fields that only the answer to a creation may show."""
    return tuple(
        SensitiveField(go=field.go, zero=zero_value(field), origin=field.location)
        for field in entity.fields
        if field.sensitive
    )


def zero_value(field: Field) -> str:
    """Return the Go value that blanks a field."""
    if field.optional:
        return "nil"
    match field.type:
        case ScalarType(scalar) if scalar in _NUMBERS:
            return "0"
        case ScalarType(scalar) if scalar in _ZEROS:
            return _ZEROS[scalar]
        case ListType() | MapType():
            return "nil"
        case NamedType(kind=NamedKind.ENUM):
            return '""'
        case other:
            return f"*new({golang.go_type(other, package='model')})"
