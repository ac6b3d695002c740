"""The store as a handler sees it: the methods that it calls and no others."""

from __future__ import annotations

import msgspec

from chariot_gen import names
from chariot_gen.model.entity import Entity, Kind
from chariot_gen.plan import golang, table
from chariot_gen.plan.views.handler_offers import Offers, served

__all__ = ["StoreMethod", "store_methods", "store_options", "tag_option"]


class StoreMethod(msgspec.Struct, frozen=True):
    """One method of the store that the handler calls."""

    doc: str
    signature: str


def store_methods(entity: Entity, offered: Offers) -> tuple[StoreMethod, ...]:
    """Return the methods that the offered operations need, in the order of their use."""
    retires = offered.delete and served(entity)[0].soft_delete is not None
    one, many, model = entity.names.human, entity.names.human_plural, f"model.{entity.names.go}"
    a_one, unknown = f"{names.article(one)} {one}", "an error that matches store.ErrNotFound"
    versioned = "that has the key and the version; the error may match store.ErrNotFound or store.ErrStale."
    written = f"ctx context.Context, tenant string, item *{model}"
    methods = (
        (
            offered.create,
            f"Create adds {a_one}, or returns an error that matches store.ErrConflict.",
            f"Create({written}) (store.Version, error)",
        ),
        (
            offered.names_items,
            f"Get returns the {one} with a key and its version, or {unknown}.",
            f"Get(ctx context.Context, tenant, key string) (*{model}, store.Version, error)",
        ),
        (
            offered.replaces or offered.refresh or retires,
            f"Update replaces the {one} {versioned}",
            f"Update({written}, v store.Version) (store.Version, error)",
        ),
        (
            offered.delete and not retires,
            f"Delete removes the {one} {versioned}",
            "Delete(ctx context.Context, tenant, key string, v store.Version) error",
        ),
        (
            offered.list,
            f"List returns one page of {many}, or an error that matches store.ErrInvalidCursor.",
            f"List(ctx context.Context, tenant string, query store.Query) (*store.Page[{model}], error)",
        ),
        (
            offered.batch,
            f"GetAll returns the {many} with these keys that there are.",
            f"GetAll(ctx context.Context, tenant string, keys []string) ([]*{model}, error)",
        ),
        (
            offered.batch,
            f"PutAll creates or replaces {many}, whatever their versions.",
            f"PutAll(ctx context.Context, tenant string, items []*{model}) error",
        ),
    )
    return tuple(
        StoreMethod(doc=golang.doc_comment(doc, indent=1), signature=signature)
        for used, doc, signature in methods
        if used
    )


def tag_option(entity: Entity) -> str:
    """Return the option that a store of the entity takes, empty where it takes none.

    Tabularium's nodes and edges carry their stored names in the tag of the graph.
    """
    return 'store.WithTagKey("neo4j")' if entity.kind in {Kind.GRAPH, Kind.RELATIONSHIP} else ""


def store_options(entity: Entity) -> str:
    """Return the options that a store of the entity takes, empty where it takes none."""
    options = [tag_option(entity)]
    if indexes := table.own_indexes(entity):
        names = ", ".join(golang.string_literal(index.attribute) for index in indexes)
        options.append(f"store.WithIndexes({names})")
    if table.expiry(entity) not in ("", table.EXPIRY):
        options.append(f"store.WithExpiry({golang.string_literal(table.expiry(entity))})")
    return ", ".join(filter(None, options))
