"""Defaults, normalisations, derivations and rules fit the types of their fields."""

from __future__ import annotations

from chariot_gen.model.api import Operation
from chariot_gen.model.behaviour import Default, DefaultKind, Derive, DeriveKind, Rule, RuleKind
from chariot_gen.model.entity import Entity, Field
from chariot_gen.model.types import ListType, MapType, Scalar, ScalarType
from chariot_gen.spec import document
from chariot_gen.spec.document import Mapping
from chariot_gen.spec.rules.fit import INTEGERS, can_be_empty, constant_flaw, is_number, is_text
from chariot_gen.spec.rules.subject import Subject, World
from chariot_gen.spec.types import STRING, UNKNOWN, spell

__all__ = [
    "check_defaults",
    "check_derivations",
    "check_normalisations",
    "check_rules",
    "check_transient",
]

_TIME = ScalarType(Scalar.TIME)
_UNIX = (ScalarType(Scalar.INT64), ScalarType(Scalar.INT), UNKNOWN)
_CLOCK = (STRING, _TIME, UNKNOWN)
# What the rules that compare with a text compare with, for example.
_WITH_A_VALUE = {"prefix": '"#"', "regexp": '"^[a-z]+$"'}


def check_defaults(subject: Subject, world: World) -> None:
    """Complain about defaults that their fields cannot have."""
    for default in subject.entity.behaviour.defaults:
        field = subject.fields.get(default.field)
        if field is not None:
            _check_default(subject, default, field, world)


def check_normalisations(subject: Subject, _world: World) -> None:
    """Complain about steps on fields that hold no text."""
    for normalise in subject.entity.behaviour.normalise:
        field = subject.fields.get(normalise.field)
        if field is not None and field.type not in (STRING, UNKNOWN):
            message = f"`{field.name}` is no text but {spell(field.type)}, so it has no normal form"
            subject.complain(normalise.location, message, "normalise fields of type string")


def check_derivations(subject: Subject, world: World) -> None:
    """Complain about derivations that yield no value of their field."""
    for derive in subject.entity.behaviour.derive:
        field = subject.fields.get(derive.field)
        if field is not None:
            _check_derivation(subject, derive, field, world)


def check_rules(subject: Subject, _world: World) -> None:
    """Complain about rules that lack what they compare with, or do not apply to the type of their field."""
    for node in subject.root.items("valid"):
        if isinstance(node, Mapping):
            _check_value(subject, node)
    for rule in subject.entity.behaviour.rules:
        for name in rule.fields:
            field = subject.fields.get(name)
            if field is not None and field.type != UNKNOWN:
                _check_rule(subject, rule, field)


def _check_default(subject: Subject, default: Default, field: Field, world: World) -> None:
    at = default.location
    if default.kind is DefaultKind.CONSTANT:
        _check_constant(subject, default, field, world)
    elif default.kind is DefaultKind.NOW and field.type not in _CLOCK:
        remedy = "make it a string or a time, or write {const: now} for the word"
        subject.complain(at, f"`{field.name}` cannot be now: it is {spell(field.type)}", remedy)
    elif default.kind is DefaultKind.TTL and field.type not in _UNIX:
        message = f"`{field.name}` cannot expire: it is {spell(field.type)}"
        subject.complain(at, message, "make it an int64 (Unix seconds)")
    elif default.kind is DefaultKind.GENERATE and field.type not in (STRING, UNKNOWN):
        message = f"`{field.name}` cannot be generated: it is {spell(field.type)}"
        subject.complain(at, message, "make it a string")
    elif (
        default.kind is DefaultKind.EMPTY
        and not isinstance(field.type, ListType | MapType)
        and field.type != UNKNOWN
    ):
        message = f"`{field.name}` has no empty value to make: it is {spell(field.type)}"
        subject.complain(at, message, "drop it, or write {const: empty} for the word")


def _check_constant(subject: Subject, item: Default | Derive, field: Field, world: World) -> None:
    if (found := constant_flaw(item.value, field, world)) is not None:
        subject.complain(item.location, *found)


def _check_derivation(subject: Subject, derive: Derive, field: Field, world: World) -> None:
    source = subject.fields.get(derive.source)
    if derive.kind is DeriveKind.CONSTANT:
        _check_constant(subject, derive, field, world)
    elif derive.kind is DeriveKind.NOW and field.type not in _CLOCK:
        message = f"`{field.name}` cannot be now: it is {spell(field.type)}"
        subject.complain(derive.location, message, "make it a string or a time")
    elif derive.kind is DeriveKind.COPY and source is not None and UNKNOWN not in (source.type, field.type):
        if source.type != field.type:
            message = f"`{field.name}` is {spell(field.type)}, `{source.name}` is {spell(source.type)}"
            subject.complain(derive.location, message, "give them one type")
        elif source.sensitive and not field.sensitive:
            message = f"`{field.name}` would give away `{source.name}`, which is sensitive"
            subject.complain(derive.location, message, "make both sensitive")
    elif derive.kind is DeriveKind.LOOKUP:
        _check_lookup(subject, derive, field, source, world)


