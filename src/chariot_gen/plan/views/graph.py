"""Entities that are kept in the graph: how their stores are made, and what the graph must have for them."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from chariot_gen.diagnostics import Location
from chariot_gen.model.backend import Backend
from chariot_gen.model.entity import Entity, Kind
from chariot_gen.model.storage import Home
from chariot_gen.plan import golang

__all__ = ["MigrateView", "Schema", "in_graph", "migrate_view", "new_graph_items", "uses_graph"]


class Schema(msgspec.Struct, frozen=True):
    """What one kind of nodes or edges relies on, as a call."""

    call: str
    origin: Location


class MigrateView(msgspec.Struct, frozen=True):
    """All that the command prints that prepares the graph."""

    imports: str
    schemas: tuple[Schema, ...]


def in_graph(entity: Entity) -> bool:
    """Report whether the entity is kept in the graph."""
    return entity.storage.home is Home.GRAPH and entity.kind in {Kind.GRAPH, Kind.RELATIONSHIP}


def uses_graph(backend: Backend) -> bool:
    """Report whether anything that the backend serves is kept in the graph."""
    return any(in_graph(entity) for entity in backend.served)


def new_graph_items(backend: Backend, entity: Entity) -> str:
    """Return the call that makes the store of an entity in the graph."""
    indexes = f"store.WithIndexes({_literals(_stored(entity))})" if entity.storage.indexes else ""
    if entity.relationship is None:
        arguments = ", ".join(filter(None, ("database", indexes)))
        return f"graph.NewNodes[model.{entity.names.go}]({arguments})"
    labels = (
        f"Edge: {_list(_labels(entity))}",
        f"Source: {_list(_ends(backend, entity.relationship.source))}",
        f"Target: {_list(_ends(backend, entity.relationship.target))}",
    )
    arguments = ", ".join(filter(None, ("database", f"store.EdgeLabels{{{', '.join(labels)}}}", indexes)))
    return f"graph.NewEdges[model.{entity.names.go}]({arguments})"


def migrate_view(backend: Backend) -> MigrateView:
    """Return the view of the command that prepares the graph."""
    module = backend.settings.module
    paths = {"context", "errors", "log", "os", "os/signal", "syscall", "time"}
    paths |= {f"{module}/pkg/{path}" for path in ("awsclient", "config", "neo4jclient", "secrets", "store")}
    return MigrateView(
        imports=golang.import_block(paths, module),
        schemas=tuple(_schema(entity, label) for entity, label in _labelled(backend)),
    )


def _labelled(backend: Backend) -> Iterable[tuple[Entity, str]]:
    for entity in backend.entities:
        if in_graph(entity):
            yield from ((entity, label) for label in _labels(entity))


def _labels(entity: Entity) -> tuple[str, ...]:
    """Return the labels that tell the entity's nodes or edges from all others."""
    relationship = entity.relationship
    if relationship is None:
        return entity.labels[:1]
    if not relationship.label_field:
        return (relationship.label,)
    return entity.field(relationship.label_field).enum


def _ends(backend: Backend, name: str) -> tuple[str, ...]:
    """Return the labels of the nodes that an edge may start or end at, of any where it names none."""
    nodes = (entity for entity in backend.of_kind(Kind.GRAPH) if in_graph(entity))
    return tuple(label for node in nodes if name in ("", node.names.go) for label in _labels(node))


def _schema(entity: Entity, label: str) -> Schema:
    kind = "Node" if entity.relationship is None else "Edge"
    return Schema(f"store.{kind}Schema({_literals((label, *_stored(entity)))})", entity.location)


def _stored(entity: Entity) -> tuple[str, ...]:
    fields = (entity.field(name) for name in entity.storage.indexes)
    return tuple(field.store.name for field in fields if field.store is not None)


def _list(texts: Iterable[str]) -> str:
    return f"[]string{{{_literals(texts)}}}"


def _literals(texts: Iterable[str]) -> str:
    return ", ".join(map(golang.string_literal, texts))
