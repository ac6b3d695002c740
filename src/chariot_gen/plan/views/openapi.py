"""``openapi.yaml``: the whole HTTP API, each path and schema with the spec line that caused it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import msgspec

from chariot_gen.diagnostics import Location
from chariot_gen.model.backend import Backend
from chariot_gen.model.entity import Entity
from chariot_gen.plan.commonmark import commonmark
from chariot_gen.plan.openapi.chariot import chariot_failures, writes
from chariot_gen.plan.openapi.failures import COMMON_HEADERS, FAILURES, UNSUPPORTED_PATCH, Failure
from chariot_gen.plan.openapi.files import FILE_FAILURES
from chariot_gen.plan.openapi.items import HISTORY_RECORD, types_within
from chariot_gen.plan.openapi.my import MY, MY_FAILURES, listed, my_path_item
from chariot_gen.plan.openapi.naming import Naming, free
from chariot_gen.plan.openapi.operations import EntityNames, failures_of
from chariot_gen.plan.openapi.pieces import (
    Maker,
    chariot_paths,
    path_text,
    rest_paths,
    schema_text,
    schemas,
)
from chariot_gen.plan.openapi.requests import struct_schema
from chariot_gen.plan.openapi.types import ANYTHING, ANYTHING_NAME, Schema
from chariot_gen.plan.recall import Recall, anew
from chariot_gen.plan.views.files import has_files
from chariot_gen.plan.views.handler_offers import keyed, served
from chariot_gen.plan.yaml import scalar

__all__ = ["FailureView", "HeaderView", "OpenAPIView", "Part", "TagView", "entity_names", "openapi_view"]

# What the endpoints for tokens and API keys can fail with.
_TOKEN_FAILURES = {"invalid_request", "not_found", "payload_too_large", "unsupported_media_type"}


class Part(msgspec.Struct, frozen=True):
    """One path item or one schema, as lines of YAML."""

    text: str
    origin: Location


class TagView(msgspec.Struct, frozen=True):
    """One entity, by which operations are grouped."""

    name: str
    description: str
    origin: Location


class HeaderView(msgspec.Struct, frozen=True):
    """One header of a response, and where it is described."""

    name: str
    reference: str


class FailureView(msgspec.Struct, frozen=True):
    """One failed response that an operation refers to."""

    name: str
    code: str
    description: str
    headers: tuple[HeaderView, ...]


class OpenAPIView(msgspec.Struct, frozen=True):
    """All that ``openapi.yaml`` prints.

    ``error`` and ``detail`` name the schemas of a failure, ``key`` that of an API key; ``tokens`` and
    ``health`` the groups of operations that belong to no entity. A backend that ``authenticates`` has
    callers with tokens, one that ``signs`` gives them out.
    """

    title: str
    description: str
    region: str
    tags: tuple[TagView, ...]
    paths: tuple[Part, ...]
    schemas: tuple[Part, ...]
    failures: tuple[FailureView, ...]
    codes: tuple[str, ...]
    error: str
    error_reference: str
    detail: str
    detail_reference: str
    versions: bool
    replays: bool
    patches: bool
    key: str
    key_reference: str
    tokens: str
    health: str
    authenticates: bool
    signs: bool


def openapi_view(backend: Backend, recall: Recall = anew) -> OpenAPIView:
    """Return the view of the API's description, most of which is pieces of single entities."""
    met = _met(backend)
    naming = Naming(backend)
    error, detail = free("Error", naming.taken), free("ErrorDetail", naming.taken)
    key = free("APIKey", naming.taken)
    return OpenAPIView(
        title=scalar(backend.settings.name),
        description=scalar(commonmark(backend.settings.description) or "A backend on the Chariot pattern."),
        region=scalar(backend.settings.region),
        tags=tuple(
            TagView(scalar(entity.names.go), scalar(commonmark(entity.description)), entity.location)
            for entity in backend.served
        ),
        paths=tuple(_paths(backend, naming, recall)),
        schemas=_with_anything(tuple(_schemas(backend, naming, recall))),
        failures=tuple(_failure(failure) for failure in sorted(met, key=lambda f: (f.status, f.name))),
        codes=tuple(FAILURES),
        error=error,
        error_reference=scalar(f"#/components/schemas/{error}"),
        detail=detail,
        detail_reference=scalar(f"#/components/schemas/{detail}"),
        versions=any(map(_is_versioned, backend.served)),
        replays=any(map(_is_replayed, backend.served)),
        patches=UNSUPPORTED_PATCH in met,
        key=key,
        key_reference=scalar(f"#/components/schemas/{key}"),
        tokens=free("Tokens", naming.taken),
        health=free("Health", naming.taken),
        authenticates=bool(backend.served),
        signs=bool(backend.chariot),
    )


