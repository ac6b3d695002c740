"""Identifiers, comments and literals of the tests of one entity under the contract ``chariot``."""

from __future__ import annotations

import json
from urllib.parse import quote

import msgspec

from chariot_gen.model.api import Answer, Api
from chariot_gen.model.entity import Entity
from chariot_gen.plan import golang
from chariot_gen.plan.views import handler_fixtures as fixtures
from chariot_gen.plan.views.handler_offers import served

__all__ = [
    "ChariotFixtureDocs",
    "ChariotFixtureNames",
    "ChariotFunctions",
    "ChariotLiterals",
    "docs_of",
    "functions_of",
    "list_path",
    "literals_of",
    "names_of",
]


class ChariotFixtureNames(msgspec.Struct, frozen=True):
    """Identifiers that the tests declare or use."""

    model: str
    owner: str
    body: str
    stored: str
    calls: str
    new_api: str
    collection: str
    items: str
    answered: str


class ChariotFixtureDocs(msgspec.Struct, frozen=True):
    """Doc comments of the helpers."""

    body: str
    stored: str
    calls: str
    new_api: str
    answered: str


class ChariotFunctions(msgspec.Struct, frozen=True):
    """The names of the test functions."""

    refusals: str
    put: str
    change: str
    post: str
    delete: str
    list: str
    conceals: str


class ChariotLiterals(msgspec.Struct, frozen=True):
    """Go literals, and expressions of the entity's type."""

    body: str
    chariot_path: str
    list_path: str
    plural: str
    key: str
    foreign_key: str
    key_body: str
    calls_parameter: str
    calls: str
    calls_of_item: str
    memory: str
    new_memory: str
    sample: str
    broken: str
    decoded_answer: str
    member: str


def list_path(entity: Entity) -> str:
    """Return, as a Go literal, the path that lists all items."""
    _, key = served(entity)
    return golang.string_literal(f"/my?key={quote(key.prefix, safe='')}")


def names_of(entity: Entity) -> ChariotFixtureNames:
    """Return the identifiers of the tests."""
    shared, go, camel = fixtures.fixture_names(entity), entity.names.go, entity.names.camel
    return ChariotFixtureNames(
        model=shared.model,
        owner=shared.owner,
        body=shared.body,
        stored=shared.stored,
        calls=f"{camel}ChariotCalls",
        new_api=f"{camel}API",
        collection=f"New{go}Collection",
        items=f"chariot.Store[{shared.model}]",
        answered=f"answered{go}",
    )


def docs_of(entity: Entity) -> ChariotFixtureDocs:
    """Return the doc comments of the helpers."""
    ids, many, one = names_of(entity), entity.names.human_plural, entity.names.human
    shared = fixtures.fixture_docs(entity, items=True, refresh=False)
    return ChariotFixtureDocs(
        body=shared.body,
        stored=shared.stored,
        calls=golang.doc_comment(f"{ids.calls} returns one good call of every route that serves {many}."),
        new_api=golang.doc_comment(f"{ids.new_api} returns an API of the {many} in items."),
        answered=golang.doc_comment(f"{ids.answered} returns the {one} in an answer of the wanted status."),
    )


def functions_of(entity: Entity) -> ChariotFunctions:
    """Return the names of the test functions."""
    stem = f"Test{entity.names.go}Collection"
    return ChariotFunctions(
        refusals=f"{stem}Refusals",
        put=f"{stem}Put",
        change=f"{stem}PutKey",
        post=f"{stem}Post",
        delete=f"{stem}Delete",
        list=f"{stem}List",
        conceals=f"{stem}ConcealsSecrets",
    )


def literals_of(entity: Entity, api: Api, body: str) -> ChariotLiterals:
    """Return the literals of the tests; ``body`` is a valid request in JSON."""
    shared, ids = fixtures.fixture_literals(entity, body, items=True), names_of(entity)
    plural, model = golang.string_literal(entity.names.plural), f"model.{entity.names.go}"
    decoded = {Answer.ITEM: model, Answer.LIST: f"[]{model}", Answer.PLURAL: f"map[string][]{model}"}
    named = any(endpoint.method in ("PUT", "DELETE") for endpoint in api.chariot_endpoints)
    return ChariotLiterals(
        body=shared.body,
        chariot_path=golang.string_literal(api.chariot_path),
        list_path=list_path(entity),
        plural=plural,
        key=shared.key,
        foreign_key=shared.foreign_key,
        key_body=golang.raw_literal(json.dumps({"key": f"{served(entity)[1].prefix}1"})),
        calls_parameter="key string" if named else "",
        calls=f"{ids.calls}({shared.key if named else ''})",
        calls_of_item=f"{ids.calls}({'item.Key' if named else ''})",
        memory=shared.memory,
        new_memory=shared.new_memory,
        sample=shared.sample,
        broken=shared.broken,
        decoded_answer=f"decoded[{decoded[api.answer]}]",
        member=f"[{plural}]" if api.answer is Answer.PLURAL else "",
    )
