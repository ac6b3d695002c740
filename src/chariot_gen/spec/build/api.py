"""The API of an entity: what callers can do, and under whose conventions."""

from __future__ import annotations

from collections.abc import Sequence

from chariot_gen.model.api import (
    SHAPES,
    Answer,
    Api,
    Contract,
    Endpoint,
    Entitlement,
    Operation,
    SoftDelete,
)  # fmt: skip
from chariot_gen.model.entity import Field, Kind, Names
from chariot_gen.model.infrastructure import TriggerKind
from chariot_gen.model.service import Service
from chariot_gen.spec.document import Scalar
from chariot_gen.spec.reader import Block, constant

__all__ = ["build_api"]

_STANDARD_OPERATIONS = frozenset(Operation) - {Operation.PATCH, Operation.REFRESH, Operation.BATCH}


def build_api(
    root: Block, kind: Kind, derived: Names, services: Sequence[Service], fields: Sequence[Field]
) -> Api | None:
    """Return the API of an entity, or None where the spec gives it none."""
    block = root.block("api")
    asked = block is not None or TriggerKind.API.value in root.texts("triggers")
    usual = kind in (Kind.GRAPH, Kind.TABLE) and not root.has("triggers")
    if not asked and not usual:
        return None
    path = (block.text("path") if block else "") or f"/api/{derived.flat}"
    offered = _offered(block, services, fields)
    endpoints = tuple(
        _endpoint(operation, path, _entitlements(block), root)
        for operation in Operation
        if operation.value in offered
    )
    if block is None:
        return Api(path, endpoints)
    contract = Contract(block.text("contract") or Contract.REST)
    return Api(
        path=path,
        endpoints=endpoints,
        page_size=block.integer("page_size"),
        max_page_size=block.integer("max_page_size"),
        filters=block.texts("filters"),
        sort=block.texts("sort"),
        contract=contract,
        chariot_path=f"/{derived.flat}" if contract is not Contract.REST else "",
        soft_delete=_soft_delete(block),
        answer=Answer(block.text("answer") or Answer.ITEM),
    )


def _offered(block: Block | None, services: Sequence[Service], fields: Sequence[Field]) -> set[str]:
    """Return the operations that the spec asks for, or those that are usual."""
    offered = set(block.texts("operations")) if block else set()
    if offered:
        return offered
    offered = {operation.value for operation in _STANDARD_OPERATIONS}
    if not all(field.read_only for field in fields):
        offered.add(Operation.PATCH.value)
    served_alone = block is not None and block.text("contract") == Contract.CHARIOT.value
    if not served_alone and any(call.mappings for service in services for call in service.calls):
        offered.add(Operation.REFRESH.value)
    return offered


def _entitlements(block: Block | None) -> dict[str, str]:
    entries = block.entries("entitlements") if block else ()
    return {entry.key: entry.value.text for entry in entries if isinstance(entry.value, Scalar)}


def _soft_delete(block: Block) -> SoftDelete | None:
    entries = block.entries("soft_delete")
    if not entries:
        return None
    return SoftDelete(entries[0].key, constant(entries[0].value), block.at(entries[0].value.place))


def _endpoint(operation: Operation, path: str, entitlements: dict[str, str], root: Block) -> Endpoint:
    shape = SHAPES[operation]
    default = Entitlement.READ if shape.reads else Entitlement.WRITE_ASSETS
    entitlement = Entitlement(entitlements.get(operation.value, default))
    at = root.location("api") if root.has("api") else root.location("entity")
    return Endpoint(operation, shape.method, path + shape.suffix, entitlement, at)
