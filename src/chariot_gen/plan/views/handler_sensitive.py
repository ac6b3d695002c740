"""Fields that leave the backend once, in the answer to their creation."""

from __future__ import annotations

import msgspec

from chariot_gen.diagnostics import Location
from chariot_gen.model.entity import Entity, Field
from chariot_gen.model.types import GoType, ListType, MapType, NamedKind, NamedType, Scalar, ScalarType, Type
from chariot_gen.plan import golang

__all__ = ["SensitiveField", "sensitive_fields", "zero_imports", "zero_value"]

_NUMBERS = (Scalar.INT, Scalar.INT32, Scalar.INT64, Scalar.FLOAT32, Scalar.FLOAT64)
_ZEROS = {
    Scalar.STRING: '""',
    Scalar.BOOL: "false",
    **dict.fromkeys(_NUMBERS, "0"),
    **dict.fromkeys((Scalar.BYTES, Scalar.JSON, Scalar.ANY), "nil"),
}


class SensitiveField(msgspec.Struct, frozen=True):
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


def zero_imports(entity: Entity) -> set[str]:
    """Return the import paths that the zero values of the sensitive fields need."""
    typed = (f for f in entity.fields if f.sensitive and zero_value(f).endswith(("}", ")")))
    return set().union(*(golang.type_imports(field.type) for field in typed))


def zero_value(field: Field) -> str:
    """Return the Go value that blanks a field."""
    return "nil" if field.optional else _zero(field.type)


def _zero(kind: Type) -> str:
    match kind:
        case ScalarType(scalar) if scalar in _ZEROS:
            return _ZEROS[scalar]
        case ListType() | MapType():
            return "nil"
        case NamedType(kind=NamedKind.ENUM):
            return '""'
        case ScalarType() | NamedType():
            return f"{golang.go_type(kind, package='model')}{{}}"
        case GoType():
            return f"*new({golang.go_type(kind)})"
