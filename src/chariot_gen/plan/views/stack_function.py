"""One Lambda function of a stack, as the shared parts of the templates print it."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from chariot_gen.model.entity import Entity
from chariot_gen.model.service import Service
from chariot_gen.plan import cloudformation, table
from chariot_gen.plan.views.files import keeps_files
from chariot_gen.plan.views.graph import in_graph

__all__ = [
    "Index",
    "Kept",
    "Outside",
    "OwnSecret",
    "SecretParameter",
    "StackFunction",
    "index_of",
    "kept_files",
    "outsides",
    "secret_parameters",
]


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


class OwnSecret(msgspec.Struct, frozen=True):
    """The parameter that holds the ARN of a secret of the data stack."""

    parameter: str


class Index(msgspec.Struct, frozen=True):
    """An index of the table: its attribute within a text and as a scalar, and its type."""

    name: str
    attribute: str
    type: str


class Kept(msgspec.Struct, frozen=True):
    """The entity whose files are kept in the bucket, below its own name."""

    entity: str


class StackFunction(msgspec.Struct, frozen=True):
    """A function: ``logical_id`` begins the ids of what belongs to it, ``name`` its physical names.

    One that ``serves`` answers requests from the table; one that ``signs`` knows the secret
    by which the backend signs tokens of its own.
    """

    logical_id: str
    name: str
    label: str
    description: str
    memory: int
    timeout: int
    concurrency: int
    request_timeout: str
    table_actions: tuple[str, ...]
    indexes: tuple[Index, ...]
    services: tuple[Outside, ...]
    own_secrets: tuple[OwnSecret, ...]
    secret_parameters: tuple[SecretParameter, ...]
    files: tuple[Kept, ...]
    graph: bool
    serves: bool = True
    signs: bool = False


def kept_files(entities: Iterable[Entity]) -> tuple[Kept, ...]:
    """Return whose files a function may read and write that serves these entities."""
    return tuple(Kept(cloudformation.scalar(e.names.flat)) for e in entities if keeps_files(e))


def secret_parameters(entities: Iterable[Entity], services: Iterable[Outside]) -> tuple[SecretParameter, ...]:
    """Return what names the secrets of the services, and of the graph where an entity is kept there."""
    names = [service.secret_parameter for service in services if service.secret_parameter]
    if any(map(in_graph, entities)):
        names.append("GraphSecretName")
    return tuple(map(SecretParameter, names))


def index_of(index: table.Index) -> Index:
    """Return an index of the table as templates print it."""
    return Index(index.attribute, cloudformation.scalar(index.attribute), index.type)


def outsides(services: Iterable[Service]) -> tuple[Outside, ...]:
    """Return the parameters and variables of outside services."""
    return tuple(map(_outside, services))


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
