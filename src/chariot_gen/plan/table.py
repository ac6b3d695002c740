"""The DynamoDB table that entities share: what of them its indexes and its expiry are keyed by."""

from __future__ import annotations

import msgspec

from chariot_gen.model.backend import Backend
from chariot_gen.model.entity import Entity, Field
from chariot_gen.model.storage import Home
from chariot_gen.model.types import Scalar, ScalarType

__all__ = ["EXPIRY", "Index", "expiry", "indexes", "own_indexes"]

# The attribute by which the table deletes items.
EXPIRY = "ttl"

_NUMBERS = frozenset({Scalar.INT, Scalar.INT32, Scalar.INT64, Scalar.FLOAT32, Scalar.FLOAT64})


class Index(msgspec.Struct, frozen=True):
    """An index by an attribute; it has the attribute's name. ``type`` is S or N."""

    attribute: str
    type: str


def indexes(backend: Backend) -> tuple[Index, ...]:
    """Return the indexes of the table, which those of all its entities make up, by name."""
    kept = (entity for entity in backend.entities if entity.storage.home is Home.TABLE)
    found = {index.attribute: index for entity in kept for index in own_indexes(entity)}
    return tuple(found[attribute] for attribute in sorted(found))


def own_indexes(entity: Entity) -> tuple[Index, ...]:
    """Return the indexes that lists of one entity are read by, wherever it is kept."""
    return tuple(_index(entity.field(name)) for name in entity.storage.indexes)


def expiry(entity: Entity) -> str:
    """Return the attribute that holds the time of expiry, empty where nothing expires.

    A field called ``ttl`` holds it unless the spec names another.
    """
    if entity.storage.home is not Home.TABLE:
        return ""
    name = entity.storage.ttl or EXPIRY
    found = next((field for field in entity.fields if field.name == name), None)
    if found is None or found.store is None or found.type != ScalarType(Scalar.INT64):
        return ""
    return found.store.name


def _index(field: Field) -> Index:
    number = isinstance(field.type, ScalarType) and field.type.scalar in _NUMBERS
    return Index(field.store.name if field.store else field.name, "N" if number else "S")
