"""The types a field can have, as the spec means them; Go spells them in ``plan.golang``."""

from __future__ import annotations

from enum import StrEnum

import msgspec

__all__ = ["GoType", "ListType", "MapType", "NamedKind", "NamedType", "Scalar", "ScalarType", "Type"]


class Scalar(StrEnum):
    """The built-in types, by the word that the spec uses."""

    STRING = "string"
    BOOL = "bool"
    INT = "int"
    INT32 = "int32"
    INT64 = "int64"
    FLOAT32 = "float32"
    FLOAT64 = "float64"
    BYTES = "bytes"
    TIME = "time"
    JSON = "json"
    ANY = "any"


class NamedKind(StrEnum):
    """Where a named type is declared."""

    STRUCT = "struct"
    ENUM = "enum"
    ENTITY = "entity"


class ScalarType(msgspec.Struct, frozen=True):
    """A built-in type."""

    scalar: Scalar


class NamedType(msgspec.Struct, frozen=True):
    """A type declared under ``types`` or ``enums`` of an entity, or an entity itself.

    ``name`` is the Go identifier in the model package.
    """

    name: str
    kind: NamedKind


class GoType(msgspec.Struct, frozen=True):
    """An existing Go type, written ``go:net/netip.Addr`` in the spec."""

    import_path: str
    name: str


class ListType(msgspec.Struct, frozen=True):
    """``[]T``."""

    element: Type


class MapType(msgspec.Struct, frozen=True):
    """``map[string]T``."""

    value: Type


Type = ScalarType | NamedType | GoType | ListType | MapType
