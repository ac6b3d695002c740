"""How a process is put together: the outside services that handlers need, by their names in Go."""

from __future__ import annotations

import msgspec

from chariot_gen import names
from chariot_gen.diagnostics import Location
from chariot_gen.model.backend import Backend
from chariot_gen.model.entity import Entity
from chariot_gen.model.service import AuthKind, Service
from chariot_gen.plan import golang
from chariot_gen.plan.views.files import files_route, keeps_files, with_files
from chariot_gen.plan.views.graph import in_graph, new_graph_items
from chariot_gen.plan.views.handler_offers import fillers, offers, served
from chariot_gen.plan.views.handler_store import store_options

__all__ = [
    "ServiceWire",
    "collection_call",
    "handler_calls",
    "new_items",
    "service_wires",
    "store_packages",
    "wired",
]


class ServiceWire(msgspec.Struct, frozen=True):
    """One client: its variables, its constructor, and the defaults of its settings."""

    field: str
    config: str
    client: str
    constructor: str
    config_type: str
    env: str
    base_url: str
    secret: str
    has_secret: bool
    origin: Location


def wired(entity: Entity) -> tuple[Service, ...]:
    """Return the services whose clients the entity's handler is given."""
    return fillers(entity) if offers(served(entity)[0]).refresh else ()


def service_wires(entity: Entity) -> tuple[ServiceWire, ...]:
    """Return the clients that the entity's handler is given, in spec order."""
    return tuple(_wire(service) for service in wired(entity))


def handler_calls(entity: Entity, store: str) -> tuple[str, ...]:
    """Return the calls that make the entity's handlers on a store, which is a variable if there are two."""
    arguments = ", ".join(["process.Tools()", store, *(wire.client for wire in service_wires(entity))])
    call = f"handlers.New{entity.names.go}Handler({arguments})"
    return (call, files_route(entity, store)) if keeps_files(entity) else (call,)


def collection_call(entity: Entity, store: str) -> str:
    """Return the call that makes of a store what the contract ``chariot`` serves."""
    return f"handlers.New{entity.names.go}Collection({store})"


def new_items(backend: Backend, entity: Entity) -> str:
    """Return the call that makes the entity's store."""
    arguments = ", ".join(filter(None, ("process", store_options(entity))))
    plain = f"app.NewItems[model.{entity.names.go}]({arguments})"
    items = new_graph_items(backend, entity) if in_graph(entity) else plain
    return with_files(entity, items) if keeps_files(entity) else items


def store_packages(entity: Entity, call: str) -> set[str]:
    """Return the packages, below ``pkg``, of the call that makes the entity's store."""
    packages = {"app/files"} if keeps_files(entity) else set()
    if in_graph(entity):
        packages.add("app/graph")
    return packages | ({"store"} if "store." in call else set())


def _wire(service: Service) -> ServiceWire:
    variable = names.camel(service.snake)
    return ServiceWire(
        field=variable,
        config=f"{variable}Config",
        client=f"{variable}Client",
        constructor=f"New{service.go}Client",
        config_type=f"{service.go}Config",
        env=golang.string_literal(service.env),
        base_url=golang.string_literal(service.base_url),
        secret=golang.string_literal(service.auth.secret),
        has_secret=service.auth.kind is not AuthKind.NONE,
        origin=service.location,
    )
