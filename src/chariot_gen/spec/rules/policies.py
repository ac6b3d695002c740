"""Visit and merge policies fit the types of their fields."""

from __future__ import annotations

from chariot_gen.model.behaviour import MergePolicy, Policy
from chariot_gen.model.entity import Field
from chariot_gen.model.types import ListType, MapType, NamedKind, NamedType, Scalar, ScalarType
from chariot_gen.spec.problems import listing
from chariot_gen.spec.rules.fit import constant_flaw, is_comparable
from chariot_gen.spec.rules.subject import Subject, World
from chariot_gen.spec.types import STRING, UNKNOWN, spell

__all__ = ["check_policies"]

_WHOLE = frozenset({Policy.ALWAYS, Policy.IF_SET, Policy.IF_SELF_EMPTY})
_MIXIN_POLICIES = {
    "tags": _WHOLE | {Policy.UNION},
    "history": frozenset({Policy.HISTORY}),
    "origination": _WHOLE,
    "ml": _WHOLE,
}


def check_policies(subject: Subject, world: World) -> None:
    """Complain about policies that make no sense for their field or mixin."""
    behaviour = subject.entity.behaviour
    for policy in (*behaviour.visit, *behaviour.merge):
        field = subject.fields.get(policy.field)
        if field is not None:
            _check_field(subject, policy, field, world)
        elif policy.field in subject.mixins and policy.policy not in _MIXIN_POLICIES[policy.field]:
            allowed = listing(sorted(_MIXIN_POLICIES[policy.field]))
            message = f"the mixin {policy.field} cannot be treated with `{policy.policy}`"
            subject.complain(policy.location, message, f"choose from {allowed}")


def _check_field(subject: Subject, policy: MergePolicy, field: Field, world: World) -> None:
    if field.name == "key":
        message = "the key names the thing, so it never changes"
        subject.complain(policy.location, message, "drop the line")
    elif policy.policy is Policy.HISTORY and "history" not in subject.mixins:
        message = f"`{field.name}` is guarded by a history that the entity has not"
        subject.complain(policy.location, message, "add `mixins: [history]`")
    elif field.type != UNKNOWN and (wanted := _wanted(policy, field)):
        message = f"`{policy.policy}` does not fit `{field.name}`, which is {spell(field.type)}"
        subject.complain(policy.location, message, f"use it on {wanted}")
    elif policy.policy is Policy.UNLESS and (found := constant_flaw(policy.value, field, world)) is not None:
        subject.complain(policy.location, *found)


def _wanted(policy: MergePolicy, field: Field) -> str:
    """Return what the policy is for, or nothing if the field is such a one."""
    kind = field.type
    match policy.policy:
        case Policy.STICKY:
            fits, wanted = kind == ScalarType(Scalar.BOOL), "fields of type bool"
        case Policy.UNION:
            fits = isinstance(kind, ListType) and is_comparable(kind.element)
            wanted = "lists of texts, numbers or booleans"
        case Policy.COPY_MAP:
            fits, wanted = isinstance(kind, MapType), "maps"
        case Policy.HISTORY:
            fits, wanted = kind == STRING, "fields of type string"
        case Policy.UNLESS:
            fits, wanted = is_comparable(kind), "texts, numbers or booleans"
        case Policy.ALWAYS:
            fits, wanted = True, ""
        case _:
            fits = field.optional or not _has_no_zero(field)
            wanted = "optional fields, or such as have an empty value"
    return "" if fits else wanted


def _has_no_zero(field: Field) -> bool:
    if isinstance(field.type, NamedType):
        return field.type.kind is not NamedKind.ENUM
    return not isinstance(field.type, ScalarType | ListType | MapType)
