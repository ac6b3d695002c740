"""The types a field can have, as the spec means them; Go spells them in ``plan.golang``."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

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


@dataclass(frozen=True, slots=True)
class ScalarType:
    """A built-in type."""

    scalar: Scalar


@dataclass(frozen=True, slots=True)
class NamedType:
    """A type declared under ``types`` or ``enums`` of an entity, or an entity itself.

    ``name`` is the Go identifier in the model package.
    """

    name: str
    kind: NamedKind


@dataclass(frozen=True, slots=True)
class GoType:
    """An existing Go type, written ``go:net/netip.Addr`` in the spec."""

    import_path: str
    name: str


@dataclass(frozen=True, slots=True)
class ListType:
    """``[]T``."""

    element: Type


@dataclass(frozen=True, slots=True)
class MapType:
    """``map[string]T``."""

    value: Type


Type = ScalarType | NamedType | GoType | ListType | MapType
