"""What the CloudFormation templates print: one stack per entity, the data, and the root over them."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from chariot_gen.model.api import Endpoint, Operation
from chariot_gen.model.backend import Backend
from chariot_gen.model.entity import Entity
from chariot_gen.plan import cloudformation, table
from chariot_gen.plan.views.api_stack import api_stack_view
from chariot_gen.plan.views.files import has_files, keeps_files
from chariot_gen.plan.views.graph import in_graph, uses_graph
from chariot_gen.plan.views.handler_offers import keyed
from chariot_gen.plan.views.stack_function import (
    Index,
    Outside,
    OwnSecret,
    StackFunction,
    index_of,
    kept_files,
    outsides,
    secret_parameters,
)

__all__ = [
    "DataStackView",
    "EntityStackView",
    "Nested",
    "RootStackView",
    "Route",
    "data_stack_view",
    "entity_stack_view",
    "root_stack_view",
]


class Route(msgspec.Struct, frozen=True):
    """One event of the function: ``Create``, ``/api/newentity``, ``post``."""

    event: str
    path: str
    method: str


class EntityStackView(msgspec.Struct, frozen=True):
    """``cf-templates/<entity>_resources.yaml``; ``name`` begins every physical name."""

    description: str
    logical_id: str
    rest_api: str
    name: str
    purpose: str
    service: str
    entity: str
    label: str
    latency_target: int
    function: StackFunction
    routes: tuple[Route, ...]
    preflights: tuple[Route, ...]
    others: tuple[Route, ...]
    services: tuple[Outside, ...]
    files: bool
    graph: bool
    signs: bool


class DataStackView(msgspec.Struct, frozen=True):
    """``cf-templates/data_resources.yaml``: what must outlive every deployment."""

    service: str
    indexes: tuple[Index, ...]
    files: bool
    signs: bool


class Nested(msgspec.Struct, frozen=True):
    """The stack of an API in the root: its id there, its file, its parameters, the output that names it."""

    logical_id: str
    location: str
    label: str
    output: str
    services: tuple[Outside, ...]
    files: bool
    graph: bool
    signs: bool = False


class RootStackView(msgspec.Struct, frozen=True):
    """``template.yaml``; ``services`` are those of all entities."""

    description: str
    service: str
    stacks: tuple[Nested, ...]
    services: tuple[Outside, ...]
    files: bool
    graph: bool


def entity_stack_view(backend: Backend, entity: Entity) -> EntityStackView:
    """Return the view of an entity's own stack; the entity has an API."""
    endpoints = entity.api.endpoints if entity.api else ()
    function = _function(backend, entity, endpoints)
    routes = (*map(_route, endpoints), *_file_routes(entity))
    return EntityStackView(
        description=cloudformation.description(entity.description),
        logical_id=entity.names.logical_id,
        rest_api=f"{entity.names.logical_id}Api",
        name=function.name,
        purpose=function.description,
        service=cloudformation.slug(backend.settings.name),
        entity=cloudformation.scalar(entity.names.flat),
        label=entity.names.human,
        latency_target=cloudformation.latency_target(entity.infrastructure.timeout, entity.services),
        function=function,
        routes=routes,
        preflights=tuple(_also(route, "Preflight", "options") for route in _one_a_path(routes)),
        others=tuple(_also(route, "Others", "any") for route in _one_a_path(routes)),
        services=function.services,
        files=keeps_files(entity),
        graph=function.graph,
        signs=False,
    )


def _function(backend: Backend, entity: Entity, endpoints: tuple[Endpoint, ...]) -> StackFunction:
    services, infrastructure = outsides(entity.services), entity.infrastructure
    return StackFunction(
        logical_id=entity.names.logical_id,
        name=cloudformation.name_base(backend.settings.name, entity.names.flat),
        label=entity.names.human,
        description=f"HTTP API of {entity.names.human_plural}",
        memory=infrastructure.memory,
        timeout=infrastructure.timeout,
        concurrency=infrastructure.concurrency,
        request_timeout=cloudformation.request_timeout(infrastructure.timeout),
        table_actions=_table_actions(entity, endpoints),
        indexes=_queried(entity),
        services=services,
        own_secrets=(OwnSecret("PageTokenSecretArn"),),
        secret_parameters=secret_parameters((entity,), services),
        files=kept_files((entity,)),
        graph=in_graph(entity),
    )


def data_stack_view(backend: Backend) -> DataStackView:
    """Return the view of the stateful stack."""
    return DataStackView(
        service=cloudformation.slug(backend.settings.name),
        indexes=tuple(map(index_of, table.indexes(backend))),
        files=has_files(backend),
        signs=bool(backend.chariot),
    )


def root_stack_view(backend: Backend) -> RootStackView:
    """Return the view of the root stack over the data, every entity's own stack, and that of the one API."""
    nested = (*map(_nested, backend.rest), *_nested_api(backend))
    return RootStackView(
        description=cloudformation.description(backend.settings.description or backend.settings.name),
        service=cloudformation.slug(backend.settings.name),
        stacks=nested,
        services=tuple(service for stack in nested for service in stack.services),
        files=has_files(backend),
        graph=uses_graph(backend),
    )


def _nested(entity: Entity) -> Nested:
    return Nested(
        logical_id=entity.names.logical_id,
        location=f"cf-templates/{entity.names.snake}_resources.yaml",
        label=entity.names.human,
        output=f"{entity.names.logical_id}ApiUrl",
        services=outsides(entity.services),
        files=keeps_files(entity),
        graph=in_graph(entity),
    )


def _nested_api(backend: Backend) -> tuple[Nested, ...]:
    """Return the stack of the one API of the contract ``chariot``, if anything is served under it."""
    if not backend.chariot:
        return ()
    view = api_stack_view(backend)
    return (
        Nested(
            logical_id=view.logical_id,
            location="cf-templates/api_resources.yaml",
            label=view.label,
            output="ApiUrl",
            services=view.services,
            files=view.files,
            graph=view.graph,
            signs=view.signs,
        ),
    )


def _table_actions(entity: Entity, endpoints: tuple[Endpoint, ...]) -> tuple[str, ...]:
    return cloudformation.table_actions(
        (endpoint.operation for endpoint in endpoints),
        stored=not in_graph(entity),
        keyed=any(keyed(entity, endpoint) for endpoint in endpoints),
        marks=entity.api is not None and entity.api.soft_delete is not None,
    )


def _queried(entity: Entity) -> tuple[Index, ...]:
    """Return the indexes that the API's list is read by."""
    listed = entity.api is not None and entity.api.endpoint(Operation.LIST) is not None
    return tuple(map(index_of, table.own_indexes(entity))) if listed and not in_graph(entity) else ()


def _route(endpoint: Endpoint) -> Route:
    return Route(
        event=endpoint.operation.value.capitalize(),
        path=cloudformation.scalar(endpoint.path),
        method=endpoint.method.lower(),
    )


def _file_routes(entity: Entity) -> tuple[Route, ...]:
    if entity.api is None or not keeps_files(entity):
        return ()
    path = cloudformation.scalar(f"{entity.api.path}/{{key}}/file")
    return Route("UploadFile", path, "put"), Route("DownloadFile", path, "get")


def _one_a_path(routes: tuple[Route, ...]) -> Iterator[Route]:
    seen: set[str] = set()
    for route in routes:
        if route.path not in seen:
            seen.add(route.path)
            yield route


def _also(route: Route, suffix: str, method: str) -> Route:
    """Return a further event of the route's path."""
    return Route(event=f"{route.event}{suffix}", path=route.path, method=method)
