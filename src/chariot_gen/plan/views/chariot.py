"""One entity under the contract ``chariot``: how it is called there, and what is done to its items."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from chariot_gen.model.api import Answer, Api, Operation
from chariot_gen.model.backend import Backend
from chariot_gen.model.entity import Entity
from chariot_gen.plan import golang
from chariot_gen.plan.views.handler_lists import Parameter, filters, sorts
from chariot_gen.plan.views.handler_names import HandlerDocs, HandlerNames, handler_docs, handler_names
from chariot_gen.plan.views.handler_offers import Offers, offers, served
from chariot_gen.plan.views.handler_request import RequestField, key_members, request_fields, writable
from chariot_gen.plan.views.handler_sensitive import SensitiveField, sensitive_fields, zero_imports
from chariot_gen.plan.views.handler_texts import HandlerLiterals, entitlement, literals

__all__ = ["ChariotView", "chariot_view"]

_ANSWERS = {Answer.LIST: "chariot.AnswerList", Answer.PLURAL: "chariot.AnswerPlural"}


class ChariotNames(msgspec.Struct, frozen=True):
    """For ``NewEntity``: type ``newEntityType``, constructor ``NewNewEntityCollection``.

    ``store`` and ``methods`` are the types of package chariot for items of this one.
    """

    type: str
    constructor: str
    request: str
    store: str
    methods: str


class ChariotTexts(msgspec.Struct, frozen=True):
    """Doc comments."""

    type: str
    constructor: str


class Line(msgspec.Struct, frozen=True):
    """One element of a literal."""

    name: str
    value: str


class ChariotView(msgspec.Struct, frozen=True):
    """All that ``ENTITY_chariot.go`` prints.

    Where the entity is served under ``chariot`` ``alone``, that is also what the two
    contracts otherwise share in ``ENTITY_handler.go``.
    """

    imports: str
    ids: ChariotNames
    texts: ChariotTexts
    members: tuple[Line, ...]
    entitlements: tuple[Line, ...]
    methods: tuple[Line, ...]
    alone: bool
    names: HandlerNames
    docs: HandlerDocs
    literals: HandlerLiterals
    offers: Offers
    prefixed: bool
    writes: bool
    applies: bool
    converts: bool
    conceals: bool
    retires: bool
    filters: tuple[Parameter, ...]
    sorts: tuple[Parameter, ...]
    request_fields: tuple[RequestField, ...]
    kept_fields: tuple[RequestField, ...]
    sensitive_fields: tuple[SensitiveField, ...]


def chariot_view(backend: Backend, entity: Entity) -> ChariotView:
    """Return the view of an entity that is served under the contract ``chariot``."""
    (api, _), module = served(entity), backend.settings.module
    ids, offered = handler_names(entity), offers(api)
    requested = request_fields(entity, ids.variable)
    view = ChariotView(
        imports="",
        ids=_names(entity, offered),
        texts=_texts(entity),
        members=tuple(_members(entity, api, offered)),
        entitlements=tuple(_entitlements(api)),
        methods=tuple(_methods(entity, offered)),
        alone=not api.is_rest,
        names=ids,
        docs=handler_docs(entity, ""),
        literals=literals(entity),
        offers=offered,
        prefixed=True,
        writes=offered.writes,
        applies=bool(requested) and offered.writes,
        converts=bool(requested) and offered.replaces,
        conceals=entity.holds_secret,
        retires=api.soft_delete is not None,
        filters=filters(entity),
        sorts=sorts(entity),
        request_fields=requested,
        kept_fields=tuple(field for field in requested if field.kept),
        sensitive_fields=sensitive_fields(entity),
    )
    return msgspec.structs.replace(view, imports=golang.import_block(_imports(module, entity, view), module))


def _names(entity: Entity, offered: Offers) -> ChariotNames:
    ids = handler_names(entity)
    request = ids.request if offered.writes else "struct{}"
    return ChariotNames(
        type=f"{entity.names.camel}Type",
        constructor=f"New{entity.names.go}Collection",
        request=request,
        store=f"chariot.Store[{ids.model}]",
        methods=f"chariot.Methods[{ids.model}, {request}]",
    )


def _texts(entity: Entity) -> ChariotTexts:
    ids, many = _names(entity, offers(served(entity)[0])), entity.names.human_plural
    return ChariotTexts(
        type=golang.doc_comment(f"{ids.type} says what Chariot's clients call {many}, and may do to them."),
        constructor=golang.doc_comment(
            f"{ids.constructor} returns the {many} in store, as Chariot's clients ask for them."
        ),
    )


def _members(entity: Entity, api: Api, offered: Offers) -> Iterator[Line]:
    ids, quoted = handler_names(entity), golang.string_literal
    members = ", ".join(quoted(name) for name in key_members(entity))
    yield Line("Name", quoted(entity.names.flat))
    yield Line("Plural", quoted(entity.names.plural))
    yield Line("Label", quoted(entity.label))
    yield Line("Noun", ids.noun)
    yield Line("List", ids.list if offered.list else f"handler.List{{Prefix: {ids.prefix}}}")
    if offered.replaces:
        yield Line("KeyFields", f"[]string{{{members}}}")
    if api.answer in _ANSWERS:
        yield Line("Answer", _ANSWERS[api.answer])


def _entitlements(api: Api) -> Iterator[Line]:
    change = Operation.PATCH if api.endpoint(Operation.PATCH) else Operation.UPDATE
    for name, operation in (
        ("Create", Operation.CREATE),
        ("Change", change),
        ("Delete", Operation.DELETE),
        ("List", Operation.LIST),
    ):
        endpoint = api.endpoint(operation)
        if endpoint is not None:
            yield Line(name, f"auth.{entitlement(endpoint.entitlement)}")


def _methods(entity: Entity, offered: Offers) -> Iterator[Line]:
    ids, requested = handler_names(entity), bool(writable(entity))
    if ids.owner and offered.writes:
        item = f"{ids.variable} *{ids.model}, tenant string"
        yield Line("Own", f"func({item}) {{ {ids.variable}.{ids.owner} = tenant }}")
    if offered.replaces:
        nothing = f"func(*{ids.model}) {ids.request} {{ return {ids.request}{{}} }}"
        yield Line("Request", ids.request_of if requested else nothing)
    if offered.writes:
        nothing = f"func(*{ids.request}, *{ids.model}) {{}}"
        yield Line("Apply", f"(*{ids.request}).apply" if requested else nothing)
    if entity.holds_secret:
        yield Line("Conceal", ids.conceal)
    if entity.api is not None and entity.api.soft_delete is not None:
        yield Line("Retire", ids.retire)


def _imports(module: str, entity: Entity, view: ChariotView) -> set[str]:
    paths = {f"{module}/pkg/{path}" for path in ("handler/chariot", "model/model")}
    if view.entitlements:
        paths.add(f"{module}/pkg/auth")
    if not view.offers.list or view.alone:
        paths.add(f"{module}/pkg/handler")
    if view.alone and view.writes:
        paths.update(*(golang.type_imports(field.type) for field in writable(entity)))
    if view.alone and view.conceals:
        paths |= zero_imports(entity)
    return paths
