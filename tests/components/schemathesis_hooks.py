"""What schemathesis cannot know of the API: loaded into its process, before it sends anything."""

from __future__ import annotations

import itertools
from http import HTTPStatus
from typing import Any

import schemathesis
from schemathesis import Case, CheckContext, HookContext, Response
from schemathesis.core.parameters import ParameterLocation
from schemathesis.generation import GenerationMode
from schemathesis.generation.meta import TestPhase

_KEYS = itertools.count()
# Times that must lie ahead, of which a schema knows nothing.
_ENDS = {"expires", "ttl"}


@schemathesis.hook
def before_call(context: HookContext, case: Case, kwargs: dict[str, Any]) -> None:
    """Keep requests to what a caller can mean.

    An entity tag can only be got from an answer, a page token or an offset from a page, and the
    name of an account that one may work in from its owner. Go reads no ``1.0`` into a whole
    number, and two requests with one idempotency key are the same one.
    """
    if case.meta is None:
        return
    positive = case.meta.generation.mode is GenerationMode.POSITIVE
    if positive or case.meta.phase.name is not TestPhase.COVERAGE:
        # A condition that cannot hold would answer before anything else is looked at.
        for name in ("Account", "If-Match", "If-None-Match"):
            case.headers.pop(name, None)
    if not positive:
        return
    if case.query is not None:
        case.query.pop("token", None)
        case.query.pop("offset", None)
        if case.path == "/my":
            _agree(case.query)
    if "Idempotency-Key" in case.headers:
        case.headers["Idempotency-Key"] = f"case-{next(_KEYS)}"
    case.body = _whole(case.body)
    if case.path == "/my" and isinstance(case.body, dict):
        _ask_once(case.body.get("node", {}))


@schemathesis.check
def each_item_of_a_batch_is_judged(context: CheckContext, response: Response, case: Case) -> None:
    """Hold that an item that breaks the schema is refused in its result, and no other is."""
    if not case.path.endswith("/batch") or response.status_code != HTTPStatus.OK or case.meta is None:
        return
    body = case.meta.components.get(ParameterLocation.BODY)
    statuses = {result["status"] for result in response.json()["results"]}
    if body is not None and body.mode is GenerationMode.NEGATIVE:
        assert HTTPStatus.BAD_REQUEST in statuses, "an item that breaks the schema was taken"
    else:
        # Two items of one batch may have the same key.
        assert statuses <= {HTTPStatus.OK, HTTPStatus.CREATED, HTTPStatus.CONFLICT}, statuses


def _agree(query: dict[str, Any]) -> None:
    """Let the label be the type of the key, of which a schema knows nothing."""
    key = query.get("key", "")
    if key.startswith("#"):
        query.pop("label", None)
    elif key:
        query["label"] = "technology"
        query.pop("exact", None)


def _ask_once(node: dict[str, Any]) -> None:
    """Ask one thing of each field, and of nothing else where one item is named by its key."""
    filters = {condition["field"]: condition for condition in node.get("filters") or []}
    named = filters.get("key")
    if named is not None and named["operator"] == "=":
        filters = {"key": named}
    if filters:
        node["filters"] = list(filters.values())


def _whole(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _whole(member) for name, member in value.items() if name not in _ENDS}
    if isinstance(value, list):
        return [_whole(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value
