"""What the CloudFormation templates print: one stack per entity, the data, and the root over them."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from chariot_gen.model.api import Endpoint, Operation
from chariot_gen.model.backend import Backend
from chariot_gen.model.entity import Entity
from chariot_gen.model.service import Service
from chariot_gen.plan import cloudformation, table
from chariot_gen.plan.views.files import has_files, keeps_files
from chariot_gen.plan.views.graph import in_graph, uses_graph
from chariot_gen.plan.views.handler_offers import keyed

__all__ = [
    "DataStackView",
    "EntityStackView",
    "Index",
    "Nested",
    "Outside",
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


class Outside(msgspec.Struct, frozen=True):
    """The parameters of an outside service and the variables that carry them.

    ``secret_parameter`` is empty for a service that is called without a secret.
    """

    url_parameter: str
    url_variable: str
    url: str
    secret_parameter: str
    secret_variable: str
    secret: str
    label: str


class SecretParameter(msgspec.Struct, frozen=True):
    """The parameter that names a secret."""

    name: str


class Index(msgspec.Struct, frozen=True):
    """An index of the table: its attribute within a text and as a scalar, and its type."""

    name: str
    attribute: str
    type: str


class EntityStackView(msgspec.Struct, frozen=True):
    """``cf-templates/<entity>_resources.yaml``; ``name`` begins every physical name."""

    description: str
    logical_id: str
    name: str
    service: str
    entity: str
    label: str
    label_plural: str
    memory: int
    timeout: int
    concurrency: int
    request_timeout: str
    latency_target: int
    table_actions: tuple[str, ...]
    indexes: tuple[Index, ...]
    routes: tuple[Route, ...]
    preflights: tuple[Route, ...]
    services: tuple[Outside, ...]
    secret_parameters: tuple[SecretParameter, ...]
    files: str
    graph: bool


class DataStackView(msgspec.Struct, frozen=True):
    """``cf-templates/data_resources.yaml``: what must outlive every deployment."""

    service: str
    indexes: tuple[Index, ...]
    files: bool


class Nested(msgspec.Struct, frozen=True):
    """One entity's stack in the root: its id there, its file, its parameters."""

    logical_id: str
    location: str
    label: str
    services: tuple[Outside, ...]
    files: bool
    graph: bool


class RootStackView(msgspec.Struct, frozen=True):
    """``template.yaml``; ``services`` are those of all entities."""

    description: str
    service: str
    entities: tuple[Nested, ...]
    services: tuple[Outside, ...]
    graph: bool


def entity_stack_view(backend: Backend, entity: Entity) -> EntityStackView:
    """Return the view of an entity's own stack; the entity has an API."""
    endpoints = entity.api.endpoints if entity.api else ()
    services = tuple(_outside(service) for service in entity.services)
    infrastructure = entity.infrastructure
    return EntityStackView(
        description=cloudformation.description(entity.description),
        logical_id=entity.names.logical_id,
        name=cloudformation.name_base(backend.settings.name, entity.names.flat),
        service=cloudformation.slug(backend.settings.name),
        entity=cloudformation.scalar(entity.names.flat),
        label=entity.names.human,
        label_plural=entity.names.human_plural,
        memory=infrastructure.memory,
        timeout=infrastructure.timeout,
        concurrency=infrastructure.concurrency,
        request_timeout=cloudformation.request_timeout(infrastructure.timeout),
        latency_target=cloudformation.latency_target(infrastructure.timeout, entity.services),
        table_actions=_table_actions(entity, endpoints),
        indexes=_queried(entity),
        routes=(*map(_route, endpoints), *_file_routes(entity)),
        preflights=tuple(_preflight(endpoint) for endpoint in _one_a_path(endpoints)),
        services=services,
        secret_parameters=_secret_parameters(entity, services),
        files=cloudformation.scalar(entity.names.flat) if keeps_files(entity) else "",
        graph=in_graph(entity),
    )


def data_stack_view(backend: Backend) -> DataStackView:
    """Return the view of the stateful stack."""
    return DataStackView(
        service=cloudformation.slug(backend.settings.name),
        indexes=tuple(map(_index, table.indexes(backend))),
        files=has_files(backend),
    )


def root_stack_view(backend: Backend) -> RootStackView:
    """Return the view of the root stack over the data and every entity with an API."""
    nested = tuple(_nested(entity) for entity in backend.served)
    return RootStackView(
        description=cloudformation.description(backend.settings.description or backend.settings.name),
        service=cloudformation.slug(backend.settings.name),
        entities=nested,
        services=tuple(service for entity in nested for service in entity.services),
        graph=uses_graph(backend),
    )


def _nested(entity: Entity) -> Nested:
    return Nested(
        logical_id=entity.names.logical_id,
        location=f"cf-templates/{entity.names.snake}_resources.yaml",
        label=entity.names.human,
        services=tuple(_outside(service) for service in entity.services),
        files=keeps_files(entity),
        graph=in_graph(entity),
    )


def _table_actions(entity: Entity, endpoints: tuple[Endpoint, ...]) -> tuple[str, ...]:
    return cloudformation.table_actions(
        (endpoint.operation for endpoint in endpoints),
        stored=not in_graph(entity),
        keyed=any(keyed(entity, endpoint) for endpoint in endpoints),
    )


def _secret_parameters(entity: Entity, services: tuple[Outside, ...]) -> tuple[SecretParameter, ...]:
    names = [service.secret_parameter for service in services if service.secret_parameter]
    if in_graph(entity):
        names.append("GraphSecretName")
    return tuple(map(SecretParameter, names))


def _queried(entity: Entity) -> tuple[Index, ...]:
    """Return the indexes that the API's list is read by."""
    listed = entity.api is not None and entity.api.endpoint(Operation.LIST) is not None
    return tuple(map(_index, table.own_indexes(entity))) if listed and not in_graph(entity) else ()


def _index(index: table.Index) -> Index:
    return Index(index.attribute, cloudformation.scalar(index.attribute), index.type)


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


def _one_a_path(endpoints: tuple[Endpoint, ...]) -> Iterator[Endpoint]:
    seen: set[str] = set()
    for endpoint in endpoints:
        if endpoint.path not in seen:
            seen.add(endpoint.path)
            yield endpoint


def _preflight(endpoint: Endpoint) -> Route:
    return Route(
        event=f"{endpoint.operation.value.capitalize()}Preflight",
        path=cloudformation.scalar(endpoint.path),
        method="options",
    )


def _outside(service: Service) -> Outside:
    prefix = cloudformation.logical_id(service.go)
    signed = cloudformation.needs_secret(service)
    return Outside(
        url_parameter=f"{prefix}BaseUrl",
        url_variable=f"{service.env}_BASE_URL",
        url=cloudformation.scalar(service.base_url),
        secret_parameter=f"{prefix}SecretName" if signed else "",
        secret_variable=f"{service.env}_SECRET_NAME" if signed else "",
        secret=cloudformation.scalar(service.auth.secret) if signed else "",
        label=prefix,
    )
