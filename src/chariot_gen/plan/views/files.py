"""The files of entities: who has them, and how their handlers are made."""

from __future__ import annotations

import msgspec

from chariot_gen.diagnostics import Location
from chariot_gen.model.api import Entitlement, Operation
from chariot_gen.model.backend import Backend
from chariot_gen.model.entity import Entity
from chariot_gen.plan import golang
from chariot_gen.plan.views.handler_offers import served
from chariot_gen.plan.views.handler_texts import entitlement

__all__ = ["FilesView", "OfEntity", "files_route", "files_view", "has_files", "keeps_files", "with_files"]


class OfEntity(msgspec.Struct, frozen=True):
    """The handler of the files of one entity, in Go."""

    doc: str
    constructor: str
    items: str
    model: str
    path: str
    prefix: str
    noun: str
    kind: str
    types: str
    max_bytes: int
    upload: str
    download: str
    origin: Location


class FilesView(msgspec.Struct, frozen=True):
    """All that ``files.go`` prints."""

    imports: str
    entities: tuple[OfEntity, ...]


def keeps_files(entity: Entity) -> bool:
    """Report whether each item of the entity can have a file."""
    return entity.storage.bucket is not None and entity.api is not None


def has_files(backend: Backend) -> bool:
    """Report whether any entity of the backend has files."""
    return any(keeps_files(entity) for entity in backend.served)


def with_files(entity: Entity, items: str) -> str:
    """Return the call that makes a store whose items have files, out of one that makes a store."""
    return f"files.NewItems({items}, objects, {golang.string_literal(entity.names.flat)})"


def files_route(entity: Entity, items: str) -> str:
    """Return the call that makes the handler of the files of a store."""
    return f"handlers.New{entity.names.go}Files({items}, objects)"


def files_view(backend: Backend) -> FilesView:
    """Return the view of the handlers of files."""
    module = backend.settings.module
    packages = (
        "apierror",
        "auth",
        "handler",
        "handler/respond",
        "middleware",
        "model/model",
        "store",
        "store/bucket",
    )
    paths = {"context", "fmt", "net/http", "slices", "strings"} | {
        f"{module}/pkg/{path}" for path in packages
    }
    return FilesView(
        imports=golang.import_block(paths, module),
        entities=tuple(_of_entity(entity) for entity in backend.served if keeps_files(entity)),
    )


def _of_entity(entity: Entity) -> OfEntity:
    api, key = served(entity)
    bucket = entity.storage.bucket
    types = bucket.types if bucket else ()
    constructor, model = f"New{entity.names.go}Files", f"model.{entity.names.go}"
    return OfEntity(
        doc=golang.doc_comment(
            f"{constructor} returns the handler of the files of {entity.names.human_plural}."
        ),
        constructor=constructor,
        items=f"itemGetter[{model}]",
        model=f"[{model}]",
        path=golang.string_literal(api.path),
        prefix=golang.string_literal(key.prefix),
        noun=golang.string_literal(entity.names.human),
        kind=golang.string_literal(entity.names.flat),
        types=", ".join(map(golang.string_literal, types)),
        max_bytes=bucket.max_bytes if bucket else 0,
        upload=_entitlement(entity, Operation.UPDATE, Entitlement.WRITE_ASSETS),
        download=_entitlement(entity, Operation.GET, Entitlement.READ),
        origin=entity.location,
    )


def _entitlement(entity: Entity, operation: Operation, usual: Entitlement) -> str:
    """Return what callers need: what the operation on the item itself demands."""
    endpoint = served(entity)[0].endpoint(operation)
    return f"auth.{entitlement(endpoint.entitlement if endpoint else usual)}"
