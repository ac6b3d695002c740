"""What the spec demands of one field's value, and whether a given value meets it."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from chariot_gen.model.behaviour import Rule, RuleKind, Step
from chariot_gen.model.entity import Entity, Field, Kind
from chariot_gen.model.key import Literal, OptionalSegment, Placeholder, Transform
from chariot_gen.model.types import ListType, MapType, ScalarType
from chariot_gen.plan.memo import remembered
from chariot_gen.plan.samples.room import longest_text

__all__ = ["Constraints", "constraints_of", "excludes_hash", "matches", "normalised", "rejects"]

_UNTRANSLATABLE = re.compile(r"\[\[:|\\[pPCQEz]")


class Constraints(msgspec.Struct, frozen=True):
    """The demands on a field, gathered from its type, its rules and its place in the key."""

    allowed: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    minimum: int | float | None = None
    maximum: int | float | None = None
    max_length: int = 0
    nonempty: bool = False
    excludes_hash: bool = False

    def accepts_text(self, text: str) -> bool:
        """Report whether a string is certain to be accepted; False where that cannot be shown."""
        return (
            text.isprintable()
            and (text != "" or not self.nonempty)
            and (not self.max_length or len(text) <= self.max_length)
            and (not self.allowed or text in self.allowed)
            and all(text.startswith(prefix) for prefix in self.prefixes)
            and all(matches(pattern, text) for pattern in self.patterns)
            and not (self.excludes_hash and "#" in text)
        )

    def accepts_number(self, number: float) -> bool:
        """Report whether a number lies within the bounds."""
        return (
            (self.minimum is None or number >= self.minimum)
            and (self.maximum is None or number <= self.maximum)
            and (number != 0 or not self.nonempty)
        )


@remembered
def constraints_of(entity: Entity, field: Field) -> Constraints:
    """Gather everything that ``Validate`` will hold against one field."""
    rules = [rule for rule in entity.behaviour.rules if field.name in rule.fields]
    bounds = [rule for rule in rules if rule.kind is RuleKind.RANGE]
    demanded = field.required or any(rule.kind is not RuleKind.RANGE for rule in rules)
    return Constraints(
        allowed=field.enum,
        prefixes=_texts(rules, RuleKind.PREFIX),
        patterns=_texts(rules, RuleKind.PATTERN),
        minimum=max((rule.minimum for rule in bounds if rule.minimum is not None), default=None),
        maximum=min((rule.maximum for rule in bounds if rule.maximum is not None), default=None),
        max_length=longest_text(entity, field),
        nonempty=demanded or _in_key(entity, field),
        excludes_hash=excludes_hash(entity, field),
    )


def excludes_hash(entity: Entity, field: Field) -> bool:
    """
    Report whether ``#`` in the field would make two keys out of one.

    The last placeholder may hold anything, and so may a field that is a key itself:
    an end of a relationship, or one whose prefix is ``#``.
    """
    if field.enum or _is_key_itself(entity, field) or not isinstance(_leaf(field), ScalarType):
        return False
    earlier = _placeholders(entity)[:-1]
    return any(field.name in part.fields and part.transform is not Transform.KEBAB for part in earlier)


def matches(pattern: str, text: str) -> bool:
    """Report whether an RE2 pattern certainly matches."""
    return _search(pattern, text) is True


def rejects(pattern: str, text: str) -> bool:
    """Report whether an RE2 pattern certainly does not match."""
    return _search(pattern, text) is False


@lru_cache(maxsize=512)
def _search(pattern: str, text: str) -> bool | None:
    """Try a pattern; None for syntax that Python does not read as Go does."""
    if _UNTRANSLATABLE.search(pattern):
        return None
    try:
        return re.search(pattern, text, re.ASCII) is not None
    except re.error:
        return None


def normalised(entity: Entity, field: Field, text: str) -> str:
    """Return the text as the entity's hooks leave it."""
    for normalise in entity.behaviour.normalise:
        if normalise.field == field.name:
            for step, arguments in normalise.steps:
                text = _apply(step, arguments, text)
    return text


def _apply(step: Step, arguments: tuple[str, str] | None, text: str) -> str:
    match step:
        case Step.LOWER:
            return text.lower()
        case Step.UPPER:
            return text.upper()
        case Step.TRIM:
            return text.strip()
        case Step.KEBAB:
            return kebab(text)
        case Step.REPLACE:
            old, new = arguments or ("", "")
            return text.replace(old, new)


def kebab(text: str) -> str:
    """Return lower-case words joined by dashes, as the emitted ``text.Kebab`` does."""
    spaced = "".join(character if character.isalnum() else " " for character in text.lower())
    return "-".join(spaced.split())


def _texts(rules: list[Rule], kind: RuleKind) -> tuple[str, ...]:
    return tuple(rule.text for rule in rules if rule.kind is kind)


def _leaf(field: Field) -> object:
    kind = field.type
    return kind.element if isinstance(kind, ListType) else kind.value if isinstance(kind, MapType) else kind


def _placeholders(entity: Entity) -> list[Placeholder]:
    if entity.key is None:
        return []
    pieces: list[Literal | Placeholder] = []
    for part in entity.key.parts:
        pieces.extend(part.parts if isinstance(part, OptionalSegment) else (part,))
    return [piece for piece in pieces if isinstance(piece, Placeholder)]


def _in_key(entity: Entity, field: Field) -> bool:
    return any(field.name in placeholder.fields for placeholder in _placeholders(entity))


def _is_key_itself(entity: Entity, field: Field) -> bool:
    if entity.kind is Kind.RELATIONSHIP and field.name in ("source", "target"):
        return True
    return any(
        rule.kind is RuleKind.PREFIX and rule.text.startswith("#") and field.name in rule.fields
        for rule in entity.behaviour.rules
    )
