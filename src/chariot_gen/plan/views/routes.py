"""How a command of many entities makes its routes: ``backend.go`` of ``cmd/local`` and of ``cmd/api``."""

from __future__ import annotations

from collections import Counter
from functools import cached_property

import msgspec

from chariot_gen.diagnostics import Location
from chariot_gen.model.backend import Backend
from chariot_gen.model.entity import Entity
from chariot_gen.plan import golang
from chariot_gen.plan.views.files import keeps_files
from chariot_gen.plan.views.graph import in_graph
from chariot_gen.plan.views.wiring import (
    ServiceWire,
    collection_call,
    handler_calls,
    new_items,
    service_wires,
    store_packages,
    wired,
)

__all__ = ["Mounted", "RoutesView", "api_mounted", "local_mounted", "routes_view"]


class Call(msgspec.Struct, frozen=True):
    """What makes the handler, or the collection, of one entity."""

    call: str
    origin: Location


class Shelf(msgspec.Struct, frozen=True):
    """The store of an entity that several handlers share."""

    variable: str
    call: str
    origin: Location


class RoutesLiterals(msgspec.Struct, frozen=True):
    """What opens and closes the list of the routes: a literal, or a call that adds to those for tokens."""

    open: str
    close: str


class RoutesView(msgspec.Struct, frozen=True):
    """All that ``backend.go`` prints; ``parameters`` are those of the function that makes the routes."""

    imports: str
    parameters: str
    literals: RoutesLiterals
    services: tuple[ServiceWire, ...]
    shelves: tuple[Shelf, ...]
    collections: tuple[Call, ...]
    handlers: tuple[Call, ...]


class Mounted(msgspec.Struct, frozen=True, dict=True):
    """What a command serves: the entities under each contract, and what their routes are made of."""

    rest: tuple[Entity, ...]
    chariot: tuple[Entity, ...]

    @property
    def entities(self) -> tuple[Entity, ...]:
        """Each entity once, in order."""
        found = {entity.names.go: entity for entity in (*self.rest, *self.chariot)}
        return tuple(found[go] for go in sorted(found))

    @property
    def graph(self) -> bool:
        """Whether any of them is kept in the graph."""
        return any(map(in_graph, self.entities))

    @property
    def files(self) -> bool:
        """Whether any of them has files."""
        return any(map(keeps_files, self.entities))

    @cached_property
    def shared(self) -> frozenset[str]:
        """The names of the entities on whose store more than one handler is made."""
        handlers = (*self.rest, *self.chariot, *filter(keeps_files, self.rest))
        counts = Counter(entity.names.go for entity in handlers)
        return frozenset(name for name, count in counts.items() if count > 1)

    @property
    def services(self) -> bool:
        """Whether any of their handlers asks an outside service."""
        return any(map(wired, self.rest))

    @property
    def arguments(self) -> tuple[str, ...]:
        """The variables that the routes are made of."""
        return "process", *(name for name, _ in self.parts)

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """What the routes are made of besides the process, by name and type."""
        optional = (
            (self.graph, ("database", "*graph.Graph")),
            (self.files, ("objects", "bucket.Bucket")),
            (self.services, ("upstream", "upstreams")),
        )
        return tuple(part for given, part in optional if given)


_APP = "*app.App"
_LISTED = RoutesLiterals("[]server.Routes{", "}")
_ADDED = RoutesLiterals("append(process.TokenRoutes(),", ")")


def local_mounted(backend: Backend) -> Mounted:
    """Return what the development command serves: everything."""
    return Mounted(backend.rest, backend.chariot)


def api_mounted(backend: Backend) -> Mounted:
    """Return what the one API of the contract ``chariot`` serves."""
    return Mounted((), backend.chariot)


def routes_view(backend: Backend, mounted: Mounted) -> RoutesView:
    """Return the view of what a command's routes are made of."""
    wires = tuple(wire for entity in mounted.rest for wire in service_wires(entity))
    process = "process" if mounted.entities else "_"
    return RoutesView(
        imports=golang.import_block(_imports(backend, mounted, wires), backend.settings.module),
        parameters=", ".join(f"{name} {kind}" for name, kind in ((process, _APP), *mounted.parts)),
        literals=_ADDED if mounted.chariot else _LISTED,
        services=wires,
        shelves=tuple(
            _shelf(backend, entity) for entity in mounted.entities if entity.names.go in mounted.shared
        ),
        collections=tuple(
            Call(collection_call(entity, _items(backend, mounted, entity)), entity.location)
            for entity in mounted.chariot
        ),
        handlers=tuple(
            Call(call, entity.location)
            for entity in mounted.rest
            for call in handler_calls(entity, _items(backend, mounted, entity))
        ),
    )


def _imports(backend: Backend, mounted: Mounted, wires: tuple[ServiceWire, ...]) -> set[str]:
    packages = {"app", "server"}
    if mounted.entities:
        packages |= {"handler/handlers", "model/model"}
    if mounted.chariot:
        packages.add("handler/chariot")
    for entity in mounted.entities:
        packages |= store_packages(entity, new_items(backend, entity))
    if mounted.files:
        packages.add("store/bucket")
    if wires:
        packages |= {"config", "service"}
    return {f"{backend.settings.module}/pkg/{package}" for package in packages}


def _items(backend: Backend, mounted: Mounted, entity: Entity) -> str:
    shelf = _shelf(backend, entity)
    return shelf.variable if entity.names.go in mounted.shared else shelf.call


def _shelf(backend: Backend, entity: Entity) -> Shelf:
    return Shelf(f"{entity.names.camel}Items", new_items(backend, entity), entity.location)
