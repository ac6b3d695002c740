"""The HTTP surface of an entity."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from chariot_gen.diagnostics import Location

__all__ = ["Api", "Endpoint", "Entitlement", "Operation"]


class Operation(StrEnum):
    """What a caller can do. ``refresh`` fetches the mapped fields from the services again."""

    CREATE = "create"
    GET = "get"
    LIST = "list"
    UPDATE = "update"
    DELETE = "delete"
    REFRESH = "refresh"


class Entitlement(StrEnum):
    """Tabularium's entitlements: what a role may do."""

    READ = "read"
    WRITE_ASSETS = "write_assets"
    WRITE_JOBS = "write_jobs"
    WRITE_FILES = "write_files"
    CONVERSATION_AI = "conversation_ai"
    MANAGE_ACCOUNTS = "manage_accounts"
    MANAGE_SETTINGS = "manage_settings"
    MANAGE_INTEGRATIONS = "manage_integrations"


class Endpoint(msgspec.Struct, frozen=True):
    """One operation: ``POST /api/newentity`` for callers that hold ``entitlement``."""

    operation: Operation
    method: str
    path: str
    entitlement: Entitlement
    location: Location | None = None


class Api(msgspec.Struct, frozen=True):
    """The endpoints in the order of :class:`Operation`, and the bounds of a page."""

    path: str
    endpoints: tuple[Endpoint, ...]
    page_size: int = 50
    max_page_size: int = 200

    def endpoint(self, operation: Operation) -> Endpoint | None:
        """Return the endpoint of an operation, or None where it is not offered."""
        return next((e for e in self.endpoints if e.operation is operation), None)
