"""Rows for ``Visit`` and ``Merge``: own value, other value and what comes of them, by policy."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from chariot_gen.model.behaviour import CustomKind, MergePolicy, Policy
from chariot_gen.model.entity import Field, Mixin
from chariot_gen.model.types import Scalar, ScalarType
from chariot_gen.plan import samples
from chariot_gen.plan.golang import string_literal
from chariot_gen.plan.views.model.merging import embedded_name, gated_field, mixin_named
from chariot_gen.plan.views.model.testing.common import TestScope, is_derived, literal, spelled

__all__ = ["HistoryTestView", "MergeRow", "MergeTestView", "merge_tests"]

_STRING = ScalarType(Scalar.STRING)

_Case = tuple[str, object | None, object | None, object | None]

# What each built-in mixin looks like before, in another sighting, united and replaced.
_MIXIN_LITERALS = {
    "tags": (
        'Tags{Tags: []string{"a"}}', 'Tags{Tags: []string{"b"}}', 'Tags{Tags: []string{"a", "b"}}',
    ),
    "origination": (
        'OriginationData{Origins: []string{"a"}}', 'OriginationData{Origins: []string{"b"}}',
        'OriginationData{Origins: []string{"a", "b"}}',
    ),
    "ml": ('MLProperties{Agent: "a"}', 'MLProperties{Agent: "b"}', 'MLProperties{Agent: "b"}'),
}  # fmt: skip


class MergeRow(msgspec.Struct, frozen=True):
    """One row; ``own``, ``other`` and ``want`` are composite literals."""

    name: str
    own: str
    other: str
    want: str


class HistoryTestView(msgspec.Struct, frozen=True):
    """A change that the history accepts and records; ``got`` must become ``want``."""

    own: str
    other: str
    got: str
    want: str
    records: str


class MergeTestView(msgspec.Struct, frozen=True):
    """The tests of one method."""

    method: str
    rows: tuple[MergeRow, ...]
    history: HistoryTestView | None


def merge_tests(test: TestScope) -> tuple[MergeTestView, ...]:
    """Return the tests of ``Visit`` and of ``Merge``, where the entity has them."""
    behaviour = test.scope.entity.behaviour
    methods = (("Visit", behaviour.visit, CustomKind.VISIT), ("Merge", behaviour.merge, CustomKind.MERGE))
    views = []
    for method, policies, kind in methods:
        has_custom = any(custom.kind is kind for custom in behaviour.custom)
        if policies or has_custom:
            views.append(
                MergeTestView(method, tuple(_rows(test, policies, method)), _history(test, policies))
            )
    return tuple(view for view in views if view.rows or view.history)


def _rows(test: TestScope, policies: tuple[MergePolicy, ...], method: str) -> Iterator[MergeRow]:
    named = {policy.field for policy in policies}
    for mixin in test.scope.entity.mixins:
        if mixin.builtin in _MIXIN_LITERALS and mixin.builtin not in named:
            yield _mixin_row(test, mixin, Policy.UNION if method == "Visit" else Policy.IF_SET)
    for policy in policies:
        if policy.policy is Policy.HISTORY:
            continue
        named_mixin = mixin_named(test.scope.entity, policy.field)
        if named_mixin and named_mixin.builtin in _MIXIN_LITERALS:
            yield _mixin_row(test, named_mixin, policy.policy)
        if not named_mixin:
            yield from _field_rows(test, policy)


def _field_rows(test: TestScope, policy: MergePolicy) -> Iterator[MergeRow]:
    field = test.scope.entity.field(policy.field)
    for about, own, other, want in _cases(test, field, policy):
        name = string_literal(f"{field.json.name}: {about}")
        yield MergeRow(name, *(_literal(test, field, value) for value in (own, other, want)))


def _literal(test: TestScope, field: Field, value: object | None) -> str:
    return literal(test.scope, {} if value is None else {field.name: value})


def _mixin_row(test: TestScope, mixin: Mixin, policy: Policy) -> MergeRow:
    scope = test.scope
    own, other, united = _MIXIN_LITERALS[mixin.builtin]
    want = {Policy.UNION: united, Policy.IF_SELF_EMPTY: own}.get(policy, other)
    kind, name = f"{scope.package}.{scope.entity.names.go}", embedded_name(mixin)
    return MergeRow(
        string_literal(mixin.builtin),
        *(f"{kind}{{{name}: {scope.package}.{text}}}" for text in (own, other, want)),
    )


def _cases(test: TestScope, field: Field, policy: MergePolicy) -> Iterator[_Case]:
    first, second = _two(test, field)
    if first is None or second is None:
        return
    taken: _Case = ("takes the other's", first, second, second)
    match policy.policy:
        case Policy.ALWAYS:
            yield taken
        case Policy.IF_SET:
            yield taken
            yield "keeps its own where the other has none", first, None, first
        case Policy.IF_SELF_EMPTY:
            yield "takes the other's where it has none", None, second, second
            yield "keeps its own", first, second, first
        case Policy.IF_SELF_SET:
            yield taken
            yield "stays empty", None, second, None
        case Policy.UNLESS:
            yield "keeps the exception", policy.value, second, policy.value
            if first != policy.value:
                yield taken
        case _:
            yield from _combined(field, policy, first, second)


def _combined(field: Field, policy: MergePolicy, first: object, second: object) -> Iterator[_Case]:
    match policy.policy:
        case Policy.STICKY:
            yield "stays true", True, False if field.optional else None, True
            yield "becomes true", None, True, True
        case Policy.UNION if isinstance(first, list) and isinstance(second, list):
            yield "adds what is new", first, [*first, *second], [*first, *second]
            yield "takes all where it has none", None, second, second
        case Policy.COPY_MAP if isinstance(first, dict) and isinstance(second, dict):
            own = {**first, "own": next(iter(first.values()), None)}
            yield "puts the other's entries over its own", own, second, {**own, **second}
            yield "takes all where it has none", None, second, second
            yield "stays without any", None, None, None
        case _:
            return


def _two(test: TestScope, field: Field) -> tuple[object | None, object | None]:
    """Return two values that differ; rules do not matter here, for nothing is validated."""
    backend, entity = test.scope.backend, test.scope.entity
    first = samples.valid(backend, entity, field)
    second = samples.valid(backend, entity, field, variant=1)
    if first is None or second is None or first.value == second.value:
        return None, None
    return first.value, second.value


def _history(test: TestScope, policies: tuple[MergePolicy, ...]) -> HistoryTestView | None:
    scope = test.scope
    policy = next((policy for policy in policies if policy.policy is Policy.HISTORY), None)
    mixin = mixin_named(scope.entity, "history")
    if policy is None or mixin is None:
        return None
    records = f"{scope.variable}.{embedded_name(mixin)}.History"
    field = gated_field(scope.entity, policy)
    if field is None:
        return _remark(test, records)
    first, second = _two(test, field)
    if first is None or second is None or is_derived(scope, field):
        return None
    path = scope.path(field)
    return HistoryTestView(
        own=literal(scope, {field.name: first}),
        other=literal(scope, {field.name: second}),
        got=f"*{path}" if field.optional else path,
        want=spelled(scope, field, second).plain,
        records=records,
    )


def _remark(test: TestScope, records: str) -> HistoryTestView | None:
    scope = test.scope
    if not any(field.name == "comment" and field.type == _STRING for field in scope.entity.fields):
        return None
    return HistoryTestView(
        own=literal(scope, {}),
        other=literal(scope, {"comment": "Seen again."}),
        got=f"{records}[0].Comment",
        want=string_literal("Seen again."),
        records=records,
    )
