"""Where the values of an entity are kept."""

from __future__ import annotations

from enum import StrEnum

import msgspec

__all__ = ["Bucket", "Home", "Storage"]


class Home(StrEnum):
    """What keeps the values: the DynamoDB table of the backend, or its graph."""

    TABLE = "table"
    GRAPH = "graph"


class Bucket(msgspec.Struct, frozen=True):
    """One file for each value: at most ``max_bytes`` of one of the media ``types``."""

    max_bytes: int
    types: tuple[str, ...]


class Storage(msgspec.Struct, frozen=True):
    """``indexes`` are fields that lists can be sorted by; ``ttl`` holds the time of expiry, if any does."""

    home: Home = Home.TABLE
    indexes: tuple[str, ...] = ()
    ttl: str = ""
    bucket: Bucket | None = None
