"""Each operation: what it takes, and every status that it answers with."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import msgspec

from chariot_gen import names
from chariot_gen.model.api import Api, Body, Endpoint, Operation
from chariot_gen.model.backend import Backend
from chariot_gen.model.entity import Entity
from chariot_gen.plan.openapi.bodies import (
    batch_results,
    body_schema,
    header_parameters,
    list_parameters,
)
from chariot_gen.plan.openapi.failures import COMMON_HEADERS, FAILURES, UNSUPPORTED_PATCH, Failure
from chariot_gen.plan.openapi.files import file_path, file_path_item
from chariot_gen.plan.openapi.types import Schema, reference
from chariot_gen.plan.samples import entity_sample
from chariot_gen.plan.views.handler_offers import fillers, keyed, rekeys, served
from chariot_gen.plan.yaml import Value

__all__ = [
    "ALWAYS",
    "LONGEST_KEY",
    "OF_BODY",
    "EntityNames",
    "failed",
    "failures_of",
    "known",
    "path_items",
    "sent",
    "shared_parameters",
]

ALWAYS = (
    *("unauthenticated", "forbidden", "rate_limited", "uri_too_long"),
    *("internal_error", "unavailable", "timeout"),
)
OF_BODY = ("invalid_request", "payload_too_large", "unsupported_media_type")
_OF_ITEM = ("invalid_request", "not_found", "precondition_failed")
_FAILURES = {
    Operation.CREATE: (*OF_BODY, "conflict"),
    Operation.GET: _OF_ITEM,
    Operation.LIST: ("invalid_request",),
    Operation.UPDATE: (*OF_BODY, *_OF_ITEM, "conflict"),
    Operation.PATCH: (*OF_BODY, *_OF_ITEM, "conflict"),
    Operation.DELETE: (*_OF_ITEM, "conflict"),
    Operation.REFRESH: (*_OF_ITEM, "conflict", "payload_too_large", "unprocessable", "upstream_error"),
    Operation.BATCH: OF_BODY,
}
_OF_MANY = (Operation.LIST, Operation.BATCH)
LONGEST_KEY = 1024


class EntityNames(msgspec.Struct, frozen=True):
    """What the document calls an entity: its tag, its operations' stem, its schemas."""

    tag: str
    one: str
    many: str
    item: str
    created: str
    request: str
    patch: str
    upsert: str
    page: str
    error: str


def failures_of(entity: Entity, endpoint: Endpoint) -> tuple[Failure, ...]:
    """Return the failures that a call can end with, by status."""
    moves = endpoint.operation is Operation.UPDATE and rekeys(entity)
    repeats = keyed(entity, endpoint)
    return _failures_of(endpoint.operation, endpoint.shape.body, moves=moves, repeats=repeats)


@cache
def _failures_of(operation: Operation, body: Body, *, moves: bool, repeats: bool) -> tuple[Failure, ...]:
    codes = {*ALWAYS, *_FAILURES[operation]}
    if moves:
        codes.add("conflict")
    if repeats:
        codes.add("unprocessable")
    found = known(codes)
    if body is not Body.MERGE_PATCH:
        return found
    return tuple(UNSUPPORTED_PATCH if f.code == UNSUPPORTED_PATCH.code else f for f in found)


def known(codes: Iterable[str]) -> tuple[Failure, ...]:
    """Return the failures with these codes, by status."""
    wanted = frozenset(codes)
    return tuple(failure for code, failure in FAILURES.items() if code in wanted)


def failed(failures: Iterable[Failure]) -> Schema:
    """Return the responses that the failures are answered with."""
    return {str(f.status): {"$ref": f"#/components/responses/{f.name}"} for f in failures}


def path_items(backend: Backend, entity: Entity, ids: EntityNames) -> dict[str, Schema]:
    """Return the entity's path items by path, in the order of its endpoints."""
    api, _ = served(entity)
    found: dict[str, Schema] = {}
    for endpoint in api.endpoints:
        item = found.setdefault(endpoint.path, _path_item(backend, entity, endpoint.path))
        item[endpoint.method.lower()] = _operation(backend, entity, endpoint, ids)
    if entity.storage.bucket is not None:
        path = file_path(entity)
        found[path] = file_path_item(entity, entity.storage.bucket, _path_item(backend, entity, path))
    return found


def _path_item(backend: Backend, entity: Entity, path: str) -> Schema:
    key = [_key_parameter(backend, entity)] if "{key}" in path else []
    return {"parameters": [*key, *shared_parameters()]}


def shared_parameters() -> list[Value]:
    """Return the parameters of every path that a caller with a token can ask for."""
    shared = ("Account", "RequestId", "CorrelationId")
    return [{"$ref": f"#/components/parameters/{name}"} for name in shared]


