"""Tests of the constructors: what they return for good arguments and for none."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from msgspec.structs import replace

from chariot_gen.model.behaviour import Constructor
from chariot_gen.model.entity import Field
from chariot_gen.plan import samples
from chariot_gen.plan.golang import string_literal
from chariot_gen.plan.samples import key_of
from chariot_gen.plan.views.model import expressions
from chariot_gen.plan.views.model.constructors import copied_fields
from chariot_gen.plan.views.model.key import required_placeholders
from chariot_gen.plan.views.model.testing.common import TestScope, is_derived, spelled, typed, zero

__all__ = ["ComparisonView", "ConstructorTestView", "constructor_tests"]


_COLUMNS = 80


class ComparisonView(msgspec.Struct, frozen=True):
    """One comparison: an expression, what it must be, and the text of the failure up to the values."""

    got: str
    want: str
    failure: str


class ConstructorTestView(msgspec.Struct, frozen=True):
    """One constructor's call with samples, and with zero values where that must fail."""

    name: str
    test_name: str
    arguments: str
    can_fail: bool
    comparisons: tuple[ComparisonView, ...]
    zeros: str


def constructor_tests(test: TestScope, *, can_fail: bool) -> tuple[ConstructorTestView, ...]:
    """Return a test for every constructor whose arguments have samples."""
    views = (
        _view(test, constructor, can_fail=can_fail)
        for constructor in test.scope.entity.behaviour.constructors
    )
    return tuple(view for view in views if view)


def _view(test: TestScope, constructor: Constructor, *, can_fail: bool) -> ConstructorTestView | None:
    scope = test.scope
    params = [scope.entity.field(name) for name in constructor.params]
    copied = copied_fields(scope, constructor)
    given = [*params, *(own for own, _ in copied)]
    found = {field.name: samples.valid(scope.backend, scope.entity, field) for field in given}
    values = {name: sample.value for name, sample in found.items() if sample}
    if len(values) < len(found) or not _suffices(test, given):
        return None
    source = [_source(test, constructor, copied, values)] if constructor.source else []
    arguments = [spelled(scope, field, values[field.name]).plain for field in params]
    comparisons = [
        _comparison(test, field, values[field.name]) for field in given if _is_compared(test, field)
    ]
    key = key_of(scope.entity, values)
    if key is not None:
        comparisons.append(
            ComparisonView(f"{scope.variable}.GetKey()", string_literal(key), '"key = %v, want %v"')
        )
    return ConstructorTestView(
        name=constructor.name,
        test_name=f"Test{constructor.name}",
        arguments=_wrapped((*source, *arguments)),
        can_fail=can_fail,
        comparisons=tuple(comparisons),
        zeros=_zeros(test, constructor, params, given),
    )


def _wrapped(arguments: tuple[str, ...]) -> str:
    """Return the arguments, one a line where they would be too long for one."""
    line = ", ".join(arguments)
    return line if len(line) <= _COLUMNS else "".join(f"\n\t\t{argument}," for argument in arguments) + "\n\t"


def _is_compared(test: TestScope, field: Field) -> bool:
    return expressions.is_comparable(field.type) and not is_derived(test.scope, field)


def _comparison(test: TestScope, field: Field, value: object) -> ComparisonView:
    got, want = expressions.value(test.scope, field), typed(test.scope, field, value)
    return ComparisonView(got, want, string_literal(f"{field.go} = %v, want %v"))


def _suffices(test: TestScope, given: list[Field]) -> bool:
    """Report whether these fields and the defaults fill every part of the key."""
    entity, key = test.scope.entity, test.scope.entity.key
    if key is None:
        return True
    filled = {field.name for field in given} | {default.field for default in entity.behaviour.defaults}
    filled |= {derive.field for derive in entity.behaviour.derive}
    return all(filled & set(part.fields) for part in required_placeholders(test.scope, key))


def _zeros(test: TestScope, constructor: Constructor, params: list[Field], given: list[Field]) -> str:
    """Return zero arguments, where the key cannot be built from them; empty otherwise."""
    entity, key = test.scope.entity, test.scope.entity.key
    if key is None or constructor.source or not params:
        return ""
    filled = {default.field for default in entity.behaviour.defaults} - {field.name for field in given}
    filled |= {derive.field for derive in entity.behaviour.derive}
    if all(filled & set(part.fields) for part in required_placeholders(test.scope, key)):
        return ""
    return ", ".join(_zero_argument(test, field) for field in params)


def _zero_argument(test: TestScope, field: Field) -> str:
    return zero(test.scope, replace(field, optional=False))


def _source(
    test: TestScope, constructor: Constructor, copied: list[tuple[Field, Field]], values: Mapping[str, object]
) -> str:
    scope = test.scope
    entries = []
    for own, other in copied:
        sample = samples.sample_of(scope.backend, other, values[own.name], package=scope.package)
        scope.imports.update(sample.imports)
        entries.append(f"{other.go}: {sample.go}")
    is_entity = any(entity.names.go == constructor.source for entity in scope.backend.entities)
    return f"{'&' if is_entity else ''}{scope.package}.{constructor.source}{{{', '.join(entries)}}}"
