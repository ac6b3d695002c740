"""``cf-templates/api_resources.yaml``: the one API of the contract ``chariot``, and its authorizer."""

from __future__ import annotations

import re

import msgspec

from chariot_gen.model.api import Operation
from chariot_gen.model.backend import Backend
from chariot_gen.model.tokens import TOKEN_ROUTES
from chariot_gen.plan import cloudformation, table
from chariot_gen.plan.views.files import keeps_files
from chariot_gen.plan.views.graph import in_graph
from chariot_gen.plan.views.handler_offers import served
from chariot_gen.plan.views.stack_function import (
    Index,
    Outside,
    OwnSecret,
    StackFunction,
    index_of,
    kept_files,
    secret_parameters,
)

__all__ = ["ApiStackView", "api_stack_view"]

# A decision about a token may be kept for this long, in seconds: it should not outlive by
# much what it was made of.
_AUTHORIZER_TTL = 60
_AUTHORIZER_MEMORY = 256
_AUTHORIZER_TIMEOUT = 10
_ANY = "x-amazon-apigateway-any-method"
_HEALTH = ("GET", "/healthz", False)


class PathParameter(msgspec.Struct, frozen=True):
    """What stands in braces in a path."""

    name: str


class ApiOperation(msgspec.Struct, frozen=True):
    """One method of a path; callers of one that is ``guarded`` show a token."""

    method: str
    guarded: bool


class ApiPath(msgspec.Struct, frozen=True):
    """One path of the API, as a scalar, and what it answers to."""

    path: str
    parameters: tuple[PathParameter, ...]
    operations: tuple[ApiOperation, ...]


class ApiStackView(msgspec.Struct, frozen=True):
    """All that the template prints. It has no ``entity``, because it serves many."""

    description: str
    logical_id: str
    rest_api: str
    name: str
    purpose: str
    service: str
    entity: str
    label: str
    latency_target: int
    authorizer_ttl: int
    functions: tuple[StackFunction, ...]
    paths: tuple[ApiPath, ...]
    services: tuple[Outside, ...]
    files: bool
    graph: bool
    signs: bool


def api_stack_view(backend: Backend) -> ApiStackView:
    """Return the view of the stack; something is served under the contract ``chariot``."""
    function = _function(backend)
    return ApiStackView(
        description=cloudformation.description(f"{function.description}, and its authorizer."),
        logical_id=function.logical_id,
        rest_api="RestApi",
        name=function.name,
        purpose=function.description,
        service=cloudformation.slug(backend.settings.name),
        entity="",
        label=function.label,
        latency_target=cloudformation.latency_target(function.timeout, ()),
        authorizer_ttl=_AUTHORIZER_TTL,
        functions=(function, _authorizer(backend)),
        paths=_paths(backend),
        services=function.services,
        files=any(map(keeps_files, backend.chariot)),
        graph=function.graph,
        signs=True,
    )


def _function(backend: Backend) -> StackFunction:
    """Return the function that serves every entity: as large, and as patient, as the most demanding needs."""
    limits = [entity.infrastructure for entity in backend.chariot]
    timeout = max(limit.timeout for limit in limits)
    return StackFunction(
        logical_id="Api",
        name=cloudformation.name_base(backend.settings.name, "api"),
        label="Chariot",
        description="HTTP API as Chariot's own clients call it",
        memory=max(limit.memory for limit in limits),
        timeout=timeout,
        concurrency=0,
        request_timeout=cloudformation.request_timeout(timeout),
        table_actions=cloudformation.all_table_actions(),
        indexes=_queried(backend),
        services=(),
        own_secrets=(OwnSecret("PageTokenSecretArn"), OwnSecret("TokenSigningSecretArn")),
        secret_parameters=secret_parameters(backend.chariot, ()),
        files=kept_files(backend.chariot),
        graph=any(map(in_graph, backend.chariot)),
        signs=True,
    )


def _queried(backend: Backend) -> tuple[Index, ...]:
    """Return the indexes that lists are read by."""
    kept = (e for e in backend.chariot if not in_graph(e) and served(e)[0].endpoint(Operation.LIST))
    found = {index.attribute: index for entity in kept for index in table.own_indexes(entity)}
    return tuple(index_of(found[attribute]) for attribute in sorted(found))


def _authorizer(backend: Backend) -> StackFunction:
    return StackFunction(
        logical_id="Authorizer",
        name=cloudformation.name_base(backend.settings.name, "authorizer"),
        label="authorizer",
        description="Judge of the tokens of the API's callers",
        memory=_AUTHORIZER_MEMORY,
        timeout=_AUTHORIZER_TIMEOUT,
        concurrency=0,
        request_timeout="",
        table_actions=(),
        indexes=(),
        services=(),
        own_secrets=(OwnSecret("TokenSigningSecretArn"),),
        secret_parameters=(),
        files=(),
        graph=False,
        serves=False,
        signs=True,
    )


def _paths(backend: Backend) -> tuple[ApiPath, ...]:
    routes = [
        (endpoint.method, endpoint.path, True)
        for entity in backend.chariot
        for endpoint in served(entity)[0].chariot_endpoints
    ]
    routes += ((route.method, route.path, route.entitlement is not None) for route in TOKEN_ROUTES)
    routes.append(_HEALTH)
    found: dict[str, dict[str, bool]] = {}
    for method, path, guarded in routes:
        # Browsers ask whether they may ask without saying who does. Any other method reaches the
        # function too, which says what is allowed.
        asks = {} if path == _HEALTH[1] else {"options": False, _ANY: True}
        found.setdefault(path, asks)[method.lower()] = guarded
    return tuple(_path(path, methods) for path, methods in found.items())


def _path(path: str, methods: dict[str, bool]) -> ApiPath:
    return ApiPath(
        path=cloudformation.scalar(path),
        parameters=tuple(PathParameter(name) for name in re.findall(r"{(\w+)}", path)),
        operations=tuple(ApiOperation(method, methods[method]) for method in sorted(methods)),
    )
