"""The values that the tests of a handler send: a good body, bad fields, a change, an upstream's answer."""

from __future__ import annotations

import json
from collections.abc import Iterator

import msgspec

from chariot_gen.diagnostics import Location
from chariot_gen.model.backend import Backend
from chariot_gen.model.behaviour import DefaultKind, DeriveKind, Step
from chariot_gen.model.entity import Entity, Field
from chariot_gen.model.types import ListType, NamedKind, NamedType, Scalar, ScalarType, Type
from chariot_gen.plan import golang
from chariot_gen.plan.samples import EntitySample, Sample, invalid, valid
from chariot_gen.plan.views.handler_offers import fillers
from chariot_gen.plan.views.handler_request import writable

__all__ = [
    "BadField", "Member", "bad_fields", "batch_statuses", "body_of", "change_of", "filled_by", "mark_of",
    "spoiled",
]  # fmt: skip

_FRESH = frozenset({DefaultKind.NOW, DefaultKind.TTL, DefaultKind.GENERATE})
_LONGEST = 100_000
_TAME = frozenset({Step.LOWER, Step.UPPER, Step.TRIM})
_EXACT = frozenset({Scalar.STRING, Scalar.BOOL, Scalar.INT, Scalar.INT32, Scalar.INT64})


class BadField(msgspec.Struct, frozen=True):
    """A value, as a Go expression of JSON text, that makes a request invalid."""

    name: str
    field: str
    value: str
    origin: Location


class Member(msgspec.Struct, frozen=True):
    """One member of a JSON object: its name, its value, the object of it alone; all Go literals."""

    field: str
    value: str
    body: str


def body_of(entity: Entity, sample: EntitySample) -> str:
    """Return the JSON body of a request, one member a line."""
    members = [
        f"\t{json.dumps(field.json.name)}: {sample.fields[field.name].json}"
        for field in writable(entity)
        if field.name in sample.fields
    ]
    return "{\n" + ",\n".join(members) + "\n}" if members else "{}"


def batch_statuses(entity: Entity, sample: EntitySample) -> str:
    """Return, as Go expressions, what an item of a batch is answered each time that it is sent.

    A key that holds a fresh id is new each time; of one that holds the time nothing can be foreseen.
    """
    created, replaced = "http.StatusCreated", "http.StatusOK"
    kinds = _made_anew(entity, sample)
    if not kinds:
        return f"{created}, {replaced}"
    return f"{created}, {created}" if DefaultKind.GENERATE in kinds else created


def _made_anew(entity: Entity, sample: EntitySample) -> set[DefaultKind]:
    """Return how those parts of the key are made that the backend fills each time anew."""
    sent = {field.name for field in writable(entity)} & sample.fields.keys()
    made = {d.field: d.kind for d in entity.behaviour.defaults if d.kind in _FRESH and d.field not in sent}
    for derive in entity.behaviour.derive:
        if derive.kind is DeriveKind.NOW:
            made[derive.field] = DefaultKind.NOW
        elif derive.source in made:
            made[derive.field] = made[derive.source]
        else:
            made.pop(derive.field, None)
    return {made[name] for name in (entity.key.fields if entity.key else ()) if name in made}


def bad_fields(backend: Backend, entity: Entity) -> tuple[BadField, ...]:
    """Return every way in which one field alone makes a request invalid."""
    return tuple(bad for field in writable(entity) for bad in _bad_values(backend, entity, field))


def _bad_values(backend: Backend, entity: Entity, field: Field) -> Iterator[BadField]:
    name, is_text = field.json.name, field.type == ScalarType(Scalar.STRING)
    refused = _refused(backend, entity, field)
    if is_text and field.required and not field.optional and not _has_default(entity, field):
        yield _bad(field, f"{name} empty", golang.raw_literal('""'))
    if is_text and 0 < field.max_length <= _LONGEST:
        longer = f'strconv.Quote(strings.Repeat("x", {field.max_length + 1}))'
        yield _bad(field, f"{name} too long", longer)
    if refused is not None:
        yield _bad(field, f"{name} not allowed", golang.raw_literal(refused.json))


def _bad(field: Field, name: str, value: str) -> BadField:
    quoted = golang.string_literal
    return BadField(quoted(name), quoted(field.json.name), value, field.location)


def _has_default(entity: Entity, field: Field) -> bool:
    return any(default.field == field.name for default in entity.behaviour.defaults)


def _refused(backend: Backend, entity: Entity, field: Field) -> Sample | None:
    """Return a refused value, unless the hooks might turn it into an accepted one."""
    steps = {step for n in entity.behaviour.normalise if n.field == field.name for step, _ in n.steps}
    return invalid(backend, entity, field) if steps <= _TAME else None


def change_of(backend: Backend, entity: Entity) -> Member | None:
    """Return a valid new value of a field outside the key, or None where no field can change."""
    parts = entity.key.fields if entity.key else ()
    for field in writable(entity):
        if field.name in parts or field.store is None or field.sensitive or not _is_exact(field.type):
            continue
        first, second = (valid(backend, entity, field, variant) for variant in (0, 1))
        shown = second and (second.value or not field.json.omitempty)
        if first and second and shown and first.json != second.json and _is_plain(second.json):
            return _member(field, second)
    return None


def mark_of(entity: Entity) -> Member | None:
    """Return what marks an item as deleted, or None where a deletion removes it."""
    mark = entity.api.soft_delete if entity.api else None
    if mark is None:
        return None
    name, value = entity.field(mark.field).json.name, json.dumps(mark.value, ensure_ascii=False)
    return Member(
        field=golang.string_literal(name),
        value=golang.raw_literal(value),
        body=golang.raw_literal(f"{{{json.dumps(name)}:{value}}}"),
    )


def filled_by(backend: Backend, entity: Entity) -> Member | None:
    """Return what an outside service may answer for one field that it fills."""
    mapped = {m.field for service in fillers(entity) for call in service.calls for m in call.mappings}
    for field in entity.fields:
        if field.name not in mapped or field.store is None or field.sensitive or not _is_exact(field.type):
            continue
        sample = valid(backend, entity, field, 1) or valid(backend, entity, field)
        if sample and _is_plain(sample.json):
            return _member(field, sample)
    return None


def spoiled(backend: Backend, entity: Entity) -> str:
    """Return, as a Go literal, a JSON object whose one member no entity may have; empty if there is none."""
    for field in writable(entity):
        refused = _refused(backend, entity, field)
        if refused is not None:
            return _member(field, refused).body
    return ""


def _member(field: Field, sample: Sample) -> Member:
    return Member(
        field=golang.string_literal(field.json.name),
        value=golang.raw_literal(sample.json),
        body=golang.raw_literal(f"{{{json.dumps(field.json.name)}:{sample.json}}}"),
    )


def _is_exact(kind: Type) -> bool:
    """Report whether Go writes the value back as it was read, to the letter."""
    match kind:
        case ScalarType(scalar):
            return scalar in _EXACT
        case NamedType(kind=NamedKind.ENUM):
            return True
        case ListType(element):
            return _is_exact(element)
        case _:
            return False


def _is_plain(text: str) -> bool:
    return text.isascii() and not set(text) & set("<>&")
