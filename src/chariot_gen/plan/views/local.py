"""The development command: every served entity in one process."""

from __future__ import annotations

import html

import msgspec

from chariot_gen.diagnostics import Location
from chariot_gen.model.api import Operation
from chariot_gen.model.backend import Backend
from chariot_gen.model.entity import Entity
from chariot_gen.plan import golang
from chariot_gen.plan.views.files import has_files, keeps_files
from chariot_gen.plan.views.graph import uses_graph
from chariot_gen.plan.views.handler_offers import served
from chariot_gen.plan.views.wiring import (
    ServiceWire,
    handler_calls,
    new_items,
    service_wires,
    store_packages,
    wired,
)

__all__ = [
    "DocsView",
    "LocalBackendView",
    "LocalIssuerView",
    "LocalTestsView",
    "LocalView",
    "docs_view",
    "local_backend_view",
    "local_issuer_view",
    "local_tests_view",
    "local_view",
]


class LocalView(msgspec.Struct, frozen=True):
    """All that ``main.go`` prints; ``path`` is what it shows how to call.

    ``arguments`` are what the routes are made of, and ``routes`` may fail to be made.
    """

    imports: str
    path: str
    arguments: str
    services: bool
    graph: bool
    files: bool


class DocsView(msgspec.Struct, frozen=True):
    """All that ``docs.go`` and ``docs.html`` print; the title is HTML."""

    imports: str
    title: str


class LocalIssuerView(msgspec.Struct, frozen=True):
    """All that ``issuer.go`` prints."""

    imports: str


class Handler(msgspec.Struct, frozen=True):
    """One entity's handler, made on a store of its own."""

    call: str
    origin: Location


class Shelf(msgspec.Struct, frozen=True):
    """The store of an entity that two handlers share."""

    variable: str
    call: str
    origin: Location


class LocalBackendView(msgspec.Struct, frozen=True):
    """All that ``backend.go`` prints; ``parameters`` are those of the function that makes the routes."""

    imports: str
    parameters: str
    services: tuple[ServiceWire, ...]
    shelves: tuple[Shelf, ...]
    handlers: tuple[Handler, ...]


class ListPath(msgspec.Struct, frozen=True):
    """The path of one list."""

    path: str


class LocalTestsView(msgspec.Struct, frozen=True):
    """All that ``main_test.go`` prints; ``variables`` can be wrong, ``secrets`` are settings."""

    imports: str
    lists: tuple[ListPath, ...]
    variables: str
    secrets: str
    graph: bool


def local_view(backend: Backend) -> LocalView:
    """Return the view of the command itself."""
    module = backend.settings.module
    paths = {"context", "fmt", "io", "log", "net", "net/http", "os", "os/signal", "syscall", "time"}
    paths |= {f"{module}/pkg/{path}" for path in ("app", "auth", "config")}
    if uses_graph(backend):
        paths.add(f"{module}/pkg/app/graph")
    if has_files(backend):
        paths.add(f"{module}/pkg/app/files")
    path = next(iter(_list_paths(backend)), "/healthz")
    return LocalView(
        imports=golang.import_block(paths, module),
        path=golang.string_literal(path),
        arguments=", ".join(name for name, _ in _parameters(backend)),
        services=_has_services(backend),
        graph=uses_graph(backend),
        files=has_files(backend),
    )


def docs_view(backend: Backend) -> DocsView:
    """Return the view of the page that shows the API."""
    paths = {"embed", "net/http", "github.com/swaggest/swgui/v5emb"}
    return DocsView(
        imports=golang.import_block(paths, backend.settings.module),
        title=html.escape(backend.settings.name),
    )


def local_issuer_view(backend: Backend) -> LocalIssuerView:
    """Return the view of the stand-in for the user pool."""
    module = backend.settings.module
    paths = {"crypto/ecdsa", "crypto/elliptic", "crypto/rand", "encoding/base64", "fmt", "io", "net/http"}
    paths |= {"strings", "time", "github.com/golang-jwt/jwt/v5"}
    paths |= {f"{module}/pkg/auth", f"{module}/pkg/config"}
    return LocalIssuerView(imports=golang.import_block(paths, module))


def local_backend_view(backend: Backend) -> LocalBackendView:
    """Return the view of what the entities stand on."""
    module = backend.settings.module
    wires = tuple(wire for entity in backend.rest for wire in service_wires(entity))
    paths = {f"{module}/pkg/app", f"{module}/pkg/server"}
    if backend.rest:
        paths |= {f"{module}/pkg/handler/handlers", f"{module}/pkg/model/model"}
    for entity in backend.rest:
        paths |= {f"{module}/pkg/{path}" for path in store_packages(entity, new_items(backend, entity))}
    if has_files(backend):
        paths.add(f"{module}/pkg/store/bucket")
    if wires:
        paths |= {f"{module}/pkg/config", f"{module}/pkg/service"}
    return LocalBackendView(
        imports=golang.import_block(paths, module),
        parameters=", ".join(f"{name if used else '_'} {kind}" for (name, kind), used in _used(backend)),
        services=wires,
        shelves=tuple(_shelf(backend, entity) for entity in backend.rest if keeps_files(entity)),
        handlers=tuple(handler for entity in backend.rest for handler in _handlers(backend, entity)),
    )


def local_tests_view(backend: Backend) -> LocalTestsView:
    """Return the view of the command's tests."""
    prefixes = [service.env for entity in backend.rest for service in wired(entity)]
    variables = ["ADDRESS", "LOG_LEVEL", *(f"{prefix}_BASE_URL" for prefix in prefixes)]
    if uses_graph(backend):
        variables.append("NEO4J_URI")
    paths = {"context", "errors", "io", "net", "net/http", "regexp", "strings", "testing"}
    return LocalTestsView(
        imports=golang.import_block(paths, backend.settings.module),
        lists=tuple(ListPath(golang.string_literal(path)) for path in _list_paths(backend)),
        variables=", ".join(golang.string_literal(name) for name in variables),
        secrets=", ".join(f'{golang.string_literal(f"{prefix}_SECRET")}: "secret"' for prefix in prefixes),
        graph=uses_graph(backend),
    )


def _handlers(backend: Backend, entity: Entity) -> tuple[Handler, ...]:
    shelf = _shelf(backend, entity)
    items = shelf.variable if keeps_files(entity) else shelf.call
    return tuple(Handler(call=call, origin=entity.location) for call in handler_calls(entity, items))


def _shelf(backend: Backend, entity: Entity) -> Shelf:
    return Shelf(f"{entity.names.camel}Items", new_items(backend, entity), entity.location)


def _has_services(backend: Backend) -> bool:
    return any(wired(entity) for entity in backend.rest)


def _parameters(backend: Backend) -> tuple[tuple[str, str], ...]:
    """Return what the routes are made of, by name and type."""
    optional = (
        (uses_graph(backend), ("database", "*graph.Graph")),
        (has_files(backend), ("objects", "bucket.Bucket")),
        (_has_services(backend), ("upstream", "upstreams")),
    )
    return ("process", "*app.App"), *(parameter for given, parameter in optional if given)


def _used(backend: Backend) -> tuple[tuple[tuple[str, str], bool], ...]:
    """Return the parameters, each with whether any route needs it."""
    return tuple(
        (parameter, parameter[0] != "process" or bool(backend.rest)) for parameter in _parameters(backend)
    )


def _list_paths(backend: Backend) -> tuple[str, ...]:
    endpoints = (served(entity)[0].endpoint(Operation.LIST) for entity in backend.rest)
    return tuple(endpoint.path for endpoint in endpoints if endpoint is not None)
