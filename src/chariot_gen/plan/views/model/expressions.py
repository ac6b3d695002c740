"""Go expressions over one field: its value, its text, whether it is set, a constant for it."""

from __future__ import annotations

from msgspec.structs import replace

from chariot_gen.model.entity import Field
from chariot_gen.model.types import ListType, MapType, NamedKind, NamedType, Scalar, ScalarType, Type
from chariot_gen.plan import golang, samples
from chariot_gen.plan.views.model.scope import Scope

__all__ = [
    "constant",
    "is_comparable",
    "is_empty",
    "is_set",
    "is_set_at",
    "is_text",
    "text",
    "typed",
    "value",
    "wrapped",
]

_NUMBERS = frozenset({Scalar.INT, Scalar.INT32, Scalar.INT64, Scalar.FLOAT32, Scalar.FLOAT64})
_SIZED = frozenset({Scalar.BYTES, Scalar.JSON})


def is_text(kind: Type) -> bool:
    """Report whether values are strings, or of a type made from string."""
    return kind == ScalarType(Scalar.STRING) or _is_enum(kind)


def value(scope: Scope, field: Field, of: str = "") -> str:
    """Return the field's value: of a pointer what it points to, or the zero value."""
    path = scope.path(field, of)
    return f"{scope.own('model/optional')}.Value({path})" if field.optional else path


def text(scope: Scope, field: Field, separator: str = "") -> str:
    """Return an expression of type string for the field's value, as it stands in a key."""
    inner = value(scope, field)
    match field.type:
        case ScalarType(Scalar.STRING):
            return inner
        case NamedType(_, NamedKind.ENUM):
            return f"string({inner})"
        case ListType():
            return f"{scope.use('strings')}.Join({inner}, {golang.string_literal(separator)})"
        case ScalarType(Scalar.INT):
            return f"{scope.use('strconv')}.Itoa({inner})"
        case ScalarType(Scalar.BOOL):
            return f"{scope.use('strconv')}.FormatBool({inner})"
        case _:
            return f"{scope.use('fmt')}.Sprint({inner})"


def is_set(scope: Scope, field: Field, of: str = "") -> str:
    """Return a condition: the field holds something other than its zero value."""
    return _condition(scope, field, scope.path(field, of), negated=False)


def is_empty(scope: Scope, field: Field, of: str = "") -> str:
    """Return a condition: the field holds its zero value."""
    return _condition(scope, field, scope.path(field, of), negated=True)


def is_set_at(scope: Scope, field: Field, path: str) -> str:
    """Return the condition for what a pointer field points to, at ``path``."""
    return _condition(scope, replace(field, optional=False), path, negated=False)


def _condition(  # noqa: PLR0911 - one return a type
    scope: Scope, field: Field, path: str, *, negated: bool
) -> str:
    unlike, bang = ("==", "!") if negated else ("!=", "")
    sized = f"len({path}) {'==' if negated else '>'} 0"
    if field.optional:
        return f"{path} {unlike} nil"
    match field.type:
        case ScalarType(Scalar.BOOL):
            return f"{bang}{path}"
        case ScalarType(Scalar.TIME):
            return f"{'' if negated else '!'}{path}.IsZero()"
        case ScalarType(scalar) if scalar in _NUMBERS:
            return f"{path} {unlike} 0"
        case ScalarType(Scalar.ANY):
            return f"{path} {unlike} nil"
        case ScalarType(Scalar.STRING) | NamedType(_, NamedKind.ENUM):
            return f'{path} {unlike} ""'
        case ScalarType() | ListType() | MapType():
            return sized
        case _:
            return f"{'' if negated else '!'}{scope.use('reflect')}.ValueOf({path}).IsZero()"


def constant(scope: Scope, field: Field, constant_value: object) -> str:
    """Return the Go expression of a constant of the field's type."""
    sample = samples.sample_of(scope.backend, field, constant_value, package=scope.package)
    scope.imports.update(sample.imports)
    return sample.plain


def wrapped(field: Field, expression: str) -> str:
    """Return the expression as the field takes it: a pointer to it for an optional field."""
    return f"new({expression})" if field.optional else expression


def typed(scope: Scope, field: Field, literal: str) -> str:
    """Return a literal as the field takes it; inside ``new`` it must keep the field's type."""
    narrow = field.type in (ScalarType(Scalar.INT64), ScalarType(Scalar.INT32), ScalarType(Scalar.FLOAT32))
    if field.optional and narrow:
        return f"new({scope.type_of(field, optional=False)}({literal}))"
    return wrapped(field, literal)


def is_comparable(kind: Type) -> bool:
    """Report whether two values can be compared with ``==``, as far as the spec tells."""
    match kind:
        case ScalarType(scalar):
            return scalar not in _SIZED and scalar is not Scalar.ANY
        case NamedType(_, named):
            return named is NamedKind.ENUM
        case _:
            return False


def _is_enum(kind: Type) -> bool:
    return isinstance(kind, NamedType) and kind.kind is NamedKind.ENUM
