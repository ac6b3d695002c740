"""The tests of an entity's handler: one call of every operation, and what each must answer."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from chariot_gen.diagnostics import Location
from chariot_gen.model.api import Api, Body, Endpoint, Entitlement, Operation
from chariot_gen.model.backend import Backend
from chariot_gen.model.behaviour import DefaultKind
from chariot_gen.model.entity import Entity
from chariot_gen.model.types import Scalar, ScalarType
from chariot_gen.plan import golang
from chariot_gen.plan.memo import remembered
from chariot_gen.plan.samples import entity_sample
from chariot_gen.plan.views import handler_cases as cases
from chariot_gen.plan.views import handler_fixtures as fixtures
from chariot_gen.plan.views.handler_offers import Offers, keyed, offers, served
from chariot_gen.plan.views.handler_request import writable
from chariot_gen.plan.views.handler_sensitive import zero_value

__all__ = ["HandlerTestsView", "handler_tests_view", "known_secrets", "provable_offers", "refused_role"]

_ANALYST = frozenset(
    {
        Entitlement.READ,
        Entitlement.WRITE_ASSETS,
        Entitlement.WRITE_JOBS,
        Entitlement.WRITE_FILES,
        Entitlement.CONVERSATION_AI,
    }
)
_REWRITING = (Operation.UPDATE, Operation.PATCH, Operation.REFRESH)


class CallRow(msgspec.Struct, frozen=True):
    """One call of the table, as the elements of its literal."""

    elements: str
    origin: Location | None


class MadeField(msgspec.Struct, frozen=True):
    """A field that a creation fills by itself: its zero value, and what to say where it stays."""

    go: str
    zero: str
    withheld: str
    origin: Location


class HandlerTestsView(msgspec.Struct, frozen=True):
    """All that ``ENTITY_handler_test.go`` prints.

    ``offers`` leaves out what takes a valid entity where none can be foreseen, and
    ``apart`` says that its keys can be told from those of others.
    """

    imports: str
    names: fixtures.FixtureNames
    tests: fixtures.Functions
    docs: fixtures.FixtureDocs
    literals: fixtures.FixtureLiterals
    offers: Offers
    items: bool
    apart: bool
    repeats: bool
    keeps: bool
    writes: bool
    rewrites: bool
    rekeys: bool
    calls: tuple[CallRow, ...]
    invalid: tuple[cases.BadField, ...]
    change: cases.Member | None
    patches: bool
    mark: cases.Member | None
    filled: cases.Member | None
    spoiled: str
    made: tuple[MadeField, ...]
    secrets: str
    batch_statuses: str


@remembered
def handler_tests_view(backend: Backend, entity: Entity) -> HandlerTestsView:
    """Return the view of the tests of an entity that has an API."""
    api, key = served(entity)
    sample = entity_sample(backend, entity)
    offered = provable_offers(backend, entity)
    items = offered.names_items
    writes, change = offered.writes, cases.change_of(backend, entity) if offered.replaces else None
    invalid = cases.bad_fields(backend, entity) if writes else ()
    view = HandlerTestsView(
        imports="",
        names=fixtures.fixture_names(entity),
        tests=fixtures.functions(entity),
        docs=fixtures.fixture_docs(entity, items=items, refresh=offered.refresh),
        literals=fixtures.fixture_literals(entity, cases.body_of(entity, sample), items=items),
        offers=offered,
        items=items,
        apart=bool(key.prefix),
        repeats=offered.create and any(keyed(entity, endpoint) for endpoint in api.endpoints),
        keeps=items or offered.list,
        writes=writes,
        rewrites=offered.replaces or offered.refresh,
        rekeys=offered.update and not key.if_empty,
        calls=tuple(_call(entity, endpoint) for endpoint in _endpoints(api, offered)),
        invalid=invalid,
        change=change,
        patches=offered.patch and change is not None,
        mark=cases.mark_of(entity) if offered.delete else None,
        filled=cases.filled_by(backend, entity) if offered.refresh else None,
        spoiled=cases.spoiled(backend, entity) if offered.refresh else "",
        made=_made(entity) if offered.create else (),
        secrets=", ".join(golang.string_literal(name) for name in known_secrets(backend, entity)),
        batch_statuses=cases.batch_statuses(entity, sample),
    )
    paths = _imports(backend.settings.module, view)
    return replace(view, imports=golang.import_block(paths, backend.settings.module))


@remembered
def provable_offers(backend: Backend, entity: Entity) -> Offers:
    """Return the operations that can be tested, which takes a valid entity for those that write one."""
    offered = offers(served(entity)[0])
    if entity_sample(backend, entity).is_valid:
        return offered
    return replace(offered, create=False, update=False, patch=False, refresh=False, batch=False)


def _endpoints(api: Api, offered: Offers) -> tuple[Endpoint, ...]:
    return tuple(endpoint for endpoint in api.endpoints if getattr(offered, endpoint.operation.value))


def _call(entity: Entity, endpoint: Endpoint) -> CallRow:
    operation = endpoint.operation
    elements = [
        f"name: {golang.string_literal(operation.value)}",
        f"method: http.Method{endpoint.method.capitalize()}",
        f"path: {_path(endpoint)}",
    ]
    if endpoint.shape.body is not Body.NONE:
        body = fixtures.fixture_names(entity).body
        batch = endpoint.shape.body is Body.BATCH
        elements.append(f'body: `{{"items":[` + {body} + `]}}`' if batch else f"body: {body}")
    if endpoint.entitlement is not Entitlement.READ:
        elements.append(f"refused: {refused_role(endpoint.entitlement)}")
    if endpoint.shape.of_item:
        elements.append("item: true")
    retires = operation is Operation.DELETE and cases.mark_of(entity) is not None
    if operation in _REWRITING or retires:
        elements.append("rewrites: true")
    return CallRow(", ".join(elements), endpoint.location)


def refused_role(entitlement: Entitlement) -> str:
    """Return the most powerful role that lacks an entitlement, which some role must."""
    return f"auth.Role{'ReadOnly' if entitlement in _ANALYST else 'Analyst'}"


def _path(endpoint: Endpoint) -> str:
    before, placeholder, after = endpoint.path.partition("{key}")
    if not placeholder:
        return golang.string_literal(before)
    return f"item + {golang.string_literal(after)}" if after else "item"


@remembered
def known_secrets(backend: Backend, entity: Entity) -> tuple[str, ...]:
    """Return the JSON names of the sensitive fields that a sample of the entity fills."""
    sensitive = [field for field in entity.fields if field.sensitive]
    if not sensitive:
        return ()
    offered = provable_offers(backend, entity)
    if not (offered.get or offered.list or offered.replaces or offered.refresh):
        return ()
    filled = _self_made(entity) | {field.name for field in writable(entity)}
    sampled = entity_sample(backend, entity).fields.keys() | _self_made(entity)
    return tuple(field.json.name for field in sensitive if field.name in filled & sampled)


def _self_made(entity: Entity) -> set[str]:
    kinds = {DefaultKind.NOW, DefaultKind.TTL, DefaultKind.GENERATE}
    return {default.field for default in entity.behaviour.defaults if default.kind in kinds}


def _made(entity: Entity) -> tuple[MadeField, ...]:
    return tuple(
        MadeField(
            go=field.go,
            zero=zero_value(field),
            withheld=golang.string_literal(f"got no {field.json.name}, want one to be made"),
            origin=field.location,
        )
        for field in entity.fields
        if field.name in _self_made(entity) and field.type != ScalarType(Scalar.TIME)
    )


def _imports(module: str, view: HandlerTestsView) -> set[str]:
    offered = view.offers
    shared = {"handler/handlers", "model/model"}
    paths = {"net/http", "testing"}
    if view.items or offered.create:
        paths.add("net/url")
    if view.rewrites or offered.create or (offered.delete and view.mark is None) or offered.batch:
        shared.add("apierror")
    if offered.batch:
        shared.add("handler")
    if view.keeps or view.rewrites or offered.create or offered.batch:
        shared.add("store")
    if any("auth." in call.elements for call in view.calls):
        shared.add("auth")
    if offered.refresh:
        paths |= {"context", "encoding/json"} if view.filled or view.spoiled else {"context"}
        shared.add("service")
    if any("strconv." in bad.value for bad in view.invalid):
        paths |= {"strconv", "strings"}
    return paths | {f"{module}/pkg/{path}" for path in shared}