def _key_parameter(backend: Backend, entity: Entity) -> Schema:
    _, key = served(entity)
    schema: Schema = {"type": "string", "minLength": len(key.prefix) or 1, "maxLength": LONGEST_KEY}
    example = entity_sample(backend, entity).key
    return {
        "name": "key",
        "in": "path",
        "required": True,
        "description": f"Key of the {entity.names.human}; in a URL, percent-encoded.",
        "schema": schema,
        **({"example": example} if example else {}),
    }


def _operation(backend: Backend, entity: Entity, endpoint: Endpoint, ids: EntityNames) -> Schema:
    (api, _), operation, shape = served(entity), endpoint.operation, endpoint.shape
    body: Schema = {}
    if shape.body is not Body.NONE:
        content = {shape.body.content_type: {"schema": body_schema(shape.body, ids.request, ids.patch)}}
        body = {"requestBody": {"required": True, "content": content}}
    paging = (
        [*_page_parameters(api), *list_parameters(backend, entity)] if operation is Operation.LIST else []
    )
    query = [*paging, *header_parameters(shape, keyed=keyed(entity, endpoint))]
    return {
        "operationId": f"{operation.value}{ids.many if operation in _OF_MANY else ids.one}",
        "tags": [ids.tag],
        "summary": _summary(entity, operation),
        "description": f"Needs the entitlement {endpoint.entitlement.value}.",
        "x-entitlement": endpoint.entitlement.value,
        **({"parameters": query} if query else {}),
        **body,
        "responses": {**_success(entity, api, endpoint, ids), **failed(failures_of(entity, endpoint))},
    }


def _summary(entity: Entity, operation: Operation) -> str:
    one, many = entity.names.human, entity.names.human_plural
    a_one = f"{names.article(one)} {one}"
    match operation:
        case Operation.LIST:
            return f"List {many}, in the order of their keys"
        case Operation.BATCH:
            return f"Create or change many {many} at once"
        case Operation.PATCH:
            return f"Change some fields of {a_one}"
        case Operation.REFRESH:
            known = " and ".join(names.human(service.name) for service in fillers(entity))
            return f"Complete {a_one} with what {known} knows"
        case _:
            return f"{operation.value.capitalize()} {a_one}"


def _page_parameters(api: Api) -> list[Value]:
    return [
        {
            "name": "limit",
            "in": "query",
            "description": "Largest number of items on the page.",
            "schema": {
                "type": "integer", "minimum": 1, "maximum": api.max_page_size, "default": api.page_size,
            },
        },
        {
            "name": "token",
            "in": "query",
            "description": "The next token of the page before; without it, the first page is meant.",
            "schema": {"type": "string"},
        },
    ]  # fmt: skip


def _success(entity: Entity, api: Api, endpoint: Endpoint, ids: EntityNames) -> Schema:
    one = entity.names.human
    match endpoint.operation:
        case Operation.CREATE:
            replayed = ("Idempotency-Replayed",) if keyed(entity, endpoint) else ()
            created = _answer(f"The {one} as it was created.", ids.created, "ETag", "Location", *replayed)
            links = _links(api, ids)
            return {"201": {**created, **({"links": links} if links else {})}}
        case Operation.DELETE:
            became = "marked as deleted" if api.soft_delete else "gone"
            return {"204": {"description": f"The {one} is {became}.", "headers": sent()}}
        case Operation.LIST:
            return {"200": _answer("One page of the list.", ids.page)}
        case Operation.BATCH:
            return {
                "200": {
                    **_answer("One result an item, in order.", ids.item),
                    "content": batch_results(ids.error),
                }
            }
        case Operation.GET:
            unchanged: Schema = {
                "description": f"The caller has the {one} as it is.",
                "headers": sent("ETag"),
            }
            return {"200": _answer(f"The {one} as it is now.", ids.item, "ETag"), "304": unchanged}
        case _:
            return {"200": _answer(f"The {one} as it is now.", ids.item, "ETag")}


def _answer(description: str, schema: str, *headers: str) -> Schema:
    return {
        "description": description,
        "headers": sent(*headers),
        "content": {"application/json": {"schema": reference(schema)}},
    }


def sent(*names_of: str) -> Schema:
    """Return the headers of an answer, besides those of every answer."""
    return {name: {"$ref": f"#/components/headers/{name}"} for name in (*names_of, *COMMON_HEADERS)}


def _links(api: Api, ids: EntityNames) -> Schema:
    """Return where the key of what was created leads."""
    key: Schema = {"key": "$response.body#/key"}
    return {
        operation.value: {"operationId": f"{operation.value}{ids.one}", "parameters": key}
        for operation in (Operation.GET, Operation.UPDATE, Operation.DELETE)
        if api.endpoint(operation)
    }
