"""An outside service that an entity is filled from."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from chariot_gen.diagnostics import Location
from chariot_gen.model.types import Type

__all__ = [
    "Auth",
    "AuthKind",
    "Call",
    "Mapping",
    "Param",
    "Place",
    "RateLimit",
    "Response",
    "ResponseField",
    "Retry",
    "Service",
]


class AuthKind(StrEnum):
    """How a call proves who makes it."""

    NONE = "none"
    API_KEY = "api_key"
    BASIC = "basic"
    BEARER = "bearer"


class Place(StrEnum):
    """Where a parameter or a key goes in the request."""

    PATH = "path"
    QUERY = "query"
    HEADER = "header"
    BODY = "body"


class Auth(msgspec.Struct, frozen=True):
    """``place`` and ``name`` say where an API key goes; ``secret`` names it, never holds it."""

    kind: AuthKind
    place: Place | None = None
    name: str = ""
    secret: str = ""


class Retry(msgspec.Struct, frozen=True):
    """``attempts`` counts the first try; waits grow from ``base_ms`` to ``max_ms`` with full jitter."""

    attempts: int = 3
    base_ms: int = 200
    max_ms: int = 5000


class RateLimit(msgspec.Struct, frozen=True):
    """At most ``requests`` in ``per_ms`` milliseconds, ``burst`` at once."""

    requests: int
    per_ms: int
    burst: int = 1


class Param(msgspec.Struct, frozen=True):
    """One parameter of a call: ``name`` on the wire, ``go`` in the params struct.

    ``field`` is the entity's field that fills it when the call maps to the entity.
    """

    name: str
    go: str
    type: Type
    place: Place
    optional: bool
    description: str
    field: str = ""
    location: Location | None = None


class ResponseField(msgspec.Struct, frozen=True):
    """One field of a response: ``name`` in the JSON, ``go`` in the struct."""

    name: str
    go: str
    type: Type
    optional: bool
    description: str
    location: Location | None = None


class Response(msgspec.Struct, frozen=True):
    """The response struct of a call; ``is_list`` when the body is an array of it."""

    go: str
    fields: tuple[ResponseField, ...]
    is_list: bool = False


class Mapping(msgspec.Struct, frozen=True):
    """The entity's field ``field`` takes the response's ``source`` (a ResponseField name)."""

    field: str
    source: str
    location: Location | None = None


class Call(msgspec.Struct, frozen=True):
    """One call: ``go`` is the method's name, ``path`` keeps ``{param}`` placeholders."""

    name: str
    go: str
    method: str
    path: str
    description: str
    params: tuple[Param, ...]
    response: Response
    mappings: tuple[Mapping, ...]
    idempotent: bool
    location: Location | None = None


class Service(msgspec.Struct, frozen=True):
    """One client. For ``external_service``: go ``ExternalService``, env ``EXTERNAL_SERVICE``.

    ``timeout_ms`` bounds one attempt.
    """

    name: str
    go: str
    snake: str
    env: str
    receiver: str
    description: str
    base_url: str
    auth: Auth
    calls: tuple[Call, ...]
    timeout_ms: int
    retry: Retry
    rate_limit: RateLimit | None
    location: Location
