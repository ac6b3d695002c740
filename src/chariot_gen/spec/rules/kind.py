"""What each kind of entity must have, may have and cannot have; keys, triggers and the API."""

from __future__ import annotations

from chariot_gen.model.api import Api, Operation
from chariot_gen.model.entity import Field, Kind
from chariot_gen.model.types import ListType, Scalar, ScalarType
from chariot_gen.spec.reader import Block
from chariot_gen.spec.rules.fit import INTEGERS, is_text
from chariot_gen.spec.rules.subject import Subject, World
from chariot_gen.spec.source import Place
from chariot_gen.spec.types import STRING, UNKNOWN, spell

__all__ = ["check_api", "check_infrastructure", "check_key", "check_kind", "check_relationship"]

_ONLY_FOR = {"labels": Kind.GRAPH, "relationship": Kind.RELATIONSHIP}
_NOT_FOR_PLAIN = ("api", "key", "services", "markers", "triggers")
_OF_A_FUNCTION = ("memory", "timeout", "concurrency")
_MAX_SECONDS = 900
_TAKEN_PATHS = ("healthz", "token")
_KEY_SCALARS = INTEGERS | {Scalar.STRING, Scalar.BOOL}


def check_kind(subject: Subject, _world: World) -> None:
    """Complain about blocks that the kind cannot have, and about those that it lacks."""
    kind, root = subject.entity.kind, subject.root
    if not root.text("kind"):
        return
    for block, owner in _ONLY_FOR.items():
        if root.has(block) and kind is not owner:
            message = f"`{block}` is for entities of kind {owner}, this one is {kind}"
            subject.complain(_key_place(subject, block), message, f"drop it, or write `kind: {owner}`")
    for block in _NOT_FOR_PLAIN:
        if kind is Kind.PLAIN and root.has(block):
            message = f"an entity of kind plain is a part of others and has no `{block}`"
            subject.complain(_key_place(subject, block), message, "drop it, or choose another kind")
    if kind in (Kind.GRAPH, Kind.TABLE) and not root.has("key"):
        remedy = f'add `key`, as `key: "#{subject.entity.names.flat}#{{name}}"`'
        subject.complain(subject.entity.location, f"an entity of kind {kind} needs a key", remedy)
    if kind is Kind.RELATIONSHIP and not root.has("relationship"):
        remedy = "add it, as `relationship: { label: HAS_PORT }`"
        subject.complain(
            subject.entity.location, "an entity of kind relationship needs `relationship`", remedy
        )


def check_relationship(subject: Subject, _world: World) -> None:
    """Complain about ends and labels of an edge that are no text."""
    relationship = subject.entity.relationship
    if relationship is None:
        return
    for name in ("source", "target", relationship.label_field):
        field = subject.fields.get(name)
        if field is not None and (
            field.type not in (STRING, UNKNOWN) or (field.optional and not relationship.label_field)
        ):
            message = f"`{name}` tells what the edge is, so it is a plain string"
            subject.complain(field.location, message, "drop its `type` and `optional`")


def check_key(subject: Subject, _world: World) -> None:
    """Complain about a key that is not one text for one thing."""
    key, root = subject.entity.key, subject.root
    if key is None or not root.has("key"):
        return
    options = root.block("key")
    at = options.location("template") if options else root.location("key")
    for name in key.fields:
        field = subject.fields.get(name)
        if field is not None and (found := _part_flaw(field)) is not None:
            place = subject.problems.within(at, key.template, max(key.template.find(name), 0), len(name))
            subject.complain(place, *found)
    if options is not None and key.truncate:
        where = options.location("truncate")
        if not key.max_length:
            subject.complain(where, "`truncate` has no `max` to fit", "add `max`, as `max: 1024`")
        elif key.truncate in subject.fields and key.truncate not in key.fields:
            subject.complain(where, f"`{key.truncate}` is not in the key", "truncate a field of the template")


def check_api(subject: Subject, _world: World) -> None:
    """Complain about operations that cannot work."""
    entity, block = subject.entity, subject.root.block("api")
    if entity.api is None:
        return
    offered = {endpoint.operation for endpoint in entity.api.endpoints}
    if Operation.LIST in offered and entity.key is not None and not entity.key.prefix:
        message = "the key starts with a field, so no list can be told from others"
        at = subject.root.location("key") if subject.root.has("key") else entity.location
        subject.complain(at, message, "set a `key` that starts with text, or do without list")
    if block is not None:
        _check_said(subject, block, entity.api, offered)


def _check_said(subject: Subject, block: Block, api: Api, offered: set[Operation]) -> None:
    entity = subject.entity
    fills = any(call.mappings for service in entity.services for call in service.calls)
    if Operation.REFRESH in offered and not fills:
        remedy = "add `map` to a call, or drop refresh"
        subject.complain(block.location("operations"), "there is nothing to refresh from", remedy)
    writes = any(not field.read_only for field in entity.fields)
    for operation in sorted(offered & {Operation.PATCH, Operation.BATCH}):
        if not writes:
            message = f"callers can set no field, so there is nothing to {operation}"
            subject.complain(block.location("operations"), message, f"drop {operation}")
    for entry in block.entries("entitlements"):
        if entry.key in set(Operation) - offered:
            subject.complain(
                entry.place, f"the API does not offer {entry.key}", "add it to `operations`, or drop this"
            )
    if api.page_size > api.max_page_size:
        message = "the default page is larger than the largest"
        subject.complain(block.location("page_size"), message, "raise `max_page_size`")
    # The grammar has complained of a path without its slash.
    first = api.path.removeprefix("/").partition("/")[0]
    if first in _TAKEN_PATHS:
        message = f"/{first} is part of every backend"
        subject.complain(block.location("path"), message, "choose another path")


def check_infrastructure(subject: Subject, _world: World) -> None:
    """Complain about limits that Lambda does not know, and about limits of nothing."""
    root = subject.root
    for limit in _OF_A_FUNCTION if subject.entity.api is None else ():
        if root.has(limit):
            message = f"`{limit}` is of a Lambda function, and an entity without an API has none"
            subject.complain(_key_place(subject, limit), message, "drop it")
    if not root.has("timeout") or not root.text("timeout"):
        return
    seconds = subject.entity.infrastructure.timeout
    whole = not root.text("timeout").endswith("ms") or root.text("timeout").endswith("000ms")
    if not whole or not 1 <= seconds <= _MAX_SECONDS:
        subject.complain(
            root.location("timeout"), "Lambda cannot keep to this", "write whole seconds, 1s to 15m"
        )


def _part_flaw(field: Field) -> tuple[str, str] | None:
    kind = field.type
    fits = kind == UNKNOWN or is_text(kind) or kind == ListType(STRING)
    if field.name == "key":
        return "the key cannot be made of itself", "use other fields"
    if field.sensitive:
        return f"`{field.name}` is sensitive, but keys stand in URLs and logs", "use another field"
    if not fits and not (isinstance(kind, ScalarType) and kind.scalar in _KEY_SCALARS):
        return (
            f"`{field.name}` cannot be part of a key: it is {spell(kind)}",
            "use texts, whole numbers or []string",
        )
    return None


def _key_place(subject: Subject, key: str) -> Place | None:
    entry = subject.root.node.entry(key)
    return entry.place if entry else None
