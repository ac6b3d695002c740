"""Where the values of an entity are kept."""

from __future__ import annotations

from chariot_gen.model.entity import Kind
from chariot_gen.model.storage import Bucket, Home, Storage
from chariot_gen.spec.reader import Block

__all__ = ["build_storage"]

_IN_GRAPH = frozenset({Kind.GRAPH, Kind.RELATIONSHIP})
_UNITS = {"KB": 10, "MB": 20, "GB": 30}


def build_storage(root: Block, kind: Kind) -> Storage:
    """Return where an entity of the kind is kept: where the spec says, or else where its kind belongs.

    What lists can be sorted by has an index, whether the spec says so or not.
    """
    block, api = root.block("storage"), root.block("api")
    sorts = api.texts("sort") if api else ()
    usual = Home.GRAPH if kind in _IN_GRAPH else Home.TABLE
    if block is None:
        return Storage(usual, sorts)
    home = next((home for home in Home if block.has(home.value)), usual)
    inner = block.block(home.value)
    return Storage(
        home=home,
        indexes=tuple(dict.fromkeys((*(inner.texts("indexes") if inner else ()), *sorts))),
        ttl=inner.text("ttl") if inner and home is Home.TABLE else "",
        bucket=_bucket(block.block("bucket")),
    )


def _bucket(block: Block | None) -> Bucket | None:
    if block is None:
        return None
    return Bucket(_bytes(block.text("max_size")), block.texts("types"))


def _bytes(size: str) -> int:
    """Return a size in bytes: ``10MB`` ⇒ 10485760; 0 for what is none."""
    number, unit = size[:-2], size[-2:]
    return int(number) << _UNITS[unit] if number.isdecimal() and unit in _UNITS else 0
