"""Plain Python values spelled as Go expressions and as JSON.

A string is a ``str``, a list a ``list``, a map or a nested type a ``dict`` by name, a
point in time its RFC 3339 text. Types that cannot be spelled (``go:`` types) have
no value: callers leave such a field out.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from datetime import datetime

from chariot_gen.model.backend import Backend
from chariot_gen.model.entity import Enum, Field, Struct
from chariot_gen.model.types import (
    GoType,
    ListType,
    MapType,
    NamedKind,
    NamedType,
    Scalar,
    ScalarType,
    Type,
)
from chariot_gen.plan.golang import go_type, string_literal, type_imports

__all__ = ["enum_named", "go_literal", "json_text", "json_value", "literal_imports", "struct_named"]

_UNTYPED = frozenset({Scalar.STRING, Scalar.BOOL, Scalar.INT, Scalar.FLOAT64})

_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def struct_named(backend: Backend, name: str) -> Struct | None:
    """Return the nested type with this Go name, from whichever entity declares it."""
    return next((s for entity in backend.entities for s in entity.structs if s.go == name), None)


def enum_named(backend: Backend, name: str) -> Enum | None:
    """Return the enum with this Go name, from whichever entity declares it."""
    return next((e for entity in backend.entities for e in entity.enums if e.go == name), None)


def go_literal(
    backend: Backend, kind: Type, value: object, *, optional: bool = False, package: str = "model"
) -> str:
    """Return a Go expression of the type, or of a pointer to it when ``optional``."""
    text = _literal(backend, kind, value, package)
    if not optional:
        return text
    if text.endswith("}") and not text.startswith("time."):
        return f"&{text}"
    if isinstance(kind, ScalarType) and kind.scalar not in _UNTYPED and "(" not in text:
        return f"new({kind.scalar.value}({text}))"
    return f"new({text})"


def _literal(backend: Backend, kind: Type, value: object, package: str) -> str:
    match kind:
        case ScalarType(scalar):
            return _scalar(scalar, value)
        case ListType(element):
            items = ", ".join(_element(backend, element, item, package) for item in _list(value))
            return f"{go_type(kind, package=package)}{{{items}}}"
        case MapType(inner):
            entries = ", ".join(
                f"{string_literal(key)}: {_element(backend, inner, item, package)}"
                for key, item in sorted(_dict(value).items())
            )
            return f"{go_type(kind, package=package)}{{{entries}}}"
        case NamedType(name, NamedKind.ENUM):
            return _constant(backend, name, str(value), package)
        case NamedType(name):
            return _struct(backend, name, _dict(value), package)
        case GoType():
            raise ValueError(f"no literal for {go_type(kind)}")


def _element(backend: Backend, kind: Type, value: object, package: str) -> str:
    """Return the literal of an element, whose type Go takes from the list or map around it."""
    text = _literal(backend, kind, value, package)
    return text.removeprefix(go_type(kind, package=package)) if text.endswith("}") else text


def _scalar(  # noqa: PLR0911 - one return a type
    scalar: Scalar, value: object
) -> str:
    match scalar:
        case Scalar.STRING:
            return string_literal(str(value))
        case Scalar.BOOL:
            return "true" if value else "false"
        case Scalar.BYTES:
            return f"[]byte({string_literal(str(value))})"
        case Scalar.JSON:
            return f"json.RawMessage({string_literal(json_compact(value))})"
        case Scalar.TIME:
            return _time(str(value))
        case Scalar.ANY:
            return string_literal(str(value))
        case Scalar.FLOAT32 | Scalar.FLOAT64:
            return repr(float(str(value)))
        case _:
            return str(value)


def _time(text: str) -> str:
    moment = datetime.fromisoformat(text)
    return (
        f"time.Date({moment.year}, time.{moment:%B}, {moment.day}, "
        f"{moment.hour}, {moment.minute}, {moment.second}, 0, time.UTC)"
    )


def _constant(backend: Backend, name: str, value: str, package: str) -> str:
    qualifier = f"{package}." if package else ""
    enum = enum_named(backend, name)
    constants = {text: constant for constant, text in enum.values} if enum else {}
    return qualifier + constants.get(value, f"{name}({string_literal(value)})")


def _struct(backend: Backend, name: str, values: Mapping[str, object], package: str) -> str:
    struct = struct_named(backend, name)
    fields = struct.fields if struct else ()
    entries = []
    for field in (field for field in fields if field.name in values):
        value = values[field.name]
        text = go_literal(backend, field.type, value, optional=field.optional, package=package)
        entries.append(f"{field.go}: {text}")
    return f"{go_type(NamedType(name, NamedKind.STRUCT), package=package)}{{{', '.join(entries)}}}"


def literal_imports(backend: Backend, kind: Type, value: object) -> set[str]:
    """Return the import paths that the Go expression of a value needs."""
    match kind:
        case ListType(element):
            found = [literal_imports(backend, element, item) for item in _list(value)]
            return type_imports(element).union(*found)
        case MapType(inner):
            found = [literal_imports(backend, inner, item) for item in _dict(value).values()]
            return type_imports(inner).union(*found)
        case NamedType(name, NamedKind.STRUCT):
            struct, values = struct_named(backend, name), _dict(value)
            fields = [field for field in (struct.fields if struct else ()) if field.name in values]
            return set().union(*(literal_imports(backend, f.type, values[f.name]) for f in fields))
        case _:
            return type_imports(kind)


def json_value(backend: Backend, kind: Type, value: object) -> object:
    """Return what ``encoding/json`` makes of the value, as plain Python data."""
    match kind:
        case ScalarType(Scalar.BYTES):
            return base64.b64encode(str(value).encode()).decode()
        case ListType(element):
            return [json_value(backend, element, item) for item in _list(value)]
        case MapType(inner):
            return {key: json_value(backend, inner, item) for key, item in sorted(_dict(value).items())}
        case NamedType(name, NamedKind.STRUCT):
            struct = struct_named(backend, name)
            return _json_fields(backend, struct.fields if struct else (), _dict(value))
        case _:
            return value


def _json_fields(
    backend: Backend, fields: tuple[Field, ...], values: Mapping[str, object]
) -> dict[str, object]:
    present = (field for field in fields if field.name in values)
    return {field.json.name: json_value(backend, field.type, values[field.name]) for field in present}


def json_text(backend: Backend, kind: Type, value: object) -> str:
    """Return the value as compact JSON text."""
    return json_compact(json_value(backend, kind, value))


def json_compact(value: object) -> str:
    """Return JSON without spaces, and with every character as it is."""
    return _COMPACT(value)


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _dict(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}
