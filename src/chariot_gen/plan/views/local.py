"""The development command: every served entity in one process."""

from __future__ import annotations

import msgspec

from chariot_gen.diagnostics import Location
from chariot_gen.model.api import Operation
from chariot_gen.model.backend import Backend
from chariot_gen.model.entity import Entity
from chariot_gen.plan import golang
from chariot_gen.plan.views.handler_offers import served
from chariot_gen.plan.views.handler_store import tag_option
from chariot_gen.plan.views.wiring import (
    ServiceWire,
    handler_call,
    new_items,
    service_wires,
    wired,
)

__all__ = [
    "LocalBackendView",
    "LocalIssuerView",
    "LocalTestsView",
    "LocalView",
    "local_backend_view",
    "local_issuer_view",
    "local_tests_view",
    "local_view",
]


class LocalView(msgspec.Struct, frozen=True):
    """All that ``main.go`` prints; ``path`` is what it shows how to call."""

    imports: str
    path: str
    services: bool


class LocalIssuerView(msgspec.Struct, frozen=True):
    """All that ``issuer.go`` prints."""

    imports: str


class Handler(msgspec.Struct, frozen=True):
    """One entity's handler, made on a store of its own."""

    call: str
    origin: Location


class LocalBackendView(msgspec.Struct, frozen=True):
    """All that ``backend.go`` prints; ``process`` names a parameter, or nothing where it is not used."""

    imports: str
    process: str
    services: tuple[ServiceWire, ...]
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


def local_view(backend: Backend) -> LocalView:
    """Return the view of the command itself."""
    module = backend.settings.module
    paths = {"context", "fmt", "io", "log", "net", "net/http", "os", "os/signal", "syscall", "time"}
    paths |= {f"{module}/pkg/{path}" for path in ("app", "auth", "config")}
    path = next(iter(_list_paths(backend)), "/healthz")
    return LocalView(
        imports=golang.import_block(paths, module),
        path=golang.string_literal(path),
        services=any(wired(entity) for entity in backend.served),
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
    wires = tuple(wire for entity in backend.served for wire in service_wires(entity))
    paths = {f"{module}/pkg/app", f"{module}/pkg/server"}
    if backend.served:
        paths |= {f"{module}/pkg/handler/handlers", f"{module}/pkg/model/model"}
    if any(tag_option(entity) for entity in backend.served):
        paths.add(f"{module}/pkg/store")
    if wires:
        paths |= {f"{module}/pkg/config", f"{module}/pkg/service"}
    return LocalBackendView(
        imports=golang.import_block(paths, module),
        process="process" if backend.served else "_",
        services=wires,
        handlers=tuple(_handler(entity) for entity in backend.served),
    )


def local_tests_view(backend: Backend) -> LocalTestsView:
    """Return the view of the command's tests."""
    prefixes = [service.env for entity in backend.served for service in wired(entity)]
    variables = ["ADDRESS", "LOG_LEVEL", *(f"{prefix}_BASE_URL" for prefix in prefixes)]
    paths = {"context", "errors", "io", "net", "net/http", "regexp", "testing"}
    return LocalTestsView(
        imports=golang.import_block(paths, backend.settings.module),
        lists=tuple(ListPath(golang.string_literal(path)) for path in _list_paths(backend)),
        variables=", ".join(golang.string_literal(name) for name in variables),
        secrets=", ".join(f'{golang.string_literal(f"{prefix}_SECRET")}: "secret"' for prefix in prefixes),
    )


def _handler(entity: Entity) -> Handler:
    return Handler(call=handler_call(entity, new_items(entity)), origin=entity.location)


def _list_paths(backend: Backend) -> tuple[str, ...]:
    endpoints = (served(entity)[0].endpoint(Operation.LIST) for entity in backend.served)
    return tuple(endpoint.path for endpoint in endpoints if endpoint is not None)
