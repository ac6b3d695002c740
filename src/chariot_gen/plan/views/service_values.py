"""Go expressions that carry a value from one type to another, for the clients of services."""

from __future__ import annotations

import msgspec

from chariot_gen.diagnostics import Diagnostic, Location
from chariot_gen.errors import SpecError
from chariot_gen.model.types import (
    ListType,
    MapType,
    NamedKind,
    NamedType,
    Scalar,
    ScalarType,
    Type,
)
from chariot_gen.plan import golang

__all__ = [
    "Statement",
    "Value",
    "assign",
    "convert",
    "duration",
    "go_type",
    "is_nilable",
    "is_pointer",
    "is_set",
    "is_textual",
    "refuse",
    "text_of",
]

_FORMATS = {
    Scalar.BOOL: "strconv.FormatBool({})",
    Scalar.INT: "strconv.Itoa({})",
    Scalar.INT32: "strconv.FormatInt(int64({}), 10)",
    Scalar.INT64: "strconv.FormatInt({}, 10)",
    Scalar.FLOAT32: "strconv.FormatFloat(float64({}), 'f', -1, 32)",
    Scalar.FLOAT64: "strconv.FormatFloat({}, 'f', -1, 64)",
    Scalar.TIME: "{}.UTC().Format(time.RFC3339)",
}
_NILABLE = frozenset({Scalar.BYTES, Scalar.JSON, Scalar.ANY})
# Only conversions that lose nothing on a 64-bit platform: a linter refuses the others with reason.
_CONVERSIONS = frozenset(
    (ScalarType(source), ScalarType(target))
    for source, target in (
        (Scalar.INT, Scalar.INT64),
        (Scalar.INT64, Scalar.INT),
        (Scalar.INT32, Scalar.INT),
        (Scalar.INT32, Scalar.INT64),
        (Scalar.INT32, Scalar.FLOAT64),
        (Scalar.INT, Scalar.FLOAT64),
        (Scalar.FLOAT32, Scalar.FLOAT64),
    )
)
_STRING = ScalarType(Scalar.STRING)
_UNITS = ((3_600_000, "time.Hour"), (60_000, "time.Minute"), (1000, "time.Second"), (1, "time.Millisecond"))


class Statement(msgspec.Struct, frozen=True):
    """One statement, inside ``guard { … }`` if there is a guard."""

    text: str
    guard: str = ""
    origin: Location | None = None


class Value(msgspec.Struct, frozen=True):
    """A Go expression with its type; a ``pointer`` may be nil."""

    text: str
    type: Type
    pointer: bool = False


def is_nilable(kind: Type) -> bool:
    """Report whether nil is a value of the type, so that absence needs no pointer."""
    return isinstance(kind, ListType | MapType) or (isinstance(kind, ScalarType) and kind.scalar in _NILABLE)


def is_pointer(kind: Type, *, optional: bool) -> bool:
    """Report whether an optional value of a client's type is held by a pointer."""
    return optional and not is_nilable(kind)


def is_textual(kind: Type) -> bool:
    """Report whether a value is text that its sender chooses, as opposed to a number's."""
    return kind == _STRING or (isinstance(kind, NamedType) and kind.kind is NamedKind.ENUM)


def go_type(kind: Type, *, optional: bool) -> str:
    """Return the spelling in package service."""
    return golang.go_type(kind, optional=is_pointer(kind, optional=optional), package="model")


def text_of(expression: str, kind: Type, location: Location | None) -> str:
    """Return the expression of a value's text in a path, a query or a header."""
    if kind == _STRING:
        return expression
    if is_textual(kind):
        return f"string({expression})"
    if isinstance(kind, ScalarType) and kind.scalar in _FORMATS:
        # A method is called through the pointer; everything else takes the value.
        operand = expression.removeprefix("*") if kind.scalar is Scalar.TIME else expression
        return _FORMATS[kind.scalar].format(operand)
    raise refuse(location, f"a {golang.go_type(kind)} cannot stand in a path, a query or a header")


def is_set(value: Value) -> str:
    """Return the condition under which a value is not empty, or nothing where it cannot be said."""
    if value.pointer or is_nilable(value.type):
        return f"{value.text} != nil"
    if is_textual(value.type):
        return f'{value.text} != ""'
    if not isinstance(value.type, ScalarType):
        return ""
    if value.type.scalar is Scalar.TIME:
        return f"!{value.text}.IsZero()"
    return value.text if value.type.scalar is Scalar.BOOL else f"{value.text} != 0"


def convert(value: Value, target: Value, location: Location | None) -> str:
    """Return ``value`` as an expression of the target's type; a nil pointer is the caller's to exclude."""
    if value.type == target.type:
        if value.pointer == target.pointer:
            return value.text
        return f"&{value.text}" if target.pointer else f"*{value.text}"
    plain = f"*{value.text}" if value.pointer else value.text
    converted = f"{_conversion(value.type, target.type, location)}({plain})"
    return f"new({converted})" if target.pointer else converted


def assign(target: Value, value: Value, location: Location | None, *, optional: bool) -> Statement:
    """Return the assignment, which leaves the target alone while an optional value is absent."""
    condition = is_set(value) if optional else ""
    guard = f"if {condition}" if condition else ""
    return Statement(f"{target.text} = {convert(value, target, location)}", guard, location)


def _conversion(source: Type, target: Type, location: Location | None) -> str:
    if is_textual(source) and is_textual(target):
        return golang.go_type(target, package="model")
    if (source, target) in _CONVERSIONS:
        return golang.go_type(target)
    raise refuse(location, f"a {golang.go_type(source)} does not fit into a {golang.go_type(target)}")


def duration(milliseconds: int) -> str:
    """Return a duration in the largest unit that divides it: 90000 ⇒ ``90 * time.Second``."""
    for size, unit in _UNITS:
        if milliseconds % size == 0 and milliseconds >= size:
            count = milliseconds // size
            return unit if count == 1 else f"{count} * {unit}"
    return "0"


def refuse(location: Location | None, message: str) -> SpecError:
    """Return the error for what the rules of the spec let through by mistake."""
    place = location or Location("specs")
    return SpecError([Diagnostic(place, message, remedy="give both sides the same type")])
