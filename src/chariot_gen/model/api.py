"""The HTTP surface of an entity."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

import msgspec

from chariot_gen.diagnostics import Location

__all__ = [
    "SHAPES", "Answer", "Api", "Body", "ChariotEndpoint", "Contract", "Endpoint", "Entitlement", "Operation",
    "Shape", "SoftDelete",
]  # fmt: skip

Constant = str | int | float | bool


class Contract(StrEnum):
    """Whose conventions the API keeps to.

    ``rest``: items at ``/api/<entity>/<key>``. ``chariot``: what Chariot's own clients ask
    for, ``PUT /<entity>`` with the key in the body and ``GET /my``.
    """

    REST = "rest"
    CHARIOT = "chariot"
    BOTH = "both"


class Answer(StrEnum):
    """What a write of the contract ``chariot`` answers: the item, a list of it, or that under its plural."""

    ITEM = "item"
    LIST = "list"
    PLURAL = "plural"


class Operation(StrEnum):
    """What a caller can do.

    ``patch`` changes some fields (RFC 7396), ``refresh`` fetches the mapped fields from the
    services again, ``batch`` creates or changes many items at once.
    """

    CREATE = "create"
    GET = "get"
    LIST = "list"
    UPDATE = "update"
    PATCH = "patch"
    DELETE = "delete"
    REFRESH = "refresh"
    BATCH = "batch"


class Body(StrEnum):
    """What a request carries: the entity's own fields, some of them, or many such."""

    NONE = "none"
    WHOLE = "whole"
    MERGE_PATCH = "merge_patch"
    BATCH = "batch"

    @property
    def content_type(self) -> str:
        """The only content type that is accepted, empty where there is no body."""
        if self is Body.NONE:
            return ""
        return "application/merge-patch+json" if self is Body.MERGE_PATCH else "application/json"


class Shape(msgspec.Struct, frozen=True):
    """What every operation of a kind has in common: the one place that says what it takes and answers.

    ``of_item`` means a key in the path and the conditions ``If-Match`` and
    ``If-None-Match``; ``versioned`` answers carry an ``ETag``; ``keyed`` requests may
    carry an ``Idempotency-Key``. ``actions`` are what it does to items in the table.
    """

    method: str
    suffix: str
    status: int
    actions: tuple[str, ...]
    body: Body = Body.NONE
    of_item: bool = False
    versioned: bool = False
    keyed: bool = False
    reads: bool = False


_ITEM = "/{key}"
SHAPES = {
    Operation.CREATE: Shape("POST", "", 201, ("PutItem",), Body.WHOLE, versioned=True, keyed=True),
    Operation.GET: Shape("GET", _ITEM, 200, ("GetItem",), of_item=True, versioned=True, reads=True),
    Operation.LIST: Shape("GET", "", 200, ("Query",), reads=True),
    Operation.UPDATE: Shape(
        "PUT", _ITEM, 200, ("GetItem", "PutItem"), Body.WHOLE, of_item=True, versioned=True
    ),
    Operation.PATCH: Shape(
        "PATCH", _ITEM, 200, ("GetItem", "PutItem"), Body.MERGE_PATCH, of_item=True, versioned=True
    ),
    Operation.DELETE: Shape("DELETE", _ITEM, 204, ("DeleteItem", "GetItem"), of_item=True),
    Operation.REFRESH: Shape(
        "POST", f"{_ITEM}/refresh", 200, ("GetItem", "PutItem"), of_item=True, versioned=True
    ),
    Operation.BATCH: Shape("POST", "/batch", 200, ("BatchGetItem", "BatchWriteItem"), Body.BATCH),
}


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

    @property
    def shape(self) -> Shape:
        """What the operation takes and answers."""
        return SHAPES[self.operation]


class ChariotEndpoint(msgspec.Struct, frozen=True):
    """One route of the contract ``chariot``: ``PUT /newentity``.

    ``operations`` are those that it carries out; the caller needs the entitlement of the
    first. ``GET /my`` and ``POST /my`` are those of every entity.
    """

    method: str
    path: str
    operations: tuple[Operation, ...]
    entitlement: Entitlement
    location: Location | None = None


class SoftDelete(msgspec.Struct, frozen=True):
    """The field that says that an item is deleted, and the value by which it says so."""

    field: str
    value: Constant
    location: Location | None = None


class Api(msgspec.Struct, frozen=True):
    """The endpoints in the order of :class:`Operation`, and the bounds of a page.

    ``endpoints`` are those of the contract ``rest``; their operations and entitlements
    are those of either. ``chariot_path`` is where the contract ``chariot`` writes items.
    ``filters`` and ``sort`` are the fields that a list can be narrowed and ordered by.
    With ``soft_delete`` a deletion keeps the item.
    """

    path: str
    endpoints: tuple[Endpoint, ...]
    page_size: int = 50
    max_page_size: int = 200
    filters: tuple[str, ...] = ()
    sort: tuple[str, ...] = ()
    contract: Contract = Contract.REST
    chariot_path: str = ""
    soft_delete: SoftDelete | None = None
    answer: Answer = Answer.ITEM

    @property
    def is_rest(self) -> bool:
        """Whether it is served under the contract ``rest``."""
        return self.contract is not Contract.CHARIOT

    @property
    def is_chariot(self) -> bool:
        """Whether it is served under the contract ``chariot``."""
        return self.contract is not Contract.REST

    @property
    def paths(self) -> tuple[str, ...]:
        """Where callers find it: under each contract at a path of its own."""
        rest, chariot = (self.is_rest, self.path), (self.is_chariot, self.chariot_path)
        return tuple(path for served, path in (rest, chariot) if served)

    @property
    def chariot_endpoints(self) -> tuple[ChariotEndpoint, ...]:
        """The routes of the contract ``chariot``, none where the API is not served under it."""
        return tuple(self._chariot_endpoints()) if self.is_chariot else ()

    def _chariot_endpoints(self) -> Iterator[ChariotEndpoint]:
        changes = self.endpoint(Operation.PATCH) or self.endpoint(Operation.UPDATE)
        create, delete, listing = map(self.endpoint, (Operation.CREATE, Operation.DELETE, Operation.LIST))
        for method, path, first, second in (
            ("PUT", self.chariot_path, changes, create),
            ("POST", self.chariot_path, create, None),
            ("DELETE", self.chariot_path, delete, None),
            ("GET", "/my", listing, None),
            ("POST", "/my", listing, None),
        ):
            if first is not None:
                done = tuple(endpoint.operation for endpoint in (first, second) if endpoint is not None)
                yield ChariotEndpoint(method, path, done, first.entitlement, first.location)

    def endpoint(self, operation: Operation) -> Endpoint | None:
        """Return the endpoint of an operation, or None where it is not offered."""
        return next((e for e in self.endpoints if e.operation is operation), None)
