"""The vocabulary of ``chariot.yaml``."""

from __future__ import annotations

from chariot_gen.spec import formats
from chariot_gen.spec.grammar import Either, Key, Record, Text

__all__ = ["SETTINGS"]

_TABULARIUM = Record(
    {
        "module": Key(
            Text(formats.IMPORT_PATH),
            "Path of the Go module.",
            "github.com/praetorian-inc/tabularium",
            required=True,
        ),
        "version": Key(Text(formats.VERSION), "Version for go.mod.", "v1.0.0"),
    }
)

SETTINGS = Record(
    {
        "module": Key(
            Text(formats.IMPORT_PATH),
            "Path of the backend's Go module.",
            "github.com/example/asset-backend",
            required=True,
        ),
        "name": Key(
            Text(formats.STACK_NAME),
            "Name of the backend on AWS. The last element of the module's path, unless set.",
            "asset-backend",
        ),
        "description": Key(
            Text(empty=True), "One sentence on the backend.", "Inventory of assets.", default=""
        ),
        "region": Key(Text(formats.REGION), "AWS region to deploy to.", "eu-west-2", default="us-east-1"),
        "tabularium": Key(
            Either(scalar=Text(formats.IMPORT_PATH), mapping=_TABULARIUM),
            "Tabularium module to register types with. Without it the backend has a registry of its own.",
            "github.com/praetorian-inc/tabularium",
        ),
    }
)