def _check_lookup(subject: Subject, derive: Derive, field: Field, source: Field | None, world: World) -> None:
    if source is not None and not is_text(source.type):
        message = f"`{source.name}` is no text but {spell(source.type)}, so no table can hold its values"
        subject.complain(derive.location, message, "look a text up")
    values = [value for _, value in derive.table]
    for value in values if derive.otherwise is None else [*values, derive.otherwise]:
        if (found := constant_flaw(value, field, world)) is not None:
            subject.complain(derive.location, *found)


def _check_rule(subject: Subject, rule: Rule, field: Field) -> None:
    found = _rule_flaw(rule, field)
    if found is not None:
        reason, remedy = found
        subject.complain(rule.location, f"the rule does not fit `{field.name}`: {reason}", remedy)


def _check_value(subject: Subject, node: Mapping) -> None:
    said = node.entry("rule")
    if said is None or not isinstance(said.value, document.Scalar):
        return
    name, value = said.value.text, node.entry("value")
    if name in _WITH_A_VALUE and value is None:
        message = f"the rule `{name}` lacks `value`"
        subject.complain(said.value.place, message, f"add it, as `value: {_WITH_A_VALUE[name]}`")
    elif name and name not in _WITH_A_VALUE and value is not None:
        message = f"the rule `{name}` takes no `value`"
        subject.complain(value.place, message, "drop it")


def _rule_flaw(rule: Rule, field: Field) -> tuple[str, str] | None:
    spelled = f"it is {spell(field.type)}"
    match rule.kind:
        case RuleKind.PREFIX | RuleKind.PATTERN if field.type != STRING:
            return spelled, "match fields of type string"
        case RuleKind.RANGE:
            return _range_flaw(rule, field)
        case RuleKind.NONEMPTY | RuleKind.ANY_OF if not can_be_empty(field):
            return (
                f"{spelled}, which is never empty",
                "bound numbers with min and max, or make the field optional",
            )
        case RuleKind.PRESENT if not field.optional:
            return "it is not optional", "make it optional, or demand `nonempty`"
        case RuleKind.EACH_NONEMPTY if field.type != ListType(STRING):
            return spelled, "use it on []string"
    return None


def _range_flaw(rule: Rule, field: Field) -> tuple[str, str] | None:
    if not is_number(field.type):
        return f"it is {spell(field.type)}", "bound numbers only; for texts there is `max_length`"
    bounds = [bound for bound in (rule.minimum, rule.maximum) if bound is not None]
    whole = isinstance(field.type, ScalarType) and field.type.scalar in INTEGERS
    if whole and any(bound != int(bound) for bound in bounds):
        return "it is a whole number, the bounds are not", "write whole numbers"
    if field.type == ScalarType(Scalar.INT32) and any(not -(2**31) <= bound < 2**31 for bound in bounds):
        return "the bounds do not fit into an int32", "make it an int64"
    if rule.minimum is not None and rule.maximum is not None and rule.minimum > rule.maximum:
        return "min is above max", "swap them"
    return None


def check_transient(subject: Subject, _world: World) -> None:
    """Complain about fields that a refresh finds empty, because they are not stored, and then refuses."""
    entity = subject.entity
    if entity.api is None or entity.api.endpoint(Operation.REFRESH) is None:
        return
    derived = {derive.field for derive in entity.behaviour.derive}
    for field in entity.fields:
        if field.transient and field.name not in derived and _refuses_empty(entity, field):
            message = f"`{field.name}` is not stored, so a refresh finds it empty, which is refused"
            subject.complain(field.location, message, "store it, or let it be empty")


def _refuses_empty(entity: Entity, field: Field) -> bool:
    if field.required and field.type != ScalarType(Scalar.BOOL):
        return True
    return any(
        _rule_refuses_empty(rule, field) for rule in entity.behaviour.rules if field.name in rule.fields
    )


def _rule_refuses_empty(rule: Rule, field: Field) -> bool:
    match rule.kind:
        case RuleKind.NONEMPTY | RuleKind.PRESENT:
            return True
        case RuleKind.PREFIX | RuleKind.PATTERN:
            return not field.optional
        case RuleKind.RANGE:
            return not field.optional and ((rule.minimum or 0) > 0 or (rule.maximum or 0) < 0)
        case _:
            return False
