"""CloudFormation's side of the plan: ids, IAM actions, limits. No other module knows it.

Spec text reaches a template only through :func:`scalar`, which is that of ``plan.yaml``,
or through a logical id, a name or a path made of safe characters.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from chariot_gen.model.api import SHAPES, Operation
from chariot_gen.model.service import AuthKind, Service
from chariot_gen.plan.yaml import scalar

__all__ = [
    "all_table_actions",
    "description",
    "latency_target",
    "logical_id",
    "name_base",
    "needs_secret",
    "request_timeout",
    "scalar",
    "slug",
    "table_actions",
]

# A function's name has 64 characters; a stage takes up to 16 of them and a hyphen.
_NAME_LIMIT = 47
_SERVICE_LIMIT = 30
# The template's own description may have 1024 bytes.
_DESCRIPTION_LIMIT = 1000
# The seconds after which API Gateway gives up on a function.
_GATEWAY_TIMEOUT = 29
_ALL_ACTIONS = ("DeleteItem", "GetItem", "PutItem", "Query", "UpdateItem")
# What a caller waits for our own part of an answer, at the 95th percentile.
_OWN_LATENCY_MS = 200


def description(text: str) -> str:
    """Return a template's description as a scalar, cut at a word to what CloudFormation takes.

    What CloudFormation would take for a reference is pulled apart: ``${A}`` ⇒ ``$ {A}``.
    """
    prose = " ".join(text.split()).replace("${", "$ {").replace("{{", "{ {")
    while len(prose.encode("utf-8", "surrogatepass")) > _DESCRIPTION_LIMIT:
        prose = prose[:-1].rpartition(" ")[0] or prose[: len(prose) // 2]
    return scalar(prose)


def logical_id(text: str) -> str:
    """Return the text without the characters that a logical id may not have."""
    return re.sub(r"[^0-9A-Za-z]", "", text)


def slug(text: str) -> str:
    """Return the backend's name as physical names begin with it: lower case, digits, hyphens."""
    return _fit(re.sub(r"[^0-9a-z]+", "-", text.lower()).strip("-") or "backend", _SERVICE_LIMIT)


def name_base(service: str, name: str) -> str:
    """Return what physical names begin with: ``chariot`` and ``newentity`` ⇒ ``chariot-newentity``.

    The stage is added by the template. It begins with ``slug(service)`` in any case,
    because the key's policy knows the log groups by it.
    """
    return _fit(f"{slug(service)}-{name.lower()}", _NAME_LIMIT)


def table_actions(
    operations: Iterable[Operation], *, stored: bool = True, keyed: bool = False, marks: bool = False
) -> tuple[str, ...]:
    """Return the IAM actions on the table that these operations need, sorted.

    Besides items, where they are ``stored`` there, it holds the accounts that a request may
    be for, what each tenant has asked for lately, which every request updates, and the
    answers to requests that may be ``keyed``. Where a deletion only ``marks`` an item, it
    writes it back.
    """
    done = (Operation.UPDATE if marks and each is Operation.DELETE else each for each in operations)
    needed = {action for operation in done if stored for action in SHAPES[operation].actions}
    kept = ("DeleteItem", "PutItem") if keyed else ()
    return tuple(f"dynamodb:{action}" for action in sorted({*needed, *kept, "GetItem", "UpdateItem"}))


def all_table_actions() -> tuple[str, ...]:
    """Return the IAM actions on the table of a function that serves many entities, and API keys, sorted."""
    return tuple(f"dynamodb:{action}" for action in _ALL_ACTIONS)


def needs_secret(service: Service) -> bool:
    """Report whether calls to the service are signed with a secret."""
    return service.auth.kind is not AuthKind.NONE


def request_timeout(timeout: int) -> str:
    """Return, as a Go duration, when a request gives up: early enough for an answer to be sent."""
    milliseconds = min(timeout, _GATEWAY_TIMEOUT) * 900
    return f"{milliseconds // 1000}s" if milliseconds % 1000 == 0 else f"{milliseconds}ms"


def latency_target(timeout: int, services: Iterable[Service]) -> int:
    """Return the p95 in milliseconds above which people are told.

    Our own part, and one attempt of each outside service; never more than the
    function's own time, where the alarm could not fire.
    """
    waiting = sum(service.timeout_ms for service in services)
    return min(_OWN_LATENCY_MS + waiting, min(timeout, _GATEWAY_TIMEOUT) * 900)


def _fit(text: str, limit: int) -> str:
    """Return the text, or its beginning with a digest of the whole that tells it apart."""
    if len(text) <= limit:
        return text
    digest = hashlib.sha256(text.encode()).hexdigest()[:7]
    return f"{text[: limit - 8].rstrip('-')}-{digest}"
