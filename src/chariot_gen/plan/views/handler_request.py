"""The fields of a request: what a caller may set, and how it lands in the entity."""

from __future__ import annotations

import msgspec

from chariot_gen.diagnostics import Location
from chariot_gen.model.api import Operation
from chariot_gen.model.entity import Entity, Field
from chariot_gen.model.types import ListType, MapType, NamedKind, NamedType, Scalar, ScalarType, Type
from chariot_gen.plan import golang

__all__ = ["RequestField", "key_members", "request_fields", "request_prose", "writable"]

_NIL_SCALARS = frozenset({Scalar.BYTES, Scalar.JSON, Scalar.ANY})


class RequestField(msgspec.Struct, frozen=True):
    """One field: ``declaration`` in the request, ``assignment`` to the entity.

    ``kept`` is the field as it stands, empty where a request that leaves it out keeps it.
    ``condition`` is empty for a field whose value always replaces the entity's. It
    guards one with a default, and one that is never read back, which a request must
    not erase by leaving it out.
    """

    doc: str
    declaration: str
    assignment: str
    kept: str
    condition: str
    origin: Location


def writable(entity: Entity) -> tuple[Field, ...]:
    """Return the fields that a caller may set, in order."""
    return tuple(field for field in entity.fields if not field.read_only)


def key_members(entity: Entity) -> tuple[str, ...]:
    """Return the JSON names of what a caller may set of the key, or ``key`` where that is nothing."""
    parts = entity.key.fields if entity.key else ()
    return tuple(field.json.name for field in writable(entity) if field.name in parts) or ("key",)


def request_fields(entity: Entity, variable: str) -> tuple[RequestField, ...]:
    """Return the fields of the entity's request; ``variable`` is the entity in Go."""
    return tuple(_request_field(entity, field, variable) for field in writable(entity))


def _request_field(entity: Entity, field: Field, variable: str) -> RequestField:
    stays = _has_default(entity, field) or field.sensitive
    absent = _absent(field)
    pointer = stays and absent is None
    spelled = golang.go_type(field.type, optional=field.optional or pointer, package="model")
    tag = golang.struct_tag([("json", field.json.name)])
    value = f"*r.{field.go}" if pointer else f"r.{field.go}"
    kept = f"new({variable}.{field.go})" if pointer else f"{variable}.{field.go}"
    return RequestField(
        doc=golang.doc_comment(request_prose(entity, field), indent=1),
        declaration=f"{field.go} {spelled} {tag}",
        assignment=f"{variable}.{field.go} = {value}",
        kept="" if field.sensitive else f"{field.go}: {kept}",
        condition=f"r.{field.go} != {absent or 'nil'}" if stays else "",
        origin=field.location,
    )


def _has_default(entity: Entity, field: Field) -> bool:
    return any(default.field == field.name for default in entity.behaviour.defaults)


def request_prose(entity: Entity, field: Field) -> str:
    """Return what a field of a request means, and what its absence does."""
    changing = (Operation.UPDATE, Operation.PATCH)
    updates = entity.api is not None and any(map(entity.api.endpoint, changing))
    kept = ["its default"] if _has_default(entity, field) else []
    kept += ["the stored value"] if updates and (kept or field.sensitive) else []
    if field.required:
        return f"{field.description} Required."
    return f"{field.description} If absent, {' or '.join(kept)} stays." if kept else field.description


def _absent(field: Field) -> str | None:
    """Return the Go value that says "left out", or None where every value means something."""
    return "nil" if field.optional else _absent_value(field.type)


def _absent_value(kind: Type) -> str | None:
    match kind:
        case ScalarType(Scalar.STRING) | NamedType(kind=NamedKind.ENUM):
            return '""'
        case ScalarType(scalar) if scalar in _NIL_SCALARS:
            return "nil"
        case ListType() | MapType():
            return "nil"
        case _:
            return None
