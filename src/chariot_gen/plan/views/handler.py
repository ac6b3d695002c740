"""The HTTP handler of one entity: its store, its request, one method an operation."""

from __future__ import annotations

import msgspec

from chariot_gen.diagnostics import Location
from chariot_gen.model.api import Endpoint
from chariot_gen.model.backend import Backend
from chariot_gen.model.entity import Entity
from chariot_gen.plan import golang
from chariot_gen.plan.views.handler_lists import Parameter, filters, sorts
from chariot_gen.plan.views.handler_names import HandlerDocs, HandlerNames, handler_docs, handler_names
from chariot_gen.plan.views.handler_offers import Offers, fillers, keyed, offers, served
from chariot_gen.plan.views.handler_request import RequestField, request_fields, writable
from chariot_gen.plan.views.handler_sensitive import SensitiveField, sensitive_fields, zero_imports
from chariot_gen.plan.views.handler_store import StoreMethod, store_methods
from chariot_gen.plan.views.handler_texts import HandlerLiterals, entitlement, literals

__all__ = ["HandlerView", "handler_view"]


class Dependency(msgspec.Struct, frozen=True):
    """One field of the handler, filled by its constructor; ``padding`` lines the types up."""

    name: str
    type: str
    padding: str


class Route(msgspec.Struct, frozen=True):
    """One pattern, the entitlement it asks for, and the handler that answers."""

    pattern: str
    entitlement: str
    handler: str
    origin: Location | None


class HandlerView(msgspec.Struct, frozen=True):
    """All that ``ENTITY_handler.go`` prints."""

    imports: str
    names: HandlerNames
    docs: HandlerDocs
    literals: HandlerLiterals
    parameters: str
    elements: str
    offers: Offers
    decode_call: str
    patch_call: str
    batch_call: str
    prefixed: bool
    loads: bool
    writes: bool
    writes_back: bool
    applies: bool
    rewrites: bool
    rekeys: bool
    converts: bool
    conceals: bool
    retires: bool
    many_fillers: bool
    store_methods: tuple[StoreMethod, ...]
    handler_fields: tuple[Dependency, ...]
    routes: tuple[Route, ...]
    filters: tuple[Parameter, ...]
    sorts: tuple[Parameter, ...]
    request_fields: tuple[RequestField, ...]
    kept_fields: tuple[RequestField, ...]
    sensitive_fields: tuple[SensitiveField, ...]


def handler_view(backend: Backend, entity: Entity) -> HandlerView:
    """Return the view of an entity that has an API."""
    (api, key), module = served(entity), backend.settings.module
    ids, offered = handler_names(entity), offers(api)
    dependencies = _dependencies(entity, ids, offered)
    sensitive, requested = sensitive_fields(entity), request_fields(entity, ids.variable)
    return HandlerView(
        imports=golang.import_block(_imports(module, entity, offered), module),
        names=ids,
        docs=handler_docs(entity, "".join(d.name for d in dependencies[2:])),
        literals=literals(entity),
        parameters=", ".join(f"{d.name} {d.type.replace('[]', '...')}" for d in dependencies),
        elements=", ".join(f"{d.name}: {d.name}" for d in dependencies),
        offers=offered,
        decode_call=f"respond.Decode[{ids.request}]",
        patch_call=f"respond.DecodePatch[{ids.request}]",
        batch_call=f"respond.Decode[handler.Batch[{ids.request}]]",
        prefixed=offered.names_items or offered.list or api.is_chariot,
        loads=offered.names_items,
        writes=offered.writes,
        writes_back=offered.replaces or offered.refresh,
        applies=bool(requested) and offered.writes,
        rewrites=offered.replaces,
        rekeys=offered.replaces and not key.if_empty,
        converts=bool(requested) and (offered.patch or (api.is_chariot and offered.replaces)),
        conceals=_conceals(entity, offered),
        retires=api.soft_delete is not None,
        many_fillers=len(fillers(entity)) > 1,
        store_methods=store_methods(entity, offered),
        handler_fields=dependencies,
        routes=tuple(_route(entity, endpoint) for endpoint in api.endpoints),
        filters=filters(entity),
        sorts=sorts(entity),
        request_fields=requested,
        kept_fields=tuple(field for field in requested if field.kept),
        sensitive_fields=sensitive,
    )


def _route(entity: Entity, endpoint: Endpoint) -> Route:
    method = f"respond.HandlerFunc(h.{endpoint.operation.value})"
    return Route(
        pattern=golang.string_literal(f"{endpoint.method} {endpoint.path}"),
        entitlement=entitlement(endpoint.entitlement),
        handler=f"h.tools.Once({method})" if keyed(entity, endpoint) else method,
        origin=endpoint.location,
    )


def _imports(module: str, entity: Entity, offered: Offers) -> set[str]:
    paths = {"context", "net/http"}
    paths |= {f"{module}/pkg/{path}" for path in ("auth", "handler", "handler/respond", "middleware")}
    if offered.create or offered.list or offered.names_items:
        paths.add(f"{module}/pkg/store")
    if offered.carries_entities:
        paths.add(f"{module}/pkg/model/model")
    if offered.create:
        paths.add("net/url")
    if offered.writes:
        paths.update(*(golang.type_imports(field.type) for field in writable(entity)))
    if _conceals(entity, offered):
        paths |= zero_imports(entity)
    return paths


def _conceals(entity: Entity, offered: Offers) -> bool:
    api, _ = served(entity)
    shown = offered.get or offered.list or offered.replaces or offered.refresh or api.is_chariot
    return shown and entity.holds_secret


def _dependencies(entity: Entity, ids: HandlerNames, offered: Offers) -> tuple[Dependency, ...]:
    needed = [("tools", "handler.Tools"), ("store", ids.store)]
    if offered.refresh:
        many = len(fillers(entity)) > 1
        needed.append(("fillers", f"[]{ids.filler}") if many else ("filler", ids.filler))
    widest = max(len(name) for name, _ in needed)
    return tuple(Dependency(name, kind, padding=" " * (widest - len(name))) for name, kind in needed)
