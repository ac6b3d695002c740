"""The paths of the contract ``chariot`` at which items of one type are written."""

from __future__ import annotations

from chariot_gen import names
from chariot_gen.model.api import Answer, ChariotEndpoint, Operation
from chariot_gen.model.backend import Backend
from chariot_gen.model.entity import Entity
from chariot_gen.plan.openapi.bodies import conditions, idempotency_key
from chariot_gen.plan.openapi.failures import Failure
from chariot_gen.plan.openapi.operations import (
    ALWAYS,
    LONGEST_KEY,
    OF_BODY,
    EntityNames,
    failed,
    known,
    sent,
    shared_parameters,
)
from chariot_gen.plan.openapi.types import Schema, reference
from chariot_gen.plan.samples import entity_sample
from chariot_gen.plan.views.handler_offers import served
from chariot_gen.plan.yaml import Value

__all__ = ["chariot_failures", "chariot_path_items", "key_schema", "writes"]

_OF_CHANGE = (*OF_BODY, "not_found", "precondition_failed", "conflict")
# What each method can fail with, besides what every call can: an edge may lack an end, and a
# key of idempotency may be that of another request.
_FAILURES = {
    "PUT": (*_OF_CHANGE, "unprocessable"),
    "POST": (*OF_BODY, "conflict", "unprocessable"),
    "DELETE": _OF_CHANGE,
}
_VERBS = {"PUT": "upsert", "POST": "add", "DELETE": "remove"}


def writes(entity: Entity) -> tuple[ChariotEndpoint, ...]:
    """Return the routes that write items of the entity."""
    api, _ = served(entity)
    return tuple(endpoint for endpoint in api.chariot_endpoints if endpoint.path == api.chariot_path)


def chariot_failures(endpoint: ChariotEndpoint) -> tuple[Failure, ...]:
    """Return the failures that a write can end with, by status."""
    return known((*ALWAYS, *_FAILURES[endpoint.method]))


def chariot_path_items(backend: Backend, entity: Entity, ids: EntityNames) -> dict[str, Schema]:
    """Return the item of the path that the entity is written at, by that path."""
    found: dict[str, Schema] = {}
    for endpoint in writes(entity):
        item = found.setdefault(endpoint.path, {"parameters": shared_parameters()})
        item[endpoint.method.lower()] = _operation(backend, entity, endpoint, ids)
    return found


def key_schema(backend: Backend, entity: Entity) -> Schema:
    """Return the schema of a key in a body."""
    _, key = served(entity)
    example = entity_sample(backend, entity).key
    return {
        "description": f"Key of the {entity.names.human}.",
        "type": "string",
        "minLength": len(key.prefix) or 1,
        "maxLength": LONGEST_KEY,
        **({"examples": [example]} if example else {}),
    }


def _operation(backend: Backend, entity: Entity, endpoint: ChariotEndpoint, ids: EntityNames) -> Schema:
    parameters = _parameters(entity, endpoint)
    needed = endpoint.entitlement.value
    return {
        "operationId": f"{_VERBS[endpoint.method]}{ids.one}",
        "tags": [ids.tag],
        "summary": _summary(entity, endpoint),
        "description": f"Needs the entitlement {needed}.{_also(entity, endpoint)}",
        "x-entitlement": needed,
        **({"parameters": parameters} if parameters else {}),
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": _body(backend, entity, endpoint, ids)}},
        },
        "responses": {**_success(entity, endpoint, ids), **failed(chariot_failures(endpoint))},
    }


def _summary(entity: Entity, endpoint: ChariotEndpoint) -> str:
    one = f"{names.article(entity.names.human)} {entity.names.human}"
    match endpoint.method:
        case "PUT" if Operation.CREATE in endpoint.operations:
            return f"Create {one}, or change the one that there is"
        case "PUT":
            return f"Change {one}"
        case "POST":
            return f"Create {one}"
        case _:
            return f"Delete {one}"


def _also(entity: Entity, endpoint: ChariotEndpoint) -> str:
    """Return what else a caller needs, where the entitlement depends on the request."""
    create = served(entity)[0].endpoint(Operation.CREATE)
    creates = endpoint.method == "PUT" and Operation.CREATE in endpoint.operations
    if not creates or create is None or create.entitlement is endpoint.entitlement:
        return ""
    return f" Without a key, it needs {create.entitlement.value} too."


def _parameters(entity: Entity, endpoint: ChariotEndpoint) -> list[Value]:
    if endpoint.method != "POST":
        return conditions()
    return [] if entity.holds_secret else [idempotency_key()]


def _body(backend: Backend, entity: Entity, endpoint: ChariotEndpoint, ids: EntityNames) -> Schema:
    match endpoint.method:
        case "PUT":
            return reference(ids.upsert)
        case "POST":
            return reference(ids.request)
        case _:
            return {
                "type": "object",
                "required": ["key"],
                "properties": {"key": key_schema(backend, entity)},
                "additionalProperties": False,
            }


def _success(entity: Entity, endpoint: ChariotEndpoint, ids: EntityNames) -> Schema:
    api, one = served(entity)[0], entity.names.human
    replayed = () if entity.holds_secret or endpoint.method != "POST" else ("Idempotency-Replayed",)
    created = _answer(entity, f"The {one} as it was created.", ids.created, "ETag", *replayed)
    match endpoint.method:
        case "PUT":
            changed = _answer(entity, f"The {one} as it is now.", ids.item, "ETag")
            return {"200": changed, **({"201": created} if Operation.CREATE in endpoint.operations else {})}
        case "POST":
            return {"201": created}
        case _ if api.soft_delete is not None:
            return {"200": _answer(entity, f"The {one}, marked as deleted.", ids.item, "ETag")}
        case _:
            return {"200": _answer(entity, f"The {one} as it was.", ids.item)}


def _answer(entity: Entity, description: str, name: str, *headers: str) -> Schema:
    """Return a successful answer, in the form that the entity's spec asks for."""
    schema = reference(name)
    many: Schema = {"type": "array", "items": schema, "minItems": 1, "maxItems": 1}
    match served(entity)[0].answer:
        case Answer.LIST:
            schema = many
        case Answer.PLURAL:
            plural = entity.names.plural
            schema = {"type": "object", "required": [plural], "properties": {plural: many}}
        case _:
            pass
    return {
        "description": description,
        "headers": sent(*headers),
        "content": {"application/json": {"schema": schema}},
    }
