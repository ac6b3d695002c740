"""Conditions that the defaults must not meet, with the clock standing still."""

from __future__ import annotations

import msgspec

from chariot_gen.model.behaviour import Default, DefaultKind
from chariot_gen.model.entity import Field
from chariot_gen.model.types import Scalar, ScalarType
from chariot_gen.plan.golang import string_literal
from chariot_gen.plan.views.model import expressions
from chariot_gen.plan.views.model.testing.common import TestScope, spelled

__all__ = ["DefaultTestView", "default_tests"]


class DefaultTestView(msgspec.Struct, frozen=True):
    """One wrong state, and the call that reports it."""

    condition: str
    failure: str


def default_tests(test: TestScope) -> tuple[DefaultTestView, ...]:
    """Return a check for every default of the spec."""
    views = []
    for default in test.scope.entity.behaviour.defaults:
        field = test.scope.entity.field(default.field)
        condition, promise = _wrong(test, field, default)
        message = string_literal(f"{field.go} = %v, want {promise}")
        views.append(
            DefaultTestView(condition, f"t.Errorf({message}, {expressions.value(test.scope, field)})")
        )
    return tuple(views)


def _wrong(test: TestScope, field: Field, default: Default) -> tuple[str, str]:
    scope = test.scope
    value = expressions.value(scope, field)
    match default.kind:
        case DefaultKind.CONSTANT:
            literal = spelled(scope, field, default.value).plain
            return f"{value} != {literal}", str(default.value).replace("%", "%%")
        case DefaultKind.NOW if field.type == ScalarType(Scalar.TIME):
            return f"!{value}.Equal({scope.use('time')}.Now())", "the present time"
        case DefaultKind.NOW:
            return f"{value} != model.Now()", "the present time"
        case DefaultKind.TTL:
            future = f"model.Future({default.hours})"
            wide = value if field.type == ScalarType(Scalar.INT64) else f"int64({value})"
            return f"{wide} != {future}", f"the time {default.hours} hours from now"
        case DefaultKind.GENERATE:
            other = value.replace(f"{scope.variable}.", "other.", 1)
            return f'{value} == "" || {value} == {other}', "a new one every time"
        case DefaultKind.EMPTY:
            return f"{scope.path(field)} == nil", "empty and not nil"
