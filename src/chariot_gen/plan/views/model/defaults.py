"""``Defaulted``: the values before anything is known."""

from __future__ import annotations

from chariot_gen.model.behaviour import CustomKind, Default, DefaultKind, Generator
from chariot_gen.model.entity import Field
from chariot_gen.model.types import Scalar, ScalarType
from chariot_gen.plan.views.model import expressions
from chariot_gen.plan.views.model.scope import Scope

__all__ = ["default_lines", "now"]

_STRING = ScalarType(Scalar.STRING)


def default_lines(scope: Scope, embedded: tuple[str, ...]) -> tuple[str, ...]:
    """Return the statements of ``Defaulted``; ``embedded`` names the mixins that have one too."""
    defaults = scope.entity.behaviour.defaults
    moments = [
        d for d in defaults if d.kind is DefaultKind.NOW and scope.entity.field(d.field).type == _STRING
    ]
    shared = "now" if len(moments) > 1 and scope.variable != "now" else ""
    lines = [f"{scope.variable}.{name}.Defaulted()" for name in embedded]
    if shared:
        lines.append("now := Now()")
    for default in defaults:
        field = scope.entity.field(default.field)
        lines.append(f"{scope.path(field)} = {_expression(scope, field, default, shared)}")
    lines += [
        f"{scope.variable}.{custom.name}()"
        for custom in scope.entity.behaviour.custom
        if custom.kind is CustomKind.DEFAULT
    ]
    return tuple(lines)


def now(scope: Scope, field: Field) -> str:
    """Return the present moment as the field takes it: a time, or its text."""
    return "Now()" if field.type == _STRING else f"{scope.use('time')}.Now().UTC()"


def _expression(scope: Scope, field: Field, default: Default, shared: str) -> str:
    match default.kind:
        case DefaultKind.CONSTANT:
            return expressions.typed(scope, field, expressions.constant(scope, field, default.value))
        case DefaultKind.NOW:
            moment = shared if shared and field.type == _STRING else now(scope, field)
            return expressions.wrapped(field, moment)
        case DefaultKind.TTL:
            return expressions.wrapped(field, _expiry(field, default.hours))
        case DefaultKind.GENERATE:
            return expressions.wrapped(field, _generated(scope, default))
        case DefaultKind.EMPTY:
            literal = f"{scope.type_of(field, optional=False)}{{}}"
            return f"&{literal}" if field.optional else literal


def _expiry(field: Field, hours: int) -> str:
    return f"Future({hours})" if field.type == ScalarType(Scalar.INT64) else f"int(Future({hours}))"


def _generated(scope: Scope, default: Default) -> str:
    identifier = scope.own("model/identifier")
    match default.generator:
        case Generator.UUID4:
            return f"{identifier}.UUID4()"
        case Generator.UUID7:
            return f"{identifier}.UUID7()"
        case _:
            return f"{identifier}.Base32({default.size})"
