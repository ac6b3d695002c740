"""Every identifier and doc comment of an entity's handler, so that a template never wraps a line."""

from __future__ import annotations

from functools import partial

import msgspec

from chariot_gen import names
from chariot_gen.model.entity import Entity
from chariot_gen.plan import golang

__all__ = ["HandlerDocs", "HandlerNames", "handler_docs", "handler_names", "variable"]

# What the handlers, their helpers and their imports already call by these names.
_TAKEN = frozenset(
    """
    answer apierror at auth batch body call calls cmp context err errors filler fillers fmt h handler handlers
    http httptest item items iter json key load maps middleware model mux netip next page patch path query r
    recorder registry request respond results save slices slog store strconv strings t tenant test testing
    time tools url uuid version w write
    """.split()  # noqa: SIM905 - a list of words reads better than a list of strings
)


class HandlerNames(msgspec.Struct, frozen=True):
    """For ``NewEntity``: handler ``NewEntityHandler``, noun ``newEntityNoun``, and so on.

    ``variable`` holds one entity; it is ``newEntity``, or ``item`` where that would
    shadow something. ``owner`` is the field that names the tenant, or empty.
    """

    model: str
    variable: str
    owner: str
    noun: str
    prefix: str
    store: str
    filler: str
    fill: str
    request: str
    request_of: str
    list: str
    page: str
    handler: str
    constructor: str
    conceal: str
    retire: str


class HandlerDocs(msgspec.Struct, frozen=True):
    """Doc comments that hold a name, wrapped."""

    noun: str
    sole_noun: str
    prefix: str
    store: str
    filler: str
    fill: str
    request: str
    request_of: str
    list: str
    page: str
    items: str
    handler: str
    constructor: str
    register: str
    load: str
    save: str
    write: str
    apply: str
    conceal: str
    retire: str


def handler_names(entity: Entity) -> HandlerNames:
    """Return the identifiers of an entity's handler file."""
    go, camel = entity.names.go, entity.names.camel
    return HandlerNames(
        model=f"model.{go}",
        variable=variable(entity),
        owner=next((field.go for field in entity.fields if field.name == "username"), ""),
        noun=f"{camel}Noun",
        prefix=f"{camel}Prefix",
        store=f"{go}Store",
        filler=f"{go}Filler",
        fill=f"Fill{go}",
        request=f"{go}Request",
        request_of=f"new{go}Request",
        list=f"{camel}List",
        page=f"{go}Page",
        handler=f"{go}Handler",
        constructor=f"New{go}Handler",
        conceal=f"conceal{go}",
        retire=f"retire{go}",
    )


def handler_docs(entity: Entity, filler: str) -> HandlerDocs:
    """Return the doc comments of an entity's handler file.

    ``filler`` is the constructor's parameter for outside services, or empty.
    """
    ids = handler_names(entity)
    one, many = entity.names.human, entity.names.human_plural
    a_one = f"{names.article(one)} {one}"
    completed = f" and completes them with {filler}" if filler else ""
    outer, inner = golang.doc_comment, partial(golang.doc_comment, indent=1)
    return HandlerDocs(
        noun=inner(f"{ids.noun} is what messages call {a_one}."),
        sole_noun=outer(f"{ids.noun} is what messages call {a_one}."),
        prefix=inner(f"{ids.prefix} starts the key of every {one}."),
        store=outer(f"{ids.store} keeps {many}, those of each tenant apart."),
        filler=outer(f"{ids.filler} completes {many} with what an outside service knows."),
        fill=inner(f"{ids.fill} sets the fields that the service answers for."),
        request=outer(f"{ids.request} holds what a caller may say of {a_one}."),
        request_of=outer(f"{ids.request_of} returns the request that would leave {a_one} as it is."),
        list=outer(f"{ids.list} is what callers may ask of a list of {many}."),
        page=outer(f"{ids.page} is one page of a list of {many}."),
        items=inner(f"Items holds the {many} in the order that was asked for; it is never null."),
        handler=outer(f"{ids.handler} serves {many} over HTTP."),
        constructor=outer(f"{ids.constructor} returns a handler that keeps {many} in store{completed}."),
        register=outer(f"Register adds the routes of {many} by handle."),
        load=outer(f"load returns the {one} with a key, if the request is for its version."),
        save=outer(f"save writes back {a_one} that was changed as the caller says, and responds with it."),
        write=outer(f"write replaces the version that was read of {a_one}, and responds with it."),
        apply=outer(f"apply copies the request to {a_one}."),
        conceal=outer(f"{ids.conceal} blanks what only the answer to a creation may show."),
        retire=outer(f"{ids.retire} marks {a_one} as deleted."),
    )


def variable(entity: Entity) -> str:
    """Return the name of a local variable that holds one entity."""
    camel = entity.names.camel
    return "item" if camel in _TAKEN | golang.KEYWORDS | golang.PREDECLARED or len(camel) == 1 else camel
