"""The main of one Lambda function that serves an entity's API, and its tests."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from chariot_gen.model.backend import Backend
from chariot_gen.model.entity import Entity
from chariot_gen.model.service import Service
from chariot_gen.plan import golang
from chariot_gen.plan.views.files import keeps_files
from chariot_gen.plan.views.graph import in_graph
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
    "Address",
    "CommandTestsView",
    "CommandView",
    "command_tests_view",
    "command_view",
    "refused_addresses",
]

_SHARED = ("app", "config", "handler/handlers", "lambdahttp", "model/model")


class CommandDocs(msgspec.Struct, frozen=True):
    """Doc comments that hold a name, wrapped."""

    command: str


class CommandLiterals(msgspec.Struct, frozen=True):
    """Go literals and calls."""

    fatal: str
    new_store: str
    new_handler: str


class CommandView(msgspec.Struct, frozen=True):
    """All that ``main.go`` of a command prints."""

    imports: str
    docs: CommandDocs
    literals: CommandLiterals
    services: tuple[ServiceWire, ...]
    graph: bool
    files: bool


class CommandTestsLiterals(msgspec.Struct, frozen=True):
    """Go literals."""

    path: str
    variables: str


class Address(msgspec.Struct, frozen=True):
    """A variable and a value of it that is refused, as Go literals."""

    name: str
    value: str


class CommandTestsView(msgspec.Struct, frozen=True):
    """All that ``main_test.go`` of a command prints."""

    imports: str
    literals: CommandTestsLiterals
    addresses: tuple[Address, ...]
    graph: bool
    files: bool


def command_view(backend: Backend, entity: Entity) -> CommandView:
    """Return the view of the main that serves an entity's API."""
    module, command = backend.settings.module, entity.names.flat
    wires, new_store = service_wires(entity), new_items(backend, entity)
    purpose = f"Command {command} serves {entity.names.human_plural} as an AWS Lambda function."
    return CommandView(
        imports=golang.import_block(_imports(module, wires, store_packages(entity, new_store)), module),
        docs=CommandDocs(command=golang.doc_comment(purpose)),
        literals=CommandLiterals(
            fatal=golang.string_literal(f"{command}: %v"),
            new_store=new_store,
            new_handler=", ".join(handler_calls(entity, "items")),
        ),
        services=wires,
        graph=in_graph(entity),
        files=keeps_files(entity),
    )


def command_tests_view(backend: Backend, entity: Entity) -> CommandTestsView:
    """Return the view of the tests of that main."""
    api, _ = served(entity)
    variables = ["JWT_ISSUER", *(f"{service.env}_BASE_URL" for service in wired(entity))]
    if in_graph(entity):
        variables.append("NEO4J_URI")
    own = f"{backend.settings.module}/pkg/commandtest"
    paths = {"io", "net/http", "net/http/httptest", "strings", "testing", own}
    return CommandTestsView(
        imports=golang.import_block(paths, backend.settings.module),
        literals=CommandTestsLiterals(
            path=golang.string_literal(api.path),
            variables=", ".join(golang.string_literal(name) for name in variables),
        ),
        addresses=refused_addresses(wired(entity), graph=in_graph(entity)),
        graph=in_graph(entity),
        files=keeps_files(entity),
    )


def refused_addresses(services: Iterable[Service], *, graph: bool) -> tuple[Address, ...]:
    """Return addresses that the environment may hold, and that the client of each refuses."""
    found = {f"{service.env}_BASE_URL": "https://service.example.com?q" for service in services}
    if graph:
        found["NEO4J_URI"] = "bolt+s://graph.example.com?policy=a"
    return tuple(Address(golang.string_literal(k), golang.string_literal(v)) for k, v in found.items())


def _imports(module: str, wires: tuple[ServiceWire, ...], packages: set[str]) -> set[str]:
    if wires:
        packages = packages | {"service"}
    return {"context", "io", "log", "net/http", "os"} | {
        f"{module}/pkg/{path}" for path in {*_SHARED, *packages}
    }
