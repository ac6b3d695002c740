"""The development command: every served entity in one process."""

from __future__ import annotations

import html
from urllib.parse import quote

import msgspec

from chariot_gen.model.api import Operation
from chariot_gen.model.backend import Backend
from chariot_gen.model.entity import Entity
from chariot_gen.plan import golang
from chariot_gen.plan.views.command import Address, refused_addresses
from chariot_gen.plan.views.files import has_files
from chariot_gen.plan.views.graph import uses_graph
from chariot_gen.plan.views.handler_offers import served
from chariot_gen.plan.views.routes import RoutesView, local_mounted, routes_view
from chariot_gen.plan.views.wiring import wired

__all__ = [
    "DocsView",
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


class ListPath(msgspec.Struct, frozen=True):
    """The path of one list."""

    path: str


class LocalTestsView(msgspec.Struct, frozen=True):
    """All that ``main_test.go`` prints; ``variables`` can be wrong, ``secrets`` are settings.

    With ``tokens`` API keys are exchanged for tokens.
    """

    imports: str
    lists: tuple[ListPath, ...]
    variables: str
    secrets: str
    addresses: tuple[Address, ...]
    graph: bool
    files: bool
    tokens: bool


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
        arguments=", ".join(local_mounted(backend).arguments),
        services=local_mounted(backend).services,
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


def local_backend_view(backend: Backend) -> RoutesView:
    """Return the view of what the entities stand on."""
    return routes_view(backend, local_mounted(backend))


def local_tests_view(backend: Backend) -> LocalTestsView:
    """Return the view of the command's tests."""
    services = [service for entity in backend.rest for service in wired(entity)]
    prefixes = [service.env for service in services]
    variables = ["ADDRESS", "LOG_LEVEL", *(f"{prefix}_BASE_URL" for prefix in prefixes)]
    if uses_graph(backend):
        variables.append("NEO4J_URI")
    paths = {"context", "errors", "io", "net", "net/http", "regexp", "strings", "testing"}
    paths.add(f"{backend.settings.module}/pkg/commandtest")
    return LocalTestsView(
        imports=golang.import_block(paths, backend.settings.module),
        lists=tuple(ListPath(golang.string_literal(path)) for path in _list_paths(backend)),
        variables=", ".join(golang.string_literal(name) for name in variables),
        secrets=", ".join(f'{golang.string_literal(f"{prefix}_SECRET")}: "secret"' for prefix in prefixes),
        addresses=refused_addresses(services, graph=uses_graph(backend)),
        graph=uses_graph(backend),
        files=has_files(backend),
        tokens=bool(backend.chariot),
    )


def _list_paths(backend: Backend) -> tuple[str, ...]:
    endpoints = (served(entity)[0].endpoint(Operation.LIST) for entity in backend.rest)
    return *(e.path for e in endpoints if e is not None), *filter(None, map(_my_path, backend.chariot))


def _my_path(entity: Entity) -> str:
    """Return the path and the query that list an entity under the contract ``chariot``, if anything does."""
    api, key = served(entity)
    return f"/my?key={quote(key.prefix, safe='')}" if api.endpoint(Operation.LIST) else ""
