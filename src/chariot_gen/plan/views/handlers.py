"""What the handlers of a backend share: only the helpers that one of them calls."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from chariot_gen.model.backend import Backend
from chariot_gen.model.entity import Entity
from chariot_gen.plan import golang
from chariot_gen.plan.views.chariot_tests import chariot_tests_view
from chariot_gen.plan.views.handler_offers import Offers, offers, served
from chariot_gen.plan.views.handler_tests import (
    HandlerTestsView,
    handler_tests_view,
    known_secrets,
    provable_offers,
)

__all__ = [
    "HandlersTestView",
    "ImportsView",
    "collections_test_view",
    "failure_view",
    "handlers_test_view",
    "package_tests_view",
    "prepare_view",
    "refreshes",
]

_OPERATIONS = Offers.__struct_fields__
# What the helpers of the handlers' tests always import: of the standard library, and of the backend.
_OF_TESTS = (
    "context",
    "encoding/json",
    "errors",
    "log/slog",
    "maps",
    "net/http",
    "net/http/httptest",
    "slices",
    "strings",
    "testing",
    "time",
)
_SHARED_BY_TESTS = ("apierror", "auth", "handler", "idempotency", "observability", "pagetoken", "store")


class ImportsView(msgspec.Struct, frozen=True):
    """All that a file prints that differs by its imports alone."""

    imports: str


class HandlersTestView(msgspec.Struct, frozen=True):
    """All that ``handlers_test.go`` prints."""

    imports: str
    answers: bool
    items: bool
    strangers: bool
    lists: bool
    changes: bool
    creates: bool
    writes: bool
    repeats: bool
    rewrites: bool
    members: bool
    batches: bool
    patches: bool
    secrets: bool


def prepare_view(backend: Backend) -> ImportsView:
    """Return the view of what runs the hooks of a model, which the registry knows."""
    module = backend.settings.module
    paths = {"errors", "fmt", "slices", registry_path(backend)}
    paths |= {f"{module}/pkg/{path}" for path in ("apierror", "handler/respond", "validation")}
    return ImportsView(imports=golang.import_block(paths, module))


def package_tests_view(backend: Backend) -> ImportsView:
    """Return the view of the tests of what all handlers stand on."""
    module = backend.settings.module
    shared = (
        "apierror",
        "auth",
        "handler",
        "handler/respond",
        "idempotency",
        "pagetoken",
        "store",
        "validation",
    )
    paths = {"errors", "net/http", "net/http/httptest", "strings", "testing", "time", registry_path(backend)}
    return ImportsView(
        imports=golang.import_block(paths | {f"{module}/pkg/{path}" for path in shared}, module)
    )


def collections_test_view(backend: Backend) -> ImportsView:
    """Return the view of the fixtures for the tests of the contract ``chariot``."""
    module = backend.settings.module
    shared = (
        "apierror",
        "auth",
        "handler",
        "handler/chariot",
        "idempotency",
        "observability",
        "pagetoken",
        "store",
        "validation",
    )
    paths = {"context", "encoding/json", "errors", "log/slog", "maps", "net/http", "net/http/httptest"}
    paths |= {"slices", "strings", "testing", "time", registry_path(backend)}
    return ImportsView(
        imports=golang.import_block(paths | {f"{module}/pkg/{path}" for path in shared}, module)
    )


def refreshes(backend: Backend) -> bool:
    """Report whether a handler asks an outside service."""
    return any(offers(served(entity)[0]).refresh for entity in backend.rest)


def failure_view(backend: Backend) -> ImportsView:
    """Return the view of the helper that translates the failures of outside services."""
    module = backend.settings.module
    paths = {"context", "errors", "fmt", f"{module}/pkg/apierror", f"{module}/pkg/service"}
    return ImportsView(imports=golang.import_block(paths, module))


def handlers_test_view(backend: Backend) -> HandlersTestView:
    """Return the view of the helpers of the handlers' tests."""
    module = backend.settings.module
    known = [(backend.around(entity), entity) for entity in backend.rest]
    offered = _union(known)
    writes, items = offered.writes, offered.names_items
    paths = {*_OF_TESTS, *(f"{module}/pkg/{path}" for path in _SHARED_BY_TESTS)}
    paths.add(registry_path(backend))
    if offered.list:
        paths |= {"fmt", "net/url"}
    secrets = any(known_secrets(backend.around(entity), entity) for entity in backend.served)
    if secrets:
        paths.add("strconv")

    def any_of(has: Callable[[HandlerTestsView], object]) -> bool:
        # Most often the first of hundreds has it: no view is made to be asked for nothing.
        return any(has(handler_tests_view(around, entity)) for around, entity in known)

    collections = [chariot_tests_view(backend.around(entity), entity) for entity in backend.chariot]
    return HandlersTestView(
        imports=golang.import_block(paths, module),
        answers=offered.carries_entities or any(tests.answers or tests.offers.list for tests in collections),
        items=items,
        strangers=items or offered.list,
        lists=offered.list,
        changes=writes or any(tests.change for tests in collections),
        creates=offered.create,
        writes=writes,
        repeats=any_of(lambda tests: tests.repeats),
        rewrites=offered.replaces or offered.refresh,
        members=offered.create
        or offered.replaces
        or offered.refresh
        or secrets
        or any_of(lambda tests: tests.mark)
        or any(tests.change or tests.mark for tests in collections),
        batches=offered.batch,
        patches=any_of(lambda tests: tests.patches),
        secrets=secrets,
    )


def registry_path(backend: Backend) -> str:
    """Return the import path of the registry: the backend's own, or Tabularium's."""
    tabularium = backend.settings.tabularium
    return f"{tabularium.module if tabularium else backend.settings.module}/pkg/registry"


def _union(known: Sequence[tuple[Backend, Entity]]) -> Offers:
    """Return the operations that can be tested of any entity."""

    def any_tests(name: str) -> bool:
        offering = (pair for pair in known if getattr(offers(served(pair[1])[0]), name))
        return any(getattr(provable_offers(*pair), name) for pair in offering)

    return Offers(**{name: any_tests(name) for name in _OPERATIONS})
