"""The main of the Lambda function that serves the contract ``chariot``, its routes, and its tests."""

from __future__ import annotations

import msgspec

from chariot_gen.model.backend import Backend
from chariot_gen.plan import golang
from chariot_gen.plan.views.command import Address, refused_addresses
from chariot_gen.plan.views.routes import RoutesView, api_mounted, routes_view

__all__ = [
    "ApiCommandTestsView",
    "ApiCommandView",
    "api_backend_view",
    "api_command_tests_view",
    "api_command_view",
]


class ApiCommandView(msgspec.Struct, frozen=True):
    """All that ``main.go`` prints; ``arguments`` are what the routes are made of."""

    imports: str
    arguments: str
    graph: bool
    files: bool


class ApiCommandTestsView(msgspec.Struct, frozen=True):
    """All that ``main_test.go`` prints; ``variables`` can be wrong."""

    imports: str
    variables: str
    addresses: tuple[Address, ...]
    graph: bool
    files: bool


def api_command_view(backend: Backend) -> ApiCommandView:
    """Return the view of the command itself."""
    module, mounted = backend.settings.module, api_mounted(backend)
    packages = {"app", "config", "lambdahttp"}
    if mounted.graph:
        packages.add("app/graph")
    if mounted.files:
        packages.add("app/files")
    paths = {"context", "io", "log", "net/http", "os"} | {f"{module}/pkg/{package}" for package in packages}
    return ApiCommandView(
        imports=golang.import_block(paths, module),
        arguments=", ".join(mounted.arguments),
        graph=mounted.graph,
        files=mounted.files,
    )


def api_backend_view(backend: Backend) -> RoutesView:
    """Return the view of what the entities stand on."""
    return routes_view(backend, api_mounted(backend))


def api_command_tests_view(backend: Backend) -> ApiCommandTestsView:
    """Return the view of the command's tests."""
    mounted = api_mounted(backend)
    variables = ["JWT_ISSUER", *(["NEO4J_URI"] if mounted.graph else [])]
    own = f"{backend.settings.module}/pkg/commandtest"
    paths = {"io", "net/http", "net/http/httptest", "strings", "testing", own}
    return ApiCommandTestsView(
        imports=golang.import_block(paths, backend.settings.module),
        variables=", ".join(map(golang.string_literal, variables)),
        addresses=refused_addresses((), graph=mounted.graph),
        graph=mounted.graph,
        files=mounted.files,
    )
