"""Outside services and their calls, and the API that an entity itself offers."""

from __future__ import annotations

from chariot_gen.model.api import Answer, Contract, Entitlement, Operation
from chariot_gen.model.service import AuthKind, Place
from chariot_gen.spec import formats
from chariot_gen.spec.grammar import Choice, Flag, Integer, Key, ListOf, MapOf, Record, Text, Value
from chariot_gen.spec.vocabulary.behaviour import FIELD_REF
from chariot_gen.spec.vocabulary.fields import GO_KEY, TYPE_KEY, describe

__all__ = ["API", "SERVICE"]

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD")
_OPERATIONS = Choice(tuple(operation.value for operation in Operation))
_OPTIONAL = Key(Flag(), "May be absent.", example=True, default=False)

API = Record(
    {
        "contract": Key(
            Choice(tuple(contract.value for contract in Contract)),
            "rest (items under /api/<entity>), chariot (what Chariot's own clients ask for: PUT, POST and "
            "DELETE of /<entity> with the key in the body, and GET /my) or both.",
            "both",
            default=Contract.REST.value,
        ),
        "path": Key(
            Text(formats.API_PATH),
            "Path of the collection under the contract rest. /api/<entity>, unless set.",
            "/api/hosts",
        ),
        "operations": Key(
            ListOf(_OPERATIONS, minimum=1),
            "What callers can do. create, get, list, update, patch and delete, unless set; refresh too, "
            "if a call has `map`. batch creates or changes up to 100 at once.",
            ["create", "get", "list", "delete"],
        ),
        "entitlements": Key(
            MapOf(_OPERATIONS, Choice(tuple(entitlement.value for entitlement in Entitlement))),
            "What callers need: read for get and list and write_assets for the others, unless set.",
            {"delete": "manage_settings"},
        ),
        "filters": Key(
            ListOf(FIELD_REF, minimum=1, maximum=20),
            "Fields by whose values callers can narrow a list: `?status=A`.",
            ["status"],
        ),
        "sort": Key(
            ListOf(FIELD_REF, minimum=1, maximum=20),
            "Fields that callers can order a list by: `?sort=created`, or `?sort=-created` for the other way "
            "round. Each gets an index.",
            ["created"],
        ),
        "page_size": Key(Integer(1, 1000), "Items on a page, unless the caller says.", 50, default=50),
        "max_page_size": Key(Integer(1, 1000), "Most items that a caller can ask for.", 200, default=200),
        "soft_delete": Key(
            MapOf(FIELD_REF, Value(), minimum=1, maximum=1),
            "Field and value that mark an item as deleted. A deletion then sets it and keeps the item.",
            {"status": "D"},
        ),
        "answer": Key(
            Choice(tuple(answer.value for answer in Answer)),
            "What a write under the contract chariot answers: the item, a list of it, or "
            '{"<plural>": [...]}.',
            "plural",
            default=Answer.ITEM.value,
        ),
    }
)

_AUTH = Record(
    {
        "kind": Key(
            Choice(tuple(kind.value for kind in AuthKind)),
            "How calls prove who makes them.",
            "bearer",
            required=True,
        ),
        "in": Key(Choice(("header", "query")), "Where an API key goes.", "header"),
        "name": Key(Text(formats.PARAM_NAME), "Header or query parameter of an API key.", "X-Api-Key"),
        "secret": Key(
            Text(formats.SECRET_NAME),
            "Name of the secret in Secrets Manager; with a slash first, of a parameter in Parameter Store.",
            "shodan-api-key",
        ),
    }
)

_RETRY = Record(
    {
        "attempts": Key(Integer(1, 10), "Tries in all; only for idempotent calls.", 3, default=3),
        "base": Key(Text(formats.DURATION), "First wait.", "200ms", default="200ms"),
        "max": Key(Text(formats.DURATION), "Longest wait.", "5s", default="5s"),
    }
)

_RATE_LIMIT = Record(
    {
        "requests": Key(Integer(1, 100_000), "Requests in each period.", 1, required=True),
        "per": Key(Text(formats.DURATION), "The period.", "1s", default="1s"),
        "burst": Key(Integer(1, 100_000), "Requests that may come at once.", 1, default=1),
    }
)

_PARAM = Record(
    {
        "in": Key(Choice(tuple(place.value for place in Place)), "Where it goes.", "path", required=True),
        "type": TYPE_KEY,
        "desc": describe("Address of the host."),
        "optional": _OPTIONAL,
        "field": Key(FIELD_REF, "Field of the entity that fills it when the call maps to the entity.", "ip"),
        "go": GO_KEY,
    }
)

_RESPONSE_FIELD = Record(
    {"type": TYPE_KEY, "desc": describe("Name of the item."), "optional": _OPTIONAL, "go": GO_KEY}
)

_CALL = Record(
    {
        "desc": describe("Look a host up by its address."),
        "method": Key(Choice(METHODS), "HTTP method.", "GET", default="GET"),
        "path": Key(
            Text(formats.CALL_PATH),
            "Path below the base URL, parameters in braces.",
            "/hosts/{ip}",
            required=True,
        ),
        "params": Key(
            MapOf(Text(formats.PARAM_NAME), _PARAM),
            "Parameters by their name on the wire.",
            {"ip": {"in": "path", "field": "ip", "desc": "Address of the host."}},
        ),
        "response": Key(
            MapOf(Text(formats.WIRE_NAME), _RESPONSE_FIELD),
            "The fields of the response that are read, by their JSON name.",
            {"org": {"desc": "Owner of the address.", "optional": True}},
        ),
        "response_list": Key(
            Flag(), "Whether the body is an array of such values.", example=True, default=False
        ),
        "map": Key(
            MapOf(FIELD_REF, Text(formats.WIRE_NAME)),
            "Fields of the entity that take a field of the response.",
            {"organization": "org"},
        ),
        "idempotent": Key(
            Flag(), "Whether a repeated call does no harm; set for GET, HEAD, PUT and DELETE.", example=True
        ),
        "go": GO_KEY,
    }
)

SERVICE = Record(
    {
        "renamed_from": Key(
            Text(formats.FIELD_NAME), "Name that the service had; its client's files follow.", "old_service"
        ),
        "description": Key(Text(), "One sentence; becomes the doc comment.", "Shodan's REST API."),
        "base_url": Key(
            Text(formats.URL), "Where the paths start.", "https://api.example.com", required=True
        ),
        "auth": Key(
            _AUTH,
            "How calls are authenticated; not at all, unless set.",
            {"kind": "bearer", "secret": "token"},
        ),
        "timeout": Key(Text(formats.DURATION), "Bound of one attempt.", "5s", default="10s"),
        "retry": Key(_RETRY, "When to try again.", {"attempts": 3}),
        "rate_limit": Key(
            _RATE_LIMIT, "How often to call; no limit, unless set.", {"requests": 1, "per": "1s"}
        ),
        "calls": Key(
            MapOf(Text(formats.FIELD_NAME), _CALL, minimum=1),
            "The calls by name; each becomes a method of the client.",
            {"get_host": {"path": "/hosts/{ip}"}},
            required=True,
        ),
    }
)
