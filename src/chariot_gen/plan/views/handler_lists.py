"""What callers may ask of a list: the fields that narrow it and those that order it."""

from __future__ import annotations

import msgspec

from chariot_gen.diagnostics import Location
from chariot_gen.model.entity import Entity, Field
from chariot_gen.model.types import Scalar, ScalarType
from chariot_gen.plan import golang
from chariot_gen.plan.views.handler_offers import served

__all__ = ["Parameter", "filters", "sorts"]

_PARSERS = {
    Scalar.BOOL: "Bool",
    **dict.fromkeys((Scalar.INT, Scalar.INT32, Scalar.INT64), "Int"),
    **dict.fromkeys((Scalar.FLOAT32, Scalar.FLOAT64), "Number"),
}


class Parameter(msgspec.Struct, frozen=True):
    """One field, by its name for callers and in the store; ``parse`` reads its value."""

    name: str
    attribute: str
    parse: str
    origin: Location


def filters(entity: Entity) -> tuple[Parameter, ...]:
    """Return the fields that a list can be narrowed by, in spec order."""
    return tuple(_parameter(entity.field(name)) for name in served(entity)[0].filters)


def sorts(entity: Entity) -> tuple[Parameter, ...]:
    """Return the fields that a list can be ordered by, in spec order."""
    return tuple(_parameter(entity.field(name)) for name in served(entity)[0].sort)


def _parameter(field: Field) -> Parameter:
    kind = field.type.scalar if isinstance(field.type, ScalarType) else Scalar.STRING
    return Parameter(
        name=golang.string_literal(field.json.name),
        attribute=golang.string_literal(field.store.name if field.store else field.name),
        parse=_PARSERS.get(kind, "Text"),
        origin=field.location,
    )
