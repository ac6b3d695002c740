"""An entity: its names, its fields, its key and how its values behave."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from chariot_gen.diagnostics import Location
from chariot_gen.model.api import Api
from chariot_gen.model.behaviour import Behaviour
from chariot_gen.model.infrastructure import Infrastructure
from chariot_gen.model.key import Key
from chariot_gen.model.service import Service
from chariot_gen.model.storage import Storage
from chariot_gen.model.types import Type

__all__ = ["Entity", "Enum", "Field", "Kind", "Marker", "Mixin", "Names", "Relationship", "Struct", "Tag"]


class Kind(StrEnum):
    """What Tabularium makes of the type: a node, a table item, an edge, or a part of those."""

    GRAPH = "graph"
    TABLE = "table"
    RELATIONSHIP = "relationship"
    PLAIN = "plain"


class Marker(StrEnum):
    """Small capabilities of a type, each one method or two.

    ``standalone`` is ``Standalone()``; ``agent`` is ``GetAgent`` and ``SetUsername``;
    ``partition`` is ``GetPartitionKey()``, the key of the item.
    """

    STANDALONE = "standalone"
    AGENT = "agent"
    PARTITION = "partition"


class Names(msgspec.Struct, frozen=True):
    """Every name derived from the entity's own; shown by ``explain``, locked once written.

    For ``NewEntity``: go ``NewEntity``, snake ``new_entity`` (files), flat
    ``newentity`` (command folder, route, key prefix), registry ``newentity``, camel
    ``newEntity``, plural ``newentities``, human ``new entity``, human_plural
    ``new entities``, receiver ``n``, logical_id ``NewEntity`` (CloudFormation).
    """

    go: str
    snake: str
    flat: str
    registry: str
    camel: str
    plural: str
    human: str
    human_plural: str
    receiver: str
    logical_id: str


class Tag(msgspec.Struct, frozen=True):
    """One struct tag's name and whether it carries ``omitempty``."""

    name: str
    omitempty: bool = False


class Field(msgspec.Struct, frozen=True):
    """One field. ``store`` is None for a transient field, whose store tag is ``-``.

    ``optional`` makes a Go pointer. ``read_only`` fields are set by the backend and
    refused in requests. ``required`` fields must be non-empty in a create request.
    ``sensitive`` fields are never logged and never leave in a response after create.
    ``enum`` lists the allowed values of a string field. ``max_length`` counts runes.
    ``extra_tags`` are passed through in order, as ``("capmodel", "Port")``.
    """

    name: str
    go: str
    type: Type
    json: Tag
    store: Tag | None
    description: str
    example: str
    optional: bool
    required: bool
    read_only: bool
    transient: bool
    sensitive: bool
    enum: tuple[str, ...]
    max_length: int
    extra_tags: tuple[tuple[str, str], ...]
    location: Location


class Struct(msgspec.Struct, frozen=True):
    """A nested type that is not registered. ``go`` is its identifier in the model package."""

    go: str
    description: str
    fields: tuple[Field, ...]
    location: Location


class Enum(msgspec.Struct, frozen=True):
    """A named string type. ``values`` pairs each Go constant with its text."""

    go: str
    description: str
    values: tuple[tuple[str, str], ...]
    location: Location


class Mixin(msgspec.Struct, frozen=True):
    """A struct embedded in the type: a built-in one (``Tags``) or a plain entity's.

    ``builtin`` is the name in the spec (tags, history, origination, ml) or empty for
    an entity. ``alias`` is the embedded field's name where it would clash otherwise.
    """

    go: str
    builtin: str
    alias: str
    location: Location


class Relationship(msgspec.Struct, frozen=True):
    """The ends of an edge. ``label`` is constant, or taken from ``label_field``.

    ``source`` and ``target`` are Go names of graph entities in the backend, or
    empty where any node may stand.
    """

    label: str
    label_field: str
    source: str
    target: str


class Entity(msgspec.Struct, frozen=True):
    """One spec file, checked and with every name derived.

    ``fields`` holds the declared fields in spec order, then those that the kind
    brings (``key``; ``source`` and ``target`` keys of a relationship). ``key`` is
    None for plain entities.
    """

    names: Names
    kind: Kind
    description: str
    fields: tuple[Field, ...]
    location: Location
    spec_path: str
    behaviour: Behaviour
    infrastructure: Infrastructure
    key: Key | None = None
    aliases: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    mixins: tuple[Mixin, ...] = ()
    markers: tuple[Marker, ...] = ()
    structs: tuple[Struct, ...] = ()
    enums: tuple[Enum, ...] = ()
    relationship: Relationship | None = None
    api: Api | None = None
    services: tuple[Service, ...] = ()
    storage: Storage = Storage()

    @property
    def label(self) -> str:
        """What a graph calls such nodes before all: their first label, or the name of what has none."""
        return self.labels[0] if self.labels else self.names.go

    @property
    def holds_secret(self) -> bool:
        """Whether one of its fields is sensitive."""
        return any(field.sensitive for field in self.fields)

    def field(self, name: str) -> Field:
        """Return the field with this spec name; KeyError if there is none."""
        for candidate in self.fields:
            if candidate.name == name:
                return candidate
        raise KeyError(name)
