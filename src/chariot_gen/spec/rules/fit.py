"""Questions about types that several rules ask."""

from __future__ import annotations

from chariot_gen.model.behaviour import Constant
from chariot_gen.model.entity import Field
from chariot_gen.model.types import GoType, ListType, MapType, NamedKind, NamedType, Scalar, ScalarType, Type
from chariot_gen.spec.rules.subject import World
from chariot_gen.spec.types import STRING, UNKNOWN, spell

__all__ = [
    "INTEGERS", "allowed_texts", "can_be_empty", "constant_flaw", "is_comparable", "is_enum",
    "is_number", "is_text",
]  # fmt: skip

INTEGERS = frozenset({Scalar.INT, Scalar.INT32, Scalar.INT64})
_FLOATS = frozenset({Scalar.FLOAT32, Scalar.FLOAT64})
_COMPARABLE = INTEGERS | _FLOATS | {Scalar.STRING, Scalar.BOOL}
_NEVER_EMPTY = INTEGERS | _FLOATS | {Scalar.BOOL}
_INT32 = 2**31


def is_enum(kind: Type) -> bool:
    """Report whether the type is declared under ``enums``."""
    return isinstance(kind, NamedType) and kind.kind is NamedKind.ENUM


def is_text(kind: Type) -> bool:
    """Report whether values are texts, of a named type or not; so may refused ones be."""
    return kind in (STRING, UNKNOWN) or is_enum(kind)


def is_number(kind: Type) -> bool:
    """Report whether values are numbers; so may those of a refused type be."""
    return kind == UNKNOWN or (isinstance(kind, ScalarType) and kind.scalar in INTEGERS | _FLOATS)


def is_comparable(kind: Type) -> bool:
    """Report whether ``==`` tells two values apart."""
    return is_text(kind) or (isinstance(kind, ScalarType) and kind.scalar in _COMPARABLE)


def can_be_empty(field: Field) -> bool:
    """Report whether a value of the field can be told from an empty one."""
    match field.type:
        case ScalarType(scalar):
            return field.optional or scalar not in _NEVER_EMPTY
        case NamedType(_, kind):
            return field.optional or kind is NamedKind.ENUM
        case GoType():
            return field.optional or field.type == UNKNOWN
        case ListType() | MapType():
            return True


def allowed_texts(field: Field, world: World) -> tuple[str, ...]:
    """Return the values that a text field is limited to, or nothing."""
    if isinstance(field.type, NamedType) and field.type.name in world.enums:
        return tuple(text for _, text in world.enums[field.type.name].values)
    return field.enum


def constant_flaw(value: Constant, field: Field, world: World) -> tuple[str, str] | None:
    """Return message and remedy if a constant is no value of the field, else None."""
    kind = field.type
    spelled = str(value).lower() if isinstance(value, bool) else str(value)
    wrong = f"`{spelled}` is no value of `{field.name}`, which is {_a(kind)}"
    if kind == UNKNOWN:
        return None
    if is_text(kind):
        if not isinstance(value, str):
            return wrong, f'put it in quotes: "{spelled}"'
        return _text_flaw(value, field, world)
    if not isinstance(kind, ScalarType):
        return wrong, "such a value cannot be a constant; set it in a `custom` method"
    return None if _fits(value, kind.scalar) else (wrong, f"write {_wanted(kind.scalar)}")


def _text_flaw(value: str, field: Field, world: World) -> tuple[str, str] | None:
    allowed = allowed_texts(field, world)
    if allowed and value not in allowed:
        return f"`{value}` is not among the values of `{field.name}`", f"choose from {', '.join(allowed)}"
    if len(value) > field.max_length > 0:
        return f"the text is longer than `{field.name}` may be", f"keep to {field.max_length} characters"
    return None


def _fits(value: Constant, scalar: Scalar) -> bool:
    if isinstance(value, bool) or scalar is Scalar.BOOL:
        return isinstance(value, bool) and scalar is Scalar.BOOL
    if scalar in INTEGERS:
        whole = isinstance(value, int)
        return whole and (scalar is not Scalar.INT32 or -_INT32 <= int(value) < _INT32)
    return scalar in _FLOATS and isinstance(value, int | float)


def _wanted(scalar: Scalar) -> str:
    if scalar is Scalar.BOOL:
        return "true or false"
    if scalar in INTEGERS:
        return "a whole number that fits"
    return "a number" if scalar in _FLOATS else "no constant here; set it in a `custom` method"


def _a(kind: Type) -> str:
    word = spell(kind)
    return f"an `{word}`" if word[0] in "aeiou" else f"a `{word}`"
