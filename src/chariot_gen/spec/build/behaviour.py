"""Defaults, hooks, validity, constructors, visit and merge."""

from __future__ import annotations

from collections.abc import Iterator

from chariot_gen.model.behaviour import (
    Behaviour,
    Constructor,
    Custom,
    CustomKind,
    Default,
    DefaultKind,
    Derive,
    DeriveKind,
    Generator,
    MergePolicy,
    Normalise,
    Policy,
    Rule,
    RuleKind,
    Step,
)  # fmt: skip
from chariot_gen.spec.document import Entry, Mapping, Node, Scalar, Sequence
from chariot_gen.spec.reader import Block, constant
from chariot_gen.spec.vocabulary import behaviour as vocabulary

__all__ = ["automatic_fields", "build_behaviour"]

_AUTOMATIC = frozenset({DefaultKind.NOW, DefaultKind.TTL, DefaultKind.GENERATE})
_NAMED_RULES = {
    "nonempty": RuleKind.NONEMPTY,
    "present": RuleKind.PRESENT,
    "prefix": RuleKind.PREFIX,
    "regexp": RuleKind.PATTERN,
    "each_nonempty": RuleKind.EACH_NONEMPTY,
}


def build_behaviour(root: Block, go: str) -> Behaviour:
    """Return the behaviour of the entity with this Go name."""
    return Behaviour(
        defaults=tuple(_default(root, entry) for entry in root.entries("defaults")),
        normalise=tuple(_normalise(root, entry) for entry in root.entries("normalise")),
        derive=tuple(_derive(root, entry) for entry in root.entries("derive")),
        rules=tuple(_rules(root)),
        constructors=tuple(_constructors(root, go)),
        visit=tuple(_policy(root, entry) for entry in root.entries("visit")),
        merge=tuple(_policy(root, entry) for entry in root.entries("merge")),
        custom=tuple(_custom(root, node) for node in root.items("custom")),
    )


def automatic_fields(behaviour: Behaviour) -> frozenset[str]:
    """Return the fields that the backend itself fills, and so callers do not."""
    filled = {default.field for default in behaviour.defaults if default.kind in _AUTOMATIC}
    return frozenset(filled | {derive.field for derive in behaviour.derive})


def _default(root: Block, entry: Entry) -> Default:
    at = root.at(entry.value.place)
    if isinstance(entry.value, Mapping):
        block = root.inner(entry.value, vocabulary.DEFAULT)
        if block.has("hours"):
            return Default(entry.key, DefaultKind.TTL, hours=int(block.number("hours") or 0), location=at)
        if block.has("generate"):
            generator = Generator(block.text("generate") or Generator.UUID4)
            size = block.integer("bytes")
            return Default(entry.key, DefaultKind.GENERATE, generator=generator, size=size, location=at)
        return Default(entry.key, DefaultKind.CONSTANT, constant(block.value("const")), location=at)
    value = constant(entry.value)
    if value in ("now", "empty"):
        return Default(entry.key, DefaultKind(value), location=at)
    return Default(entry.key, DefaultKind.CONSTANT, value, location=at)


def _normalise(root: Block, entry: Entry) -> Normalise:
    items = entry.value.items if isinstance(entry.value, Sequence) else ()
    return Normalise(
        entry.key, tuple(_step(root, item) for item in items if _sound(item)), root.at(entry.place)
    )


def _step(root: Block, node: Node) -> tuple[Step, tuple[str, str] | None]:
    if isinstance(node, Mapping):
        texts = root.inner(node, vocabulary.NORMALISE.item).texts("replace")
        return Step.REPLACE, (texts[0], texts[1]) if len(texts) == 2 else ("", "")  # noqa: PLR2004 - old, new
    return Step(str(constant(node))), None


def _derive(root: Block, entry: Entry) -> Derive:
    at = root.at(entry.value.place)
    if not isinstance(entry.value, Mapping):
        value = constant(entry.value)
        kind = DeriveKind.NOW if value == "now" else DeriveKind.CONSTANT
        return Derive(entry.key, kind, "" if value == "now" else value, location=at)
    block = root.inner(entry.value, vocabulary.DERIVE)
    if block.has("from"):
        return Derive(entry.key, DeriveKind.COPY, source=block.text("from"), location=at)
    if block.has("map"):
        table = tuple((row.key, constant(row.value)) for row in block.entries("map"))
        otherwise = constant(block.value("else")) if block.has("else") else None
        return Derive(
            entry.key,
            DeriveKind.LOOKUP,
            source=block.text("of"),
            table=table,
            otherwise=otherwise,
            location=at,
        )
    return Derive(entry.key, DeriveKind.CONSTANT, constant(block.value("const")), location=at)


def _rules(root: Block) -> Iterator[Rule]:
    for item in root.items("valid"):
        if isinstance(item, Mapping):
            yield _rule(root.inner(item, vocabulary.RULE))


def _rule(block: Block) -> Rule:
    if block.has("any_of"):
        return Rule(RuleKind.ANY_OF, block.texts("any_of"), location=block.location("any_of"))
    if block.has("constant"):
        text = "true" if block.maybe_flag("constant") else "false"
        return Rule(RuleKind.CONSTANT, (), text, location=block.location("constant"))
    field = (block.text("field"),)
    if block.has("min") or block.has("max"):
        at = block.location("min" if block.has("min") else "max")
        minimum = block.number("min") if block.has("min") else None
        maximum = block.number("max") if block.has("max") else None
        return Rule(RuleKind.RANGE, field, minimum=minimum, maximum=maximum, location=at)
    if block.has("rule"):
        kind = _NAMED_RULES.get(block.text("rule"), RuleKind.NONEMPTY)
        return Rule(
            kind,
            field,
            block.text("value"),
            location=block.location("value" if block.has("value") else "rule"),
        )
    key = "regexp" if block.has("regexp") else "prefix"
    return Rule(_NAMED_RULES[key], field, block.text(key), location=block.location(key))


def _constructors(root: Block, go: str) -> Iterator[Constructor]:
    if (node := root.value("constructor")) is not None and _sound(node):
        yield _constructor(root, f"New{go}", node)
    for entry in root.entries("constructors"):
        yield _constructor(root, entry.key, entry.value)


def _constructor(root: Block, name: str, node: Node) -> Constructor:
    at = root.at(node.place)
    if isinstance(node, Mapping):
        block = root.inner(node, vocabulary.CONSTRUCTOR)
        return Constructor(name, block.texts("params"), block.text("from"), at)
    items = node.items if isinstance(node, Sequence) else ()
    return Constructor(name, tuple(item.text for item in items if isinstance(item, Scalar)), location=at)


def _policy(root: Block, entry: Entry) -> MergePolicy:
    at = root.at(entry.value.place)
    if not isinstance(entry.value, Mapping):
        return MergePolicy(entry.key, Policy(str(constant(entry.value))), location=at)
    block = root.inner(entry.value, vocabulary.POLICY)
    if block.has("unless"):
        return MergePolicy(entry.key, Policy.UNLESS, constant(block.value("unless")), at)
    return MergePolicy(entry.key, Policy.IF_SELF_SET, location=at)


def _custom(root: Block, node: Node) -> Custom:
    at = root.at(node.place)
    if isinstance(node, Mapping):
        block = root.inner(node, vocabulary.CUSTOM)
        return Custom(block.text("name"), CustomKind(block.text("kind") or CustomKind.HOOK), at)
    return Custom(str(constant(node)), CustomKind.HOOK, at)


def _sound(node: Node) -> bool:
    return not isinstance(node, Scalar) or node.value is not None
