"""What can be kept where."""

from __future__ import annotations

from chariot_gen.model.api import Operation
from chariot_gen.model.entity import Entity, Field, Kind
from chariot_gen.model.storage import Home
from chariot_gen.model.types import Scalar as ScalarKind
from chariot_gen.model.types import ScalarType
from chariot_gen.spec.document import Scalar
from chariot_gen.spec.formats import FIELD_NAME, LABEL
from chariot_gen.spec.problems import remedy_for
from chariot_gen.spec.reader import Block
from chariot_gen.spec.rules.fit import is_comparable
from chariot_gen.spec.rules.subject import Subject, World
from chariot_gen.spec.types import UNKNOWN, spell

__all__ = ["check_edges", "check_storage"]

_MAX_FILE = 5 << 30


def check_storage(subject: Subject, _world: World) -> None:
    """Complain about homes that the kind cannot have, and about what they are said to hold."""
    block = subject.root.block("storage")
    if block is None:
        return
    entity = subject.entity
    if entity.kind is Kind.PLAIN:
        message = "an entity of kind plain is a part of others and is not kept by itself"
        subject.complain(block.location(), message, "drop `storage`, or choose another kind")
        return
    if block.has("table") and block.has("graph"):
        message = "an entity is kept in the table or in the graph, not in both"
        subject.complain(block.location("graph"), message, "drop one of them")
    if entity.kind is Kind.TABLE and block.has("graph"):
        message = "an entity of kind table has no labels to be found by in the graph"
        subject.complain(block.location("graph"), message, "drop it, or write `kind: graph`")
    for home in Home:
        if (inner := block.block(home.value)) is not None:
            _check_home(subject, inner)
    if (bucket := block.block("bucket")) is not None:
        _check_bucket(subject, bucket)


def check_edges(subject: Subject, world: World) -> None:
    """Complain about an edge that the graph could not keep: what an edge is stands in its key."""
    entity = subject.entity
    relationship = entity.relationship
    if relationship is None or entity.api is None or entity.storage.home is not Home.GRAPH:
        return
    at = subject.root.location("key") if subject.root.has("key") else entity.location
    named = entity.key.fields if entity.key else ()
    for part in ("source", "target", relationship.label_field):
        if part and entity.key is not None and part not in named:
            message = f"the key of an edge in the graph tells what it connects, but has no `{part}`"
            subject.complain(at, message, f"add {{{part}}} to the template")
    _check_label(subject, subject.fields.get(relationship.label_field))
    ends = [
        world.entities[name] for name in (relationship.source, relationship.target) if name in world.entities
    ]
    _check_ends(subject, ends, world)


def _check_ends(subject: Subject, ends: list[Entity], world: World) -> None:
    at = subject.root.location("relationship")
    for end in ends:
        if end.storage.home is not Home.GRAPH:
            message = f"{end.names.go} is kept in the table, so no edge in the graph can reach it"
            subject.complain(at, message, "keep both in the graph, or both in the table")
    nodes = [e for e in world.entities.values() if e.kind is Kind.GRAPH and e.storage.home is Home.GRAPH]
    if not nodes and not ends:
        message = "no entity of the backend is a node of the graph, so there is nothing to connect"
        subject.complain(at, message, "add an entity of kind graph, or write `storage: { table: {} }`")


def _check_label(subject: Subject, field: Field | None) -> None:
    if field is None:
        return
    if not field.enum:
        message = f"`{field.name}` is the label of an edge in the graph, so its values are known beforehand"
        subject.complain(field.location, message, "add `enum`, as `enum: [READ, WRITE]`")
    for value in field.enum:
        if not LABEL.matches(value):
            subject.complain(field.location, f"`{value}` cannot be a label", LABEL.remedy)


def _check_bucket(subject: Subject, block: Block) -> None:
    api, bucket = subject.entity.api, subject.entity.storage.bucket
    if api is None or api.endpoint(Operation.GET) is None:
        message = "a file is asked for by its item, which the API does not let anybody get"
        subject.complain(block.location(), message, "add get to `operations` of `api`")
    if bucket is not None and bucket.max_bytes > _MAX_FILE:
        message = "S3 takes no more than 5GB in one upload"
        subject.complain(block.location("max_size"), message, "lower `max_size`")


def _check_home(subject: Subject, home: Block) -> None:
    for node in home.items("indexes"):
        if isinstance(node, Scalar):
            _check_index(subject, node)
    expiry = home.value("ttl") if home.has("ttl") else None
    field = _field(subject, expiry, "`ttl`") if isinstance(expiry, Scalar) else None
    if expiry and field and (field.type not in (ScalarType(ScalarKind.INT64), UNKNOWN) or field.optional):
        message = f"`{field.name}` is no time in Unix seconds: it is {spell(field.type)}"
        subject.complain(expiry.place, message, "write `type: int64`, and no `optional`")


def _check_index(subject: Subject, node: Scalar) -> None:
    field = _field(subject, node, "`indexes`")
    if field is None:
        return
    if field.store is None or field.sensitive or field.name in ("key", "username"):
        message = f"`{field.name}` can have no index: it is not stored, sensitive, or part of every index"
        subject.complain(node.place, message, "leave it out")
    elif field.type == ScalarType(ScalarKind.BOOL) or not is_comparable(field.type):
        message = f"`{field.name}` has no order to sort by: it is {spell(field.type)}"
        subject.complain(node.place, message, "use a text or a number")


def _field(subject: Subject, node: Scalar, what: str) -> Field | None:
    """Return the field that a scalar names; complain if there is none."""
    if not FIELD_NAME.matches(node.text):
        return None
    if node.text not in subject.fields:
        message = f"{what} names `{node.text}`, which is no field"
        subject.complain(node.place, message, remedy_for(node.text, subject.fields))
    return subject.fields.get(node.text)
