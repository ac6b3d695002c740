"""A whole entity's samples, and the key that they build."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from chariot_gen.model.backend import Backend
from chariot_gen.model.behaviour import DefaultKind, Rule, RuleKind
from chariot_gen.model.entity import Entity, Field
from chariot_gen.model.key import Key, Literal, OptionalSegment, Placeholder, Transform
from chariot_gen.model.types import Scalar, ScalarType
from chariot_gen.plan.memo import remembered
from chariot_gen.plan.samples.constraints import kebab, matches
from chariot_gen.plan.samples.fields import Sample, valid

__all__ = ["EntitySample", "entity_sample", "key_of"]


class EntitySample(msgspec.Struct, frozen=True):
    """
    Samples by field name, for every field that a caller may set.

    ``is_valid`` says that an entity with these values, defaults and hooks applied,
    certainly passes ``Validate``. ``key`` is its key, or None where part of the key
    is made at run time.
    """

    fields: Mapping[str, Sample]
    is_valid: bool
    key: str | None


@remembered
def entity_sample(
    backend: Backend, entity: Entity, variant: int = 0, *, package: str = "model"
) -> EntitySample:
    """Return samples for every field that neither the key, a default nor a hook sets."""
    made = _made(entity)
    samples: dict[str, Sample] = {}
    for field in entity.fields:
        if field.name == "key" or field.name in made:
            continue
        sample = valid(backend, entity, field, variant, package=package)
        sample = sample or valid(backend, entity, field, package=package)
        if sample is not None:
            samples[field.name] = sample
    values = {name: sample.value for name, sample in samples.items()}
    key = key_of(entity, values)
    return EntitySample(samples, _is_valid(entity, samples, key), key)


def key_of(entity: Entity, values: Mapping[str, object]) -> str | None:
    """Return the key that the hooks build, or None where a part is generated, derived or cut."""
    key = entity.key
    if key is None or _made_parts(entity, key, values):
        return None
    text = "".join(_part(entity, part, values) for part in key.parts)
    return None if 0 < key.max_length < len(text.encode()) else text


def _made(entity: Entity) -> set[str]:
    """Return the fields that hold no caller's value: generated, of the clock, or derived."""
    behaviour = entity.behaviour
    kinds = (DefaultKind.NOW, DefaultKind.TTL, DefaultKind.GENERATE)
    defaults = {default.field for default in behaviour.defaults if default.kind in kinds}
    return defaults | {derive.field for derive in behaviour.derive}


def _made_parts(entity: Entity, key: Key, values: Mapping[str, object]) -> bool:
    made = _made(entity) | {d.field for d in entity.behaviour.defaults if d.field not in values}
    return any(name in made for name in key.fields)


def _part(entity: Entity, part: Literal | Placeholder | OptionalSegment, values: Mapping[str, object]) -> str:
    match part:
        case Literal(text):
            return text
        case Placeholder():
            return _placeholder(entity, part, values)
        case OptionalSegment(parts):
            placeholders = [piece for piece in parts if isinstance(piece, Placeholder)]
            filled = all(any(values.get(name) for name in piece.fields) for piece in placeholders)
            return "".join(_part(entity, piece, values) for piece in parts) if filled else ""


def _placeholder(entity: Entity, part: Placeholder, values: Mapping[str, object]) -> str:
    texts = (_text(entity.field(name), values.get(name), part.separator) for name in part.fields)
    text = next((text for text in texts if text), "")
    match part.transform:
        case Transform.LOWER:
            return text.lower()
        case Transform.UPPER:
            return text.upper()
        case Transform.KEBAB:
            return kebab(text)
        case None:
            return text


def _text(field: Field, value: object, separator: str) -> str:
    if isinstance(value, list):
        return separator.join(str(item) for item in value)
    if field.type == ScalarType(Scalar.BOOL):
        return "true" if value else "false"
    if value is None:
        return "0" if isinstance(field.type, ScalarType) and field.type.scalar is not Scalar.STRING else ""
    return str(value)


def _is_valid(entity: Entity, samples: Mapping[str, Sample], key: str | None) -> bool:
    made = _made(entity)
    needed = {field.name for field in entity.fields if _must_be_set(entity, field)} - made - {"key"}
    rules = (rule for rule in entity.behaviour.rules if not _is_about_prefix(rule, entity.key))
    return needed <= set(samples) and all(_rule_holds(rule, samples, key, made) for rule in rules)


def _is_about_prefix(rule: Rule, key: Key | None) -> bool:
    """Report whether a rule asks of the key no more than the constant that it starts with anyway."""
    return (
        rule.fields == ("key",)
        and rule.kind is RuleKind.PREFIX
        and key is not None
        and key.prefix.startswith(rule.text)
    )


def _must_be_set(entity: Entity, field: Field) -> bool:
    demanded = (RuleKind.NONEMPTY, RuleKind.PRESENT, RuleKind.RANGE, RuleKind.EACH_NONEMPTY)
    ruled = any(field.name in rule.fields and rule.kind in demanded for rule in entity.behaviour.rules)
    return field.required or ruled


def _rule_holds(rule: Rule, samples: Mapping[str, Sample], key: str | None, made: set[str]) -> bool:
    if rule.kind is RuleKind.CONSTANT:
        return False
    if rule.kind is RuleKind.ANY_OF:
        return any(name in samples or name in made for name in rule.fields)
    if rule.fields == ("key",):
        return _key_holds(rule, key)
    return all(name in samples or name not in made for name in rule.fields)


def _key_holds(rule: Rule, key: str | None) -> bool:
    match rule.kind:
        case RuleKind.PATTERN:
            return key is not None and matches(rule.text, key)
        case RuleKind.PREFIX:
            return key is not None and key.startswith(rule.text)
        case _:
            return True