def _met(backend: Backend) -> set[Failure]:
    """Return the failures that any operation refers to."""
    rest = ((entity, endpoint) for entity in backend.rest for endpoint in served(entity)[0].endpoints)
    found = {failure for offered in rest for failure in failures_of(*offered)}
    for entity in backend.chariot:
        found |= {failure for write in writes(entity) for failure in chariot_failures(write)}
    if listed(backend.chariot):
        found |= {*MY_FAILURES}
    return found | {FAILURES[code] for code in _usual_failures(backend)}


def _usual_failures(backend: Backend) -> Iterator[str]:
    """Yield the codes that do not come from one endpoint of an entity."""
    yield from ("method_not_allowed", "internal_error")
    if backend.chariot:
        yield from _TOKEN_FAILURES
    if has_files(backend):
        yield from FILE_FAILURES


def _paths(backend: Backend, naming: Naming, recall: Recall) -> Iterator[Part]:
    for entity in backend.rest:
        yield from _parts_of(backend, entity, naming, rest_paths, recall)
    for entity in backend.chariot:
        yield from _parts_of(backend, entity, naming, chariot_paths, recall)
    mine = listed(backend.chariot)
    if mine:
        yield Part(path_text(MY, my_path_item(mine)), mine[0].location)


def _parts_of(
    backend: Backend, entity: Entity, naming: Naming, make: Maker, recall: Recall
) -> Iterator[Part]:
    """Yield what an entity brings to the document, each part blamed on the entity."""
    around, ids = backend.around(entity), naming.of(entity)
    texts = recall(entity, f"{make.__name__} {ids}", partial(make, around, entity, ids))
    return (Part(text, entity.location) for text in texts)


def _is_versioned(entity: Entity) -> bool:
    """Report whether any answer tells the version of an item."""
    api, _ = served(entity)
    written = any(endpoint.method != "DELETE" or api.soft_delete for endpoint in writes(entity))
    return written or (api.is_rest and any(endpoint.shape.versioned for endpoint in api.endpoints))


def _is_replayed(entity: Entity) -> bool:
    """Report whether an answer can be that to an earlier request with the same key."""
    api, _ = served(entity)
    added = any(endpoint.method == "POST" for endpoint in writes(entity)) and not entity.holds_secret
    return added or (api.is_rest and any(keyed(entity, endpoint) for endpoint in api.endpoints))


def entity_names(backend: Backend, entity: Entity) -> EntityNames:
    """Return what the document calls an entity, told apart from every type of the model."""
    return Naming(backend).of(entity)


def _schemas(backend: Backend, naming: Naming, recall: Recall) -> Iterator[Part]:
    shown = types_within(backend)
    for entity in backend.entities:
        if entity.names.go in shown:
            yield from _parts_of(backend, entity, naming, schemas, recall)
    for entity in backend.entities:
        for struct in entity.structs:
            if struct.go in shown:
                yield _part(struct.go, struct_schema(backend.around(entity), struct), struct.location)
    mixins = (mixin for entity in backend.entities if entity.names.go in shown for mixin in entity.mixins)
    history = next((mixin for mixin in mixins if mixin.builtin == "history"), None)
    if history is not None:
        yield _part("HistoryRecord", HISTORY_RECORD, history.location)


def _with_anything(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Return the schemas and, if one refers to it, that of a value of any type."""
    using = next((part for part in parts if f"#/components/schemas/{ANYTHING_NAME}" in part.text), None)
    return parts if using is None else (*parts, _part(ANYTHING_NAME, ANYTHING, using.origin))


def _part(name: str, schema: Schema, origin: Location) -> Part:
    return Part(schema_text(name, schema), origin)


def _failure(failure: Failure) -> FailureView:
    headers = tuple(
        HeaderView(header, scalar(f"#/components/headers/{header}"))
        for header in (*failure.headers, *COMMON_HEADERS)
    )
    return FailureView(failure.name, failure.code, scalar(failure.description), headers)
