"""The operations on the files of items: they answer with links, not with files."""

from __future__ import annotations

from chariot_gen.model.api import Entitlement, Operation
from chariot_gen.model.entity import Entity
from chariot_gen.model.storage import Bucket
from chariot_gen.plan.openapi.failures import COMMON_HEADERS, FAILURES
from chariot_gen.plan.openapi.types import Schema
from chariot_gen.plan.views.handler_offers import served

__all__ = ["FILE_FAILURES", "file_path", "file_path_item"]

_ALWAYS = frozenset(
    {
        "unauthenticated",
        "forbidden",
        "not_found",
        "rate_limited",
        "uri_too_long",
        "internal_error",
        "unavailable",
        "timeout",
    }
)
_OF_BODY = frozenset({"invalid_request", "payload_too_large", "unsupported_media_type"})
# The codes that an operation on a file can end with.
FILE_FAILURES = _ALWAYS | _OF_BODY

_LINK: Schema = {
    "type": "object",
    "description": "A request that whoever has it can make until it expires.",
    "required": ["url", "method", "expires_at"],
    "properties": {
        "url": {"type": "string", "format": "uri", "description": "Where the request goes."},
        "method": {"type": "string", "enum": ["GET", "PUT"], "description": "Method of the request."},
        "headers": {
            "type": "object",
            "description": "Headers that the request must have.",
            "additionalProperties": {"type": "string"},
        },
        "expires_at": {"type": "string", "format": "date-time", "description": "When the link expires."},
    },
}


def file_path(entity: Entity) -> str:
    """Return the path of the file of an item."""
    return f"{served(entity)[0].path}/{{key}}/file"


def file_path_item(entity: Entity, bucket: Bucket, item: Schema) -> Schema:
    """Return the path item of the file of an item, of one that has the parameters of the path."""
    one = entity.names.human
    upload: Schema = {
        **_operation(entity, Operation.UPDATE, Entitlement.WRITE_ASSETS, _ALWAYS | _OF_BODY),
        "operationId": f"upload{entity.names.go}File",
        "summary": f"Get a link that puts a file in the place of the one that the {one} has",
        "requestBody": {"required": True, "content": _json(_content(bucket))},
    }
    download: Schema = {
        **_operation(entity, Operation.GET, Entitlement.READ, _ALWAYS),
        "operationId": f"download{entity.names.go}File",
        "summary": f"Get a link to the file of the {one}, whether it has one or not",
    }
    return {**item, "put": upload, "get": download}


def _operation(entity: Entity, like: Operation, usual: Entitlement, codes: frozenset[str]) -> Schema:
    endpoint = served(entity)[0].endpoint(like)
    entitlement = (endpoint.entitlement if endpoint else usual).value
    failed: Schema = {
        str(failure.status): {"$ref": f"#/components/responses/{failure.name}"}
        for code, failure in FAILURES.items()
        if code in codes
    }
    answer: Schema = {
        "description": "The link.",
        "headers": {name: {"$ref": f"#/components/headers/{name}"} for name in COMMON_HEADERS},
        "content": _json(_LINK),
    }
    return {
        "tags": [entity.names.go],
        "description": f"Needs the entitlement {entitlement}.",
        "x-entitlement": entitlement,
        "responses": {"200": answer, **failed},
    }


def _json(schema: Schema) -> Schema:
    return {"application/json": {"schema": schema}}


def _content(bucket: Bucket) -> Schema:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["content_type", "size"],
        "properties": {
            "content_type": {
                "type": "string", "enum": [*bucket.types], "description": "Media type of the file.",
            },
            "size": {
                "type": "integer", "minimum": 1, "maximum": bucket.max_bytes,
                "description": "Size of the file in bytes.",
            },
        },
    }  # fmt: skip
