"""Example values for the emitted tests of clients: as JSON, as text in a request and as a Go literal.

A value is what JSON would hold: text, a number, a truth, a list or a dict. ``UNKNOWN``
stands for types of which no example can be made.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping

import msgspec

from chariot_gen import names
from chariot_gen.model.backend import Backend
from chariot_gen.model.entity import Enum, Field, Struct
from chariot_gen.model.types import GoType, ListType, MapType, NamedKind, NamedType, Scalar, ScalarType, Type
from chariot_gen.plan import golang

__all__ = ["UNKNOWN", "Samples", "document", "is_known", "text"]

UNKNOWN = object()
_TYPED = frozenset({Scalar.INT32, Scalar.INT64, Scalar.FLOAT32})
_LINE = 80
_MINUTE = "2026-01-02T15:04:"

_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Samples(msgspec.Struct, frozen=True):
    """Makes examples; knows the enums and nested types of every entity."""

    enums: Mapping[str, Enum]
    structs: Mapping[str, Struct]

    @staticmethod
    def of(backend: Backend) -> Samples:
        """Return the examples for a backend."""
        return Samples(
            enums={enum.go: enum for entity in backend.entities for enum in entity.enums},
            structs={struct.go: struct for entity in backend.entities for struct in entity.structs},
        )

    def value(self, kind: Type, label: str, number: int) -> object:
        """Return an example that ``label`` and ``number`` set apart from the others."""
        match kind:
            case ScalarType(scalar):
                return _scalar(scalar, label, number)
            case ListType(element):
                inner = self.value(element, label, number)
                return [inner] if is_known(inner) else UNKNOWN
            case MapType(element):
                inner = self.value(element, label, number)
                return {"some key": inner} if is_known(inner) else UNKNOWN
            case NamedType(name, NamedKind.ENUM) if name in self.enums:
                return self.enums[name].values[0][1]
            case NamedType(name, NamedKind.STRUCT) if name in self.structs:
                return self._struct(self.structs[name], number)
            case _:
                return UNKNOWN

    def literal(self, kind: Type, value: object, *, pointer: bool = False) -> str:
        """Return the Go expression of a value; ``pointer`` makes one to it."""
        if pointer:
            return self._pointer(kind, value)
        match kind:
            case ScalarType(scalar):
                return _scalar_literal(scalar, value)
            case ListType(element) if isinstance(value, list):
                items = ", ".join(self._element(element, item) for item in value)
                return f"{golang.go_type(kind, package='model')}{{{items}}}"
            case MapType(element) if isinstance(value, dict):
                items = ", ".join(
                    f"{golang.string_literal(key)}: {self._element(element, item)}"
                    for key, item in value.items()
                )
                return f"{golang.go_type(kind, package='model')}{{{items}}}"
            case NamedType(name, NamedKind.ENUM):
                constants = {text: go for go, text in self.enums[name].values} if name in self.enums else {}
                known = constants.get(str(value))
                return f"model.{known}" if known else f"model.{name}({golang.string_literal(str(value))})"
            case _:
                return golang.go_type(kind, package="model") + self._members(kind, value)

    def _pointer(self, kind: Type, value: object) -> str:
        plain = self.literal(kind, value)
        if isinstance(kind, ScalarType) and kind.scalar in _TYPED:
            plain = f"{golang.go_type(kind)}({plain})"
        composite = isinstance(kind, ListType | MapType | GoType) or (
            isinstance(kind, NamedType) and kind.kind is not NamedKind.ENUM
        )
        return f"&{plain}" if composite else f"new({plain})"

    def _element(self, kind: Type, value: object) -> str:
        """Return an element as gofmt -s writes it: composite literals without their type."""
        plain = self.literal(kind, value)
        if plain.endswith("}") and not isinstance(kind, ScalarType):
            return plain.removeprefix(golang.go_type(kind, package="model"))
        return plain

    def _struct(self, struct: Struct, number: int) -> object:
        members = {
            field.json.name: self.value(field.type, names.human(field.go), number)
            for field in struct.fields
            if not field.optional
        }
        if not all(is_known(value) for value in members.values()):
            return UNKNOWN
        absent = {
            field.json.name: None for field in struct.fields if field.optional and not field.json.omitempty
        }
        return members | absent

    def _members(self, kind: Type, value: object) -> str:
        if not isinstance(kind, NamedType) or not isinstance(value, dict):
            return "{}"
        fields: dict[str, Field] = {field.json.name: field for field in self.structs[kind.name].fields}
        return (
            "{"
            + ", ".join(
                f"{fields[name].go}: {self.literal(fields[name].type, item)}"
                for name, item in value.items()
                if item is not None
            )
            + "}"
        )


def is_known(value: object) -> bool:
    """Report whether there is an example."""
    return value is not UNKNOWN


def text(value: object) -> str:
    """Return a scalar as it stands in a path, a query or a header."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def document(value: object, indent: int) -> str:
    """Return the Go literal of a JSON document, one member a line where it is long."""
    whole = _compact(value)
    if len(whole) <= _LINE or not isinstance(value, dict):
        return golang.raw_literal(whole)
    tabs = "\t" * indent
    lines = [f"{tabs}\t{_compact(key)}: {_compact(item)}" for key, item in value.items()]
    pretty = "{\n" + ",\n".join(lines) + f"\n{tabs}}}"
    return f"`{pretty}`" if "`" not in pretty else golang.string_literal(whole)


def _compact(value: object) -> str:
    return _COMPACT(value)


def _whole(_label: str, number: int) -> object:
    return 10 + number


def _fraction(_label: str, number: int) -> object:
    return 10.5 + number


# What sets an example apart, by its scalar; a text is one of none of these.
_EXAMPLES: Mapping[Scalar, Callable[[str, int], object]] = {
    Scalar.BOOL: lambda _label, _number: True,
    Scalar.INT: _whole,
    Scalar.INT32: _whole,
    Scalar.INT64: _whole,
    Scalar.FLOAT32: _fraction,
    Scalar.FLOAT64: _fraction,
    Scalar.BYTES: lambda label, _number: base64.b64encode(f"some {label}".encode()).decode(),
    Scalar.TIME: lambda _label, number: f"{_MINUTE}{number % 60:02d}Z",
    Scalar.JSON: lambda label, _number: {"some": label},
}


def _scalar(scalar: Scalar, label: str, number: int) -> object:
    make = _EXAMPLES.get(scalar)
    return f"some {label}" if make is None else make(label, number)


def _scalar_literal(scalar: Scalar, value: object) -> str:
    match scalar:
        case Scalar.BOOL | Scalar.INT | Scalar.INT32 | Scalar.INT64 | Scalar.FLOAT32 | Scalar.FLOAT64:
            return text(value)
        case Scalar.BYTES:
            return f"[]byte({golang.string_literal(base64.b64decode(str(value)).decode())})"
        case Scalar.TIME:
            second = int(str(value).removeprefix(_MINUTE).removesuffix("Z"))
            return f"time.Date(2026, time.January, 2, 15, 4, {second}, 0, time.UTC)"
        case Scalar.JSON:
            return f"json.RawMessage({golang.raw_literal(_compact(value))})"
        case _:
            return golang.string_literal(str(value))
