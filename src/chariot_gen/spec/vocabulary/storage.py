"""The vocabulary of where the values of an entity are kept."""

from __future__ import annotations

from chariot_gen.spec import formats
from chariot_gen.spec.grammar import Key, ListOf, Record, Text
from chariot_gen.spec.vocabulary.behaviour import FIELD_REF

__all__ = ["STORAGE"]

_INDEXES = Key(
    ListOf(FIELD_REF, maximum=20),
    "Fields that lists can be sorted by and are narrowed by fast.",
    ["status", "created"],
)

_TABLE = Record(
    {
        "indexes": _INDEXES,
        "ttl": Key(FIELD_REF, "Field that holds the time of expiry, in Unix seconds.", "ttl"),
    }
)

_GRAPH = Record({"indexes": _INDEXES})

_BUCKET = Record(
    {
        "max_size": Key(Text(formats.SIZE), "Size of the largest file.", "10MB", required=True),
        "types": Key(
            ListOf(Text(formats.MEDIA_TYPE), minimum=1, maximum=20),
            "Media types that a file may be of.",
            ["image/png"],
            required=True,
        ),
    }
)

STORAGE = Record(
    {
        "table": Key(
            _TABLE,
            "Keep the entity in the DynamoDB table, where those of kind table are anyway.",
            {"indexes": ["created"]},
        ),
        "graph": Key(
            _GRAPH,
            "Keep the entity in Neo4j, where those of the kinds graph and relationship are anyway.",
            {"indexes": ["created"]},
        ),
        "bucket": Key(
            _BUCKET, "Keep one file for each, in S3.", {"max_size": "10MB", "types": ["image/png"]}
        ),
    }
)
