"""The tests of one entity under the contract ``chariot``: what each operation must answer and leave."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import quote

import msgspec
from msgspec.structs import replace

from chariot_gen.diagnostics import Location
from chariot_gen.model.api import Answer, Api, ChariotEndpoint, Entitlement
from chariot_gen.model.backend import Backend
from chariot_gen.model.entity import Entity
from chariot_gen.plan import golang
from chariot_gen.plan.samples import entity_sample
from chariot_gen.plan.views import handler_cases as cases
from chariot_gen.plan.views import handler_fixtures as fixtures
from chariot_gen.plan.views.handler_offers import Offers, served
from chariot_gen.plan.views.handler_tests import known_secrets, provable_offers, refused_role

__all__ = ["ChariotTestsView", "chariot_tests_view"]


class CallRow(msgspec.Struct, frozen=True):
    """One call of the table, as the elements of its literal."""

    elements: str
    origin: Location | None


class TestNames(msgspec.Struct, frozen=True):
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


class TestDocs(msgspec.Struct, frozen=True):
    """Doc comments of the helpers."""

    body: str
    stored: str
    calls: str
    new_api: str
    answered: str


class Functions(msgspec.Struct, frozen=True):
    """The names of the test functions."""

    refusals: str
    put: str
    change: str
    post: str
    delete: str
    list: str
    conceals: str


class TestLiterals(msgspec.Struct, frozen=True):
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


class ChariotTestsView(msgspec.Struct, frozen=True):
    """All that ``ENTITY_chariot_test.go`` prints.

    ``offers`` leaves out what takes a valid entity where none can be foreseen, and
    ``stable`` says that one request always makes the same key. Served ``alone``, the
    entity has no other test file to share fixtures with.
    """

    imports: str
    names: TestNames
    docs: TestDocs
    tests: Functions
    literals: TestLiterals
    offers: Offers
    calls: tuple[CallRow, ...]
    alone: bool
    sampled: bool
    keeps: bool
    answers: bool
    listed: bool
    puts: bool
    posts: bool
    stable: bool
    change: cases.Member | None
    mark: cases.Member | None
    secrets: str


def chariot_tests_view(backend: Backend, entity: Entity) -> ChariotTestsView:
    """Return the view of the tests of an entity that is served under the contract ``chariot``."""
    api, _ = served(entity)
    offered = provable_offers(backend, entity)
    sample = entity_sample(backend, entity)
    change = cases.change_of(backend, entity) if offered.replaces else None
    view = ChariotTestsView(
        imports="",
        names=_names(entity),
        docs=_docs(entity),
        tests=_functions(entity),
        literals=_literals(entity, api, cases.body_of(entity, sample)),
        offers=offered,
        calls=tuple(_call(entity, endpoint) for endpoint in _endpoints(api, offered)),
        alone=not api.is_rest,
        sampled=offered.create or offered.delete or offered.list or change is not None,
        keeps=offered.delete or offered.list,
        answers=offered.create or offered.delete or change is not None,
        listed=api.answer is not Answer.ITEM,
        puts=offered.create and offered.replaces,
        posts=offered.create,
        stable=sample.key is not None,
        change=change,
        mark=cases.mark_of(entity) if offered.delete else None,
        secrets=", ".join(golang.string_literal(name) for name in known_secrets(backend, entity)),
    )
    module = backend.settings.module
    return replace(view, imports=golang.import_block(_imports(module, view), module))


def _endpoints(api: Api, offered: Offers) -> Iterator[ChariotEndpoint]:
    for endpoint in api.chariot_endpoints:
        if all(getattr(offered, operation.value) for operation in endpoint.operations[:1]):
            yield endpoint


def _call(entity: Entity, endpoint: ChariotEndpoint) -> CallRow:
    searches = (endpoint.method, endpoint.path) == ("POST", "/my")
    operation = "search" if searches else endpoint.operations[0].value
    path = golang.string_literal(endpoint.path)
    elements = [
        f"name: {golang.string_literal(operation)}",
        f"method: http.Method{endpoint.method.capitalize()}",
    ]
    if endpoint.method == "GET":
        elements.append(f"path: {_list_path(entity)}")
    elif searches:
        body = golang.raw_literal(f'{{"node":{{"labels":[{json.dumps(entity.label)}]}}}}')
        elements += [f"path: {path}", f"body: {body}"]
    elif endpoint.method == "POST":
        elements += [f"path: {path}", f"body: {fixtures.fixture_names(entity).body}"]
    else:
        elements += [f"path: {path}", 'body: `{"key":` + strconv.Quote(key) + `}`']
    if endpoint.entitlement is not Entitlement.READ:
        elements.append(f"refused: {refused_role(endpoint.entitlement)}")
    return CallRow(", ".join(elements), endpoint.location)


def _list_path(entity: Entity) -> str:
    _, key = served(entity)
    return golang.string_literal(f"/my?key={quote(key.prefix, safe='')}")


def _names(entity: Entity) -> TestNames:
    shared, go, camel = fixtures.fixture_names(entity), entity.names.go, entity.names.camel
    return TestNames(
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


def _docs(entity: Entity) -> TestDocs:
    ids, many, one = _names(entity), entity.names.human_plural, entity.names.human
    shared = fixtures.fixture_docs(entity, items=True, refresh=False)
    return TestDocs(
        body=shared.body,
        stored=shared.stored,
        calls=golang.doc_comment(f"{ids.calls} returns one good call of every route that serves {many}."),
        new_api=golang.doc_comment(f"{ids.new_api} returns an API of the {many} in items."),
        answered=golang.doc_comment(f"{ids.answered} returns the {one} in an answer of the wanted status."),
    )


def _functions(entity: Entity) -> Functions:
    stem = f"Test{entity.names.go}Collection"
    return Functions(
        refusals=f"{stem}Refusals",
        put=f"{stem}Put",
        change=f"{stem}PutKey",
        post=f"{stem}Post",
        delete=f"{stem}Delete",
        list=f"{stem}List",
        conceals=f"{stem}ConcealsSecrets",
    )


def _literals(entity: Entity, api: Api, body: str) -> TestLiterals:
    shared, ids = fixtures.fixture_literals(entity, body, items=True), _names(entity)
    plural, model = golang.string_literal(entity.names.plural), f"model.{entity.names.go}"
    decoded = {Answer.ITEM: model, Answer.LIST: f"[]{model}", Answer.PLURAL: f"map[string][]{model}"}
    named = any(endpoint.method in ("PUT", "DELETE") for endpoint in api.chariot_endpoints)
    return TestLiterals(
        body=shared.body,
        chariot_path=golang.string_literal(api.chariot_path),
        list_path=_list_path(entity),
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


def _imports(module: str, view: ChariotTestsView) -> set[str]:
    offered, shared = view.offers, {"handler/chariot", "handler/handlers", "model/model"}
    paths = {"net/http", "testing"}
    if view.answers:
        paths.add("net/http/httptest")
    if offered.delete and view.mark is None:
        paths.add("errors")
    if view.posts and view.stable:
        shared.add("apierror")
    if offered.list:
        paths.add("encoding/json")
    if view.keeps or view.puts or view.posts or view.change:
        shared.add("store")
    if any("auth." in call.elements for call in view.calls):
        shared.add("auth")
    if view.change or any("strconv." in call.elements for call in view.calls):
        paths.add("strconv")
    return paths | {f"{module}/pkg/{path}" for path in shared}
