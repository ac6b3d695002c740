"""What the handlers of a backend share: only the helpers that one of them calls."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from chariot_gen.model.backend import Backend
from chariot_gen.plan import golang
from chariot_gen.plan.views.handler_offers import Offers, offers, rekeys, served
from chariot_gen.plan.views.handler_tests import known_secrets, provable_offers

__all__ = [
    "FailureView",
    "HandlersTestView",
    "RequestView",
    "failure_view",
    "handlers_test_view",
    "request_view",
]

_OPERATIONS = Offers.__struct_fields__


class RequestView(msgspec.Struct, frozen=True):
    """All that ``request.go`` prints."""

    imports: str
    items: bool
    pages: bool
    writes: bool
    updates: bool


class FailureView(msgspec.Struct, frozen=True):
    """All that ``failure.go`` prints."""

    imports: str
    fills: bool


class HandlersTestView(msgspec.Struct, frozen=True):
    """All that ``handlers_test.go`` prints."""

    imports: str
    answers: bool
    items: bool
    strangers: bool
    lists: bool
    writes: bool
    rewrites: bool
    members: bool
    secrets: bool


def request_view(backend: Backend) -> RequestView:
    """Return the view of the helpers that read requests."""
    offered, module = _union(offers(served(entity)[0]) for entity in backend.served), backend.settings.module
    items, prepares = offered.names_items, offered.create or offered.update or offered.refresh
    paths: set[str] = set()
    if items or offered.list:
        paths |= {"net/http", f"{module}/pkg/apierror"}
    if items:
        paths |= {"strings", "unicode/utf8", f"{module}/pkg/auth"}
    if offered.list:
        paths |= {"fmt", "strconv", f"{module}/pkg/store"}
    if prepares:
        paths |= {"errors", "fmt", "slices", f"{module}/pkg/validation", registry_path(backend)}
    return RequestView(
        imports=golang.import_block(paths, module),
        items=items,
        pages=offered.list,
        writes=prepares,
        updates=any(rekeys(entity) for entity in backend.served),
    )


def failure_view(backend: Backend) -> FailureView:
    """Return the view of the helpers that translate errors."""
    module = backend.settings.module
    fills = _union(offers(served(entity)[0]) for entity in backend.served).refresh
    paths = {"errors", "fmt", f"{module}/pkg/apierror", f"{module}/pkg/store"}
    if fills:
        paths |= {"context", f"{module}/pkg/service"}
    return FailureView(imports=golang.import_block(paths, module), fills=fills)


def handlers_test_view(backend: Backend) -> HandlersTestView:
    """Return the view of the helpers of the handlers' tests."""
    module = backend.settings.module
    offered = _union(provable_offers(backend, entity) for entity in backend.served)
    writes, items = offered.create or offered.update, offered.names_items
    paths = {
        "context",
        "encoding/json",
        "errors",
        "log/slog",
        "net/http",
        "net/http/httptest",
        "slices",
        "strings",
        "testing",
    }
    paths |= {f"{module}/pkg/{path}" for path in ("apierror", "auth", "observability", "store")}
    paths.add(registry_path(backend))
    if offered.list:
        paths |= {"fmt", "net/url"}
    secrets = any(known_secrets(backend, entity) for entity in backend.served)
    if secrets:
        paths.add("strconv")
    return HandlersTestView(
        imports=golang.import_block(paths, module),
        answers=offered.carries_entities,
        items=items,
        strangers=items or offered.list,
        lists=offered.list,
        writes=writes,
        rewrites=offered.update or offered.refresh,
        members=offered.update or offered.refresh or secrets,
        secrets=secrets,
    )


def registry_path(backend: Backend) -> str:
    """Return the import path of the registry: the backend's own, or Tabularium's."""
    tabularium = backend.settings.tabularium
    return f"{tabularium.module if tabularium else backend.settings.module}/pkg/registry"


def _union(each: Iterable[Offers]) -> Offers:
    offered = tuple(each)
    return Offers(**{name: any(getattr(o, name) for o in offered) for name in _OPERATIONS})
