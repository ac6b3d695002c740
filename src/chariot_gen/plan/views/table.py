"""What stores are told of the table that all entities share."""

from __future__ import annotations

import msgspec

from chariot_gen.model.backend import Backend
from chariot_gen.plan import golang, table

__all__ = ["TableIndexesView", "table_indexes_view"]


class TableIndexesView(msgspec.Struct, frozen=True):
    """All that ``pkg/app/table.go`` prints; ``names`` is what the function returns."""

    names: str


def table_indexes_view(backend: Backend) -> TableIndexesView:
    """Return the view of the attributes that the table is indexed by."""
    found = [golang.string_literal(index.attribute) for index in table.indexes(backend)]
    return TableIndexesView(names=f"[]string{{{', '.join(found)}}}" if found else "nil")
