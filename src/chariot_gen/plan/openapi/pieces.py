"""What one entity brings to the document: path items and schemas, each as lines of YAML."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from chariot_gen.model.backend import Backend
from chariot_gen.model.entity import Entity
from chariot_gen.plan.openapi.chariot import chariot_path_items, key_schema, writes
from chariot_gen.plan.openapi.items import item_schema, page_schema
from chariot_gen.plan.openapi.operations import EntityNames, path_items
from chariot_gen.plan.openapi.requests import patch_schema, request_schema, upsert_schema
from chariot_gen.plan.openapi.types import Schema
from chariot_gen.plan.recall import Pieces
from chariot_gen.plan.views.handler_offers import offers
from chariot_gen.plan.yaml import block

__all__ = ["Maker", "chariot_paths", "path_text", "rest_paths", "schema_text", "schemas"]

Maker = Callable[[Backend, Entity, EntityNames], Pieces]
# How deep a path and a schema stand in the document.
_PATH, _SCHEMA = 2, 4


def rest_paths(around: Backend, entity: Entity, ids: EntityNames) -> Pieces:
    """Return the path items under the contract ``rest``."""
    return _paths(path_items(around, entity, ids))


def chariot_paths(around: Backend, entity: Entity, ids: EntityNames) -> Pieces:
    """Return the path items under the contract ``chariot``."""
    return _paths(chariot_path_items(around, entity, ids))


def schemas(around: Backend, entity: Entity, ids: EntityNames) -> Pieces:
    """Return the schemas of the entity, of its pages and of requests to change it."""
    return tuple(schema_text(name, schema) for name, schema in _schemas(around, entity, ids))


def path_text(path: str, item: Schema) -> str:
    """Return one path item."""
    return block({path: item}, _PATH)


def schema_text(name: str, schema: Schema) -> str:
    """Return one schema."""
    return block({name: schema}, _SCHEMA)


def _paths(items: Mapping[str, Schema]) -> Pieces:
    return tuple(path_text(path, item) for path, item in items.items())


def _schemas(backend: Backend, entity: Entity, ids: EntityNames) -> Iterator[tuple[str, Schema]]:
    yield ids.item, item_schema(backend, entity, reveals=False)
    if entity.api is None:
        return
    offered, rest = offers(entity.api), entity.api.is_rest
    if offered.create and ids.created != ids.item:
        yield ids.created, item_schema(backend, entity, reveals=True)
    if offered.create or (offered.update and rest):
        yield ids.request, request_schema(backend, entity)
    if offered.patch and rest:
        yield ids.patch, patch_schema(backend, entity)
    if any(endpoint.method == "PUT" for endpoint in writes(entity)):
        key = key_schema(backend, entity)
        yield ids.upsert, upsert_schema(backend, entity, key, creates=offered.create)
    if offered.list and rest:
        yield ids.page, page_schema(entity, ids.item)
