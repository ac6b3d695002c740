"""The tests of one entity under the contract ``chariot``: what each operation must answer and leave."""

from __future__ import annotations

import json
from collections.abc import Iterator

import msgspec
from msgspec.structs import replace

from chariot_gen.diagnostics import Location
from chariot_gen.model.api import Answer, Api, ChariotEndpoint, Entitlement
from chariot_gen.model.backend import Backend
from chariot_gen.model.entity import Entity
from chariot_gen.plan import golang
from chariot_gen.plan.memo import remembered
from chariot_gen.plan.samples import entity_sample
from chariot_gen.plan.views import chariot_fixtures as parts
from chariot_gen.plan.views import handler_cases as cases
from chariot_gen.plan.views import handler_fixtures as fixtures
from chariot_gen.plan.views.handler_offers import Offers, served
from chariot_gen.plan.views.handler_tests import known_secrets, provable_offers, refused_role

__all__ = ["ChariotTestsView", "chariot_tests_view"]


class CallRow(msgspec.Struct, frozen=True):
    """One call of the table, as the elements of its literal."""

    elements: str
    origin: Location | None


class ChariotTestsView(msgspec.Struct, frozen=True):
    """All that ``ENTITY_chariot_test.go`` prints.

    ``offers`` leaves out what takes a valid entity where none can be foreseen, and
    ``stable`` says that one request always makes the same key. Served ``alone``, the
    entity has no other test file to share fixtures with.
    """

    imports: str
    names: parts.ChariotFixtureNames
    docs: parts.ChariotFixtureDocs
    tests: parts.ChariotFunctions
    literals: parts.ChariotLiterals
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


@remembered
def chariot_tests_view(backend: Backend, entity: Entity) -> ChariotTestsView:
    """Return the view of the tests of an entity that is served under the contract ``chariot``."""
    api, _ = served(entity)
    offered = provable_offers(backend, entity)
    sample = entity_sample(backend, entity)
    change = cases.change_of(backend, entity) if offered.replaces else None
    view = ChariotTestsView(
        imports="",
        names=parts.names_of(entity),
        docs=parts.docs_of(entity),
        tests=parts.functions_of(entity),
        literals=parts.literals_of(entity, api, cases.body_of(entity, sample)),
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
        elements.append(f"path: {parts.list_path(entity)}")
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
