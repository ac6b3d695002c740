"""What the contract ``chariot`` can serve, and how items are marked as deleted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from chariot_gen.diagnostics import Location
from chariot_gen.model.api import Api, Contract, Operation, SoftDelete
from chariot_gen.model.behaviour import Rule, RuleKind
from chariot_gen.model.entity import Entity, Field
from chariot_gen.model.types import ScalarType
from chariot_gen.spec.formats import FIELD_NAME
from chariot_gen.spec.problems import remedy_for
from chariot_gen.spec.reader import Block
from chariot_gen.spec.rules.fit import constant_flaw, is_enum
from chariot_gen.spec.rules.subject import Subject, World
from chariot_gen.spec.types import UNKNOWN, spell

__all__ = ["check_contract", "check_shared_names", "check_soft_delete"]

_OWN_PATHS = ("docs", "healthz", "my", "token")
_OF_A_FUNCTION = ("memory", "timeout", "concurrency")
_OF_REST = (Operation.REFRESH, Operation.BATCH)
_BOTH = f"write `contract: {Contract.BOTH}`"
_OTHER = {"plural": "set another `names.plural`", "label": "set other `labels` in one of the two"}
# A member of every answer, beside the items under their plural.
_OFFSET = "offset"


def check_contract(subject: Subject, _world: World) -> None:
    """Complain about what the contract ``chariot`` has no form for."""
    api, block = subject.entity.api, subject.root.block("api")
    if api is None or block is None:
        return
    if not api.is_chariot:
        if block.has("answer"):
            message = "`answer` is about the contract chariot, this API is served under rest alone"
            subject.complain(block.location("answer"), message, f"drop it, or {_BOTH}")
        return
    _check_names(subject, api)
    if not api.is_rest:
        _check_alone(subject, api, block)


def check_soft_delete(subject: Subject, world: World) -> None:
    """Complain about a mark of deletion that cannot be set, or would not last."""
    api, block = subject.entity.api, subject.root.block("api")
    if api is None or block is None or api.soft_delete is None:
        return
    if api.endpoint(Operation.DELETE) is None:
        message = "the API offers no delete"
        subject.complain(block.location("soft_delete"), message, "add delete, or drop `soft_delete`")
    name = api.soft_delete.field
    place = next(entry.place for entry in block.entries("soft_delete"))
    field = subject.fields.get(name)
    if field is None:
        if FIELD_NAME.matches(name):
            message = f"`soft_delete` names `{name}`, which is no field"
            subject.complain(place, message, remedy_for(name, subject.fields))
    elif problem := _unfit(subject.entity, field):
        message = f"`{name}` cannot say that an item is deleted: {problem}"
        subject.complain(place, message, "use another field")
    elif flaw := constant_flaw(api.soft_delete.value, field, world) or _refused(subject, api.soft_delete):
        subject.complain(api.soft_delete.location, *flaw)


def check_shared_names(subjects: Sequence[Subject]) -> None:
    """Complain about entities that one answer, or one query, of the contract could not tell apart."""
    owners: dict[tuple[str, str], Subject] = {}
    for subject in subjects:
        for what, name, at in _told_apart_by(subject.entity):
            other = owners.setdefault((what, name), subject)
            if other is not subject:
                message = (
                    f"the {what} `{name}` is that of {other.entity.names.go} too ({other.entity.location})"
                )
                subject.complain(at, f"under the contract chariot, {message}", _OTHER[what])


def _told_apart_by(entity: Entity) -> Iterator[tuple[str, str, Location]]:
    if entity.api is not None and entity.api.is_chariot:
        yield "plural", entity.names.plural, entity.location
        yield "label", entity.label, entity.location


def _check_names(subject: Subject, api: Api) -> None:
    entity = subject.entity
    if api.chariot_path.removeprefix("/") in _OWN_PATHS:
        message = f"under the contract chariot it would be served at {api.chariot_path}, which is taken"
        subject.complain(entity.location, message, "set another `names.flat`, or serve it under rest")
    if entity.names.plural == _OFFSET:
        message = f"its plural `{_OFFSET}` is a member of every answer of the contract chariot"
        subject.complain(entity.location, message, "set another `names.plural`")


def _check_alone(subject: Subject, api: Api, block: Block) -> None:
    """Complain about what is there under the contract ``rest`` only."""
    for operation in _OF_REST:
        if api.endpoint(operation) is not None:
            message = f"the contract chariot has no {operation}"
            subject.complain(block.location("operations"), message, f"{_BOTH}, or drop {operation}")
    if api.endpoint(Operation.GET) is not None and api.endpoint(Operation.LIST) is None:
        message = "under the contract chariot items are read by GET /my, which is list"
        subject.complain(block.location("operations"), message, f"add list, or {_BOTH}")
    if block.has("path"):
        message = f"`path` is that of the contract rest; chariot serves it at {api.chariot_path}"
        subject.complain(block.location("path"), message, f"drop it, or {_BOTH}")
    if subject.entity.storage.bucket is not None:
        storage = subject.root.block("storage")
        at = storage.location("bucket") if storage else None
        subject.complain(at, "the contract chariot has no form for files", f"{_BOTH}, or drop `bucket`")
    for key in _OF_A_FUNCTION:
        if subject.root.has(key):
            message = (
                f"`{key}` is of a function of its own, and the contract chariot has one for all entities"
            )
            subject.complain(subject.root.location(key), message, f"drop it, or {_BOTH}")


def _unfit(entity: Entity, field: Field) -> str:
    """Return why a field cannot be the mark, or nothing."""
    named = {"key", "username", *(entity.key.fields if entity.key else ())}
    plain = isinstance(field.type, ScalarType) or is_enum(field.type) or field.type == UNKNOWN
    reasons = (
        (field.name in named, "it is part of the key"),
        (field.store is None, "it is not stored"),
        (field.sensitive, "it is sensitive, and nobody would see it"),
        (
            any(derive.field == field.name for derive in entity.behaviour.derive),
            "it is derived, so that the next change would overwrite it",
        ),
        (
            any(derive.source == field.name for derive in entity.behaviour.derive),
            "others are derived from it, which a deletion leaves as they are",
        ),
        (field.optional, "it is optional"),
        (not plain, f"it is {spell(field.type)}"),
    )
    return next((reason for holds, reason in reasons if holds), "")


def _refused(subject: Subject, mark: SoftDelete) -> tuple[str, str] | None:
    """Return message and remedy if ``valid`` refuses the value, which then could never be changed again."""
    for rule in subject.entity.behaviour.rules:
        if mark.field in rule.fields and not _holds(rule, mark.value):
            return f"`valid` refuses this value of `{mark.field}`", "choose a value that is valid"
    return None


def _holds(rule: Rule, value: object) -> bool:
    match rule.kind, value:
        case RuleKind.NONEMPTY, str():
            return value != ""
        case RuleKind.PREFIX, str():
            return value.startswith(rule.text)
        case RuleKind.PATTERN, str():
            return _matches(rule.text, value)
        case RuleKind.RANGE, int() | float():
            above = rule.minimum is None or value >= rule.minimum
            return above and (rule.maximum is None or value <= rule.maximum)
        case _:
            return True


def _matches(pattern: str, text: str) -> bool:
    """Report whether a pattern matches; one that Python reads otherwise than Go is let be."""
    try:
        return re.search(pattern, text) is not None
    except re.error:
        return True
