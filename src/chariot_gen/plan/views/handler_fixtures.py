"""Identifiers, comments and literals of a handler's tests."""

from __future__ import annotations

import msgspec

from chariot_gen import names
from chariot_gen.model.entity import Entity
from chariot_gen.plan import golang
from chariot_gen.plan.views.handler_names import handler_names
from chariot_gen.plan.views.handler_offers import served
from chariot_gen.plan.views.handler_request import key_members
from chariot_gen.plan.views.handler_store import store_options

__all__ = [
    "FixtureDocs",
    "FixtureLiterals",
    "FixtureNames",
    "Functions",
    "fixture_docs",
    "fixture_literals",
    "fixture_names",
    "functions",
]


class FixtureNames(msgspec.Struct, frozen=True):
    """Identifiers that the tests declare, and those of the handler that they use."""

    model: str
    variable: str
    owner: str
    store: str
    handler: str
    constructor: str
    body: str
    calls: str
    fill: str
    fill_method: str
    new_handler: str
    stored: str


class Functions(msgspec.Struct, frozen=True):
    """The names of the test functions."""

    refusals: str
    unknown: str
    versions: str
    rewrites: str
    bodies: str
    conceals: str
    create: str
    get: str
    list: str
    update: str
    rekey: str
    patch: str
    batch: str
    delete: str
    refresh: str


class FixtureDocs(msgspec.Struct, frozen=True):
    """Doc comments of the helpers."""

    body: str
    calls: str
    fill: str
    new_handler: str
    stored: str


class FixtureLiterals(msgspec.Struct, frozen=True):
    """Go literals, and expressions of the entity's type."""

    body: str
    path: str
    item_path: str
    batch_path: str
    plural: str
    page_size: str
    max_page_size: str
    key: str
    missing_key: str
    foreign_key: str
    known_keys: str
    three_keys: str
    key_fields: str
    calls_parameter: str
    calls: str
    calls_of_item: str
    memory: str
    new_memory: str
    sample: str
    broken: str
    contested: str
    decoded_item: str


def fixture_names(entity: Entity) -> FixtureNames:
    """Return the identifiers of an entity's handler tests."""
    ids, go, camel = handler_names(entity), entity.names.go, entity.names.camel
    return FixtureNames(
        model=ids.model,
        variable=ids.variable,
        owner=ids.owner,
        store=ids.store,
        handler=ids.handler,
        constructor=ids.constructor,
        body=f"{camel}Body",
        calls=f"{camel}Calls",
        fill=f"fill{go}",
        fill_method=ids.fill,
        new_handler=f"{camel}Handler",
        stored=f"stored{go}",
    )


def functions(entity: Entity) -> Functions:
    """Return the names of an entity's test functions."""
    stem = f"Test{entity.names.go}Handler"
    return Functions(
        refusals=f"{stem}Refusals",
        unknown=f"{stem}UnknownItem",
        versions=f"{stem}Versions",
        rewrites=f"{stem}FailedRewrite",
        bodies=f"{stem}InvalidBody",
        conceals=f"{stem}ConcealsSecrets",
        create=f"{stem}Create",
        get=f"{stem}Get",
        list=f"{stem}List",
        update=f"{stem}Update",
        rekey=f"{stem}UpdateKey",
        patch=f"{stem}Patch",
        batch=f"{stem}Batch",
        delete=f"{stem}Delete",
        refresh=f"{stem}Refresh",
    )


def fixture_docs(entity: Entity, *, items: bool, refresh: bool) -> FixtureDocs:
    """Return the doc comments of an entity's test helpers."""
    ids, one, many = fixture_names(entity), entity.names.human, entity.names.human_plural
    a_one = f"{names.article(one)} {one}"
    wrapped = golang.doc_comment
    named = "; key is the item that they name" if items else ""
    idle = " whose filler changes nothing" if refresh else ""
    return FixtureDocs(
        body=wrapped(f"{ids.body} asks for {a_one} that is valid."),
        calls=wrapped(f"{ids.calls} returns one good call of every operation on {many}{named}."),
        fill=wrapped(f"{ids.fill} is a function that fills {many}."),
        new_handler=wrapped(f"{ids.new_handler} returns a handler of items{idle}."),
        stored=wrapped(f"{ids.stored} returns a store in which the tenant has {many} with these keys."),
    )


def fixture_literals(entity: Entity, body: str, *, items: bool) -> FixtureLiterals:
    """Return the literals of an entity's handler tests; ``body`` is a valid request in JSON."""
    api, key = served(entity)
    ids, quoted, model = fixture_names(entity), golang.string_literal, f"model.{entity.names.go}"
    strange = (text for text in ("#other#example", "#foreign#example") if not text.startswith(key.prefix))
    foreign = quoted(next(strange, ""))
    first = quoted(f"{key.prefix}1")
    return FixtureLiterals(
        body=golang.raw_block(body),
        path=quoted(api.path),
        item_path=quoted(f"{api.path}/"),
        batch_path=quoted(f"{api.path}/batch"),
        plural=quoted(entity.names.plural),
        page_size=str(api.page_size),
        max_page_size=str(api.max_page_size),
        key=first,
        missing_key=quoted(f"{key.prefix}2"),
        foreign_key=foreign,
        known_keys=f"{first}, {foreign}" if key.prefix else first,
        three_keys=", ".join(quoted(f"{key.prefix}{number}") for number in (1, 2, 3)),
        key_fields=", ".join(quoted(name) for name in key_members(entity)),
        calls_parameter="key string" if items else "",
        calls=f"{ids.calls}({first if items else ''})",
        calls_of_item=f"{ids.calls}({'item.Key' if items else ''})",
        memory=f"*store.Memory[{model}, *{model}]",
        new_memory=f"store.NewMemory[{model}]({store_options(entity)})",
        sample=f"sample[{model}]",
        broken=f"brokenStore[{model}]",
        contested=f"contestedStore[{model}, *{model}]",
        decoded_item=f"decoded[{model}]",
    )
