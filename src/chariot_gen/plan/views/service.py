"""The client of an outside service: its types, one method a call, and the mapping into the entity.

Every exported name starts with the service's Go name, so that two services never
collide in their one package and a further service renames nothing.
"""

from __future__ import annotations

import msgspec

from chariot_gen import names
from chariot_gen.model.backend import Backend
from chariot_gen.model.entity import Entity
from chariot_gen.model.service import Auth, AuthKind, Place, Service
from chariot_gen.plan import golang
from chariot_gen.plan.views.service_call import CallView, call_view
from chariot_gen.plan.views.service_fill import FillView, fill_view
from chariot_gen.plan.views.service_values import duration

__all__ = [
    "AuthView",
    "Declared",
    "ServicePackageView",
    "ServiceView",
    "has_path_params",
    "has_services",
    "service_package_view",
    "service_view",
]

_TEST_IMPORTS = (
    "context",
    "encoding/json",
    "errors",
    "io",
    "maps",
    "net/http",
    "net/http/httptest",
    "net/url",
    "reflect",
    "slices",
    "strings",
    "testing",
    "testing/synctest",
    "time",
)


class Declared(msgspec.Struct, frozen=True):
    """A declaration with its comment."""

    doc: str
    declaration: str


class AuthView(msgspec.Struct, frozen=True):
    """How the client proves who calls; everything but ``has_secret`` is empty without a secret."""

    has_secret: bool
    doc: str = ""
    authorizer: str = ""
    missing: str = ""


class ServiceView(msgspec.Struct, frozen=True):
    """``SERVICE_client.go``."""

    go: str
    prefix: str
    imports: str
    constants: tuple[Declared, ...]
    is_rated: bool
    auth: AuthView
    client_doc: str
    constructor_doc: str
    error_format: str
    calls: tuple[CallView, ...]
    fill: FillView | None


class ServicePackageView(msgspec.Struct, frozen=True):
    """The files of package service that all clients share."""

    errors_imports: str
    path_imports: str
    test_imports: str


def has_services(backend: Backend) -> bool:
    """Report whether there is a package service at all."""
    return any(entity.services for entity in backend.entities)


def has_path_params(backend: Backend) -> bool:
    """Report whether a call expands a path, and so needs the function that does."""
    return any(
        call_view(service, call).expansion
        for entity in backend.entities
        for service in entity.services
        for call in service.calls
    )


def service_package_view(backend: Backend) -> ServicePackageView:
    """Return the view of ``doc.go``, ``errors.go``, ``path.go`` and ``replies_test.go``."""
    module = backend.settings.module
    return ServicePackageView(
        errors_imports=golang.import_block({"errors", "fmt", "net/http", f"{module}/pkg/httpclient"}, module),
        path_imports=golang.import_block({"fmt", "net/url", "slices", "strings"}, module),
        test_imports=golang.import_block(
            {*_TEST_IMPORTS, f"{module}/pkg/httpclient", f"{module}/pkg/service"}, module
        ),
    )


def service_view(backend: Backend, entity: Entity, service: Service) -> ServiceView:
    """Return the view of one client. Raises SpecError where types cannot be carried over."""
    prefix = names.camel(service.name)
    calls = tuple(call_view(service, call) for call in service.calls)
    fill = fill_view(entity, service)
    human = names.human(service.name)
    return ServiceView(
        go=service.go,
        prefix=prefix,
        imports=golang.import_block(_imports(backend, service, calls, fill), backend.settings.module),
        constants=_constants(service, prefix),
        is_rated=service.rate_limit is not None,
        auth=_auth(service.auth, human),
        client_doc=_client_doc(service, human),
        constructor_doc=_constructor_doc(service),
        error_format=golang.string_literal(f"{human}: %w"),
        calls=calls,
        fill=fill,
    )


def _constants(service: Service, prefix: str) -> tuple[Declared, ...]:
    retry, rate = service.retry, service.rate_limit
    rows = [
        ("Timeout", "bounds one attempt of a call.", duration(service.timeout_ms)),
        ("Attempts", "counts the tries of a call that may be repeated.", str(retry.attempts)),
        ("Backoff", "bounds the wait before the second attempt.", duration(retry.base_ms)),
        ("MaxBackoff", "bounds the wait before any further attempt.", duration(retry.max_ms)),
    ]
    if rate is not None:
        rows += [
            ("Requests", f"is how many requests the service takes per {prefix}Period.", str(rate.requests)),
            ("Period", f"is the time that {prefix}Requests counts in.", duration(rate.per_ms)),
            ("Burst", "is how many requests may leave at once.", str(rate.burst)),
        ]
    return tuple(
        Declared(golang.doc_comment(f"{prefix}{name} {doc}", 1), f"{prefix}{name} = {value}")
        for name, doc, value in rows
    )


def _auth(auth: Auth, human: str) -> AuthView:
    name = golang.string_literal(auth.name)
    match auth.kind, auth.place:
        case AuthKind.NONE, _:
            return AuthView(has_secret=False)
        case AuthKind.BEARER, _:
            noun, authorizer = "the bearer token", "httpclient.BearerAuth(cfg.Secret)"
        case AuthKind.BASIC, _:
            noun, authorizer = 'the credentials as "user:password"', "httpclient.BasicAuth(cfg.Secret)"
        case _, Place.QUERY:
            noun, authorizer = "the API key", f"httpclient.QueryKey({name}, cfg.Secret)"
        case _:
            noun, authorizer = "the API key", f"httpclient.HeaderKey({name}, cfg.Secret)"
    return AuthView(
        has_secret=True,
        doc=golang.doc_comment(f"Secret yields {noun}; it is asked before every attempt.", 1),
        authorizer=authorizer,
        missing=golang.string_literal(f"{human}: no secret is configured"),
    )


def _client_doc(service: Service, human: str) -> str:
    description = service.description.strip()
    first, _, rest = description.partition(" ")
    if first in {"The", "A", "An"} and rest:
        text = f"calls {first.lower()} {rest}"
    else:
        text = f"calls {human}. {description}"
    return f"{golang.doc_comment(f'{service.go}Client {text}')}\n//\n// It is safe for concurrent use."


def _constructor_doc(service: Service) -> str:
    missing = "" if service.auth.kind is AuthKind.NONE else " or there is no secret"
    return golang.doc_comment(
        f"New{service.go}Client returns a client. It fails if the base URL is not an absolute one{missing}."
    )


def _imports(
    backend: Backend, service: Service, calls: tuple[CallView, ...], fill: FillView | None
) -> set[str]:
    module = backend.settings.module
    found = {"context", "fmt", "net/http", "time", f"{module}/pkg/httpclient"}
    if service.auth.kind is not AuthKind.NONE or (fill is not None and fill.has_required):
        found.add("errors")
    if service.rate_limit is not None:
        found.add("golang.org/x/time/rate")
    for call in calls:
        found.update(call.imports)
    if fill is not None or any(call.uses_model for call in calls):
        found.add(f"{module}/pkg/model/model")
    return found
