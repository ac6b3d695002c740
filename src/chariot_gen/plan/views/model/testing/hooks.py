"""Rows for the hooks: what they normalise, derive and build, and which keys they refuse."""

from __future__ import annotations

from collections.abc import Iterator

from chariot_gen.model.behaviour import Derive, DeriveKind, Normalise
from chariot_gen.model.entity import Field
from chariot_gen.model.types import NamedType
from chariot_gen.plan import samples
from chariot_gen.plan.golang import string_literal
from chariot_gen.plan.samples.constraints import normalised
from chariot_gen.plan.views.model import expressions
from chariot_gen.plan.views.model.key import required_placeholders
from chariot_gen.plan.views.model.testing.common import Row, TestScope, assigned, is_derived, typed, zero

__all__ = ["hook_rows", "refused_key_rows"]


def hook_rows(test: TestScope) -> tuple[Row, ...]:
    """Return a row for every field that a hook normalises or derives, and one for the key."""
    behaviour = test.scope.entity.behaviour
    rows: list[Row] = []
    for normalise in behaviour.normalise:
        rows.extend(_normalise(test, normalise))
    for derive in behaviour.derive:
        rows.extend(_derive(test, derive))
    if test.scope.entity.key and test.scope.entity.key.if_empty:
        kept = string_literal(f"{test.scope.entity.key.prefix}kept")
        path = f"{test.scope.variable}.Key"
        rows.append(Row(string_literal("keeps a key"), f"{path} = {kept}", path, kept))
    return tuple(rows)


def refused_key_rows(test: TestScope) -> tuple[Row, ...]:
    """Return a row for every part without which there is no key."""
    scope, key = test.scope, test.scope.entity.key
    if key is None:
        return ()
    emptied = f'{scope.variable}.Key = ""; ' if key.if_empty else ""
    rows = []
    for placeholder in required_placeholders(scope, key):
        fields = [scope.entity.field(name) for name in placeholder.fields]
        if any(is_derived(scope, field) for field in fields):
            continue
        cleared = "; ".join(f"{scope.path(field)} = {zero(scope, field)}" for field in fields)
        name = " and ".join(field.json.name for field in fields)
        rows.append(
            Row(string_literal(f"no {name}"), emptied + cleared, want=string_literal(fields[0].json.name))
        )
    return tuple(rows)


def _normalise(test: TestScope, normalise: Normalise) -> Iterator[Row]:
    scope = test.scope
    field = scope.entity.field(normalise.field)
    sample = test.sample.fields.get(field.name)
    raw = _raw(test, field, str(sample.value)) if sample and not is_derived(scope, field) else None
    if sample is None or raw is None:
        return
    name = string_literal(f"normalises {field.json.name}")
    want = string_literal(str(sample.value))
    yield Row(name, assigned(scope, field, raw), expressions.value(scope, field), want)


def _raw(test: TestScope, field: Field, text: str) -> str | None:
    """Return a text that the steps turn into the sample, if one of the obvious ones is."""
    candidates = (f" {text.upper()} ", f" {text} ", text.upper(), text.lower())
    entity = test.scope.entity
    return next((raw for raw in candidates if raw != text and normalised(entity, field, raw) == text), None)


def _derive(test: TestScope, derive: Derive) -> Iterator[Row]:
    scope = test.scope
    field = scope.entity.field(derive.field)
    name = field.json.name
    match derive.kind:
        case DeriveKind.CONSTANT:
            yield _derived(test, field, f"sets {name}", "", derive.value)
        case DeriveKind.LOOKUP:
            yield from _lookup(test, field, derive)
        case DeriveKind.COPY:
            yield from _copy(test, field, derive)
        case DeriveKind.NOW:
            return


def _lookup(test: TestScope, field: Field, derive: Derive) -> Iterator[Row]:
    scope, source = test.scope, test.scope.entity.field(derive.source)
    if is_derived(scope, source):
        return
    for text, value in derive.table:
        if normalised(scope.entity, source, text) == text:
            label = f"derives {field.json.name} from {text}"
            yield _derived(test, field, label, assigned(scope, source, text), value)
    unlisted = _unlisted(test, source, derive)
    if derive.otherwise is not None and unlisted:
        other = assigned(scope, source, unlisted)
        yield _derived(test, field, f"derives {field.json.name} from anything else", other, derive.otherwise)


def _unlisted(test: TestScope, source: Field, derive: Derive) -> str:
    """Return a value of the source that the table does not hold, empty where there is none."""
    listed = {text for text, _ in derive.table}
    kind = source.type
    enum = samples.enum_named(test.scope.backend, kind.name) if isinstance(kind, NamedType) else None
    candidates = [text for _, text in enum.values] if enum else ["no such value", "no-such-value"]
    stable = (text for text in candidates if normalised(test.scope.entity, source, text) == text)
    return next((text for text in stable if text not in listed), "")


def _copy(test: TestScope, field: Field, derive: Derive) -> Iterator[Row]:
    source = test.scope.entity.field(derive.source)
    sample = test.sample.fields.get(source.name)
    if sample and source.type == field.type and expressions.is_comparable(field.type):
        label = f"copies {source.json.name} to {field.json.name}"
        yield _derived(test, field, label, "", sample.value)


def _derived(test: TestScope, field: Field, name: str, change: str, value: object) -> Row:
    scope = test.scope
    if isinstance(value, str):
        value = normalised(scope.entity, field, value)
    return Row(string_literal(name), change, expressions.value(scope, field), typed(scope, field, value))
