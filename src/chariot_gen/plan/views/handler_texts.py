"""Go literals that the handlers of an entity print under either contract."""

from __future__ import annotations

import json

import msgspec

from chariot_gen import names
from chariot_gen.model.api import Entitlement
from chariot_gen.model.entity import Entity
from chariot_gen.plan import golang
from chariot_gen.plan.views.handler_names import handler_names
from chariot_gen.plan.views.handler_offers import served
from chariot_gen.plan.views.handler_request import key_members

__all__ = ["HandlerLiterals", "entitlement", "literals"]


class HandlerLiterals(msgspec.Struct, frozen=True):
    """Go literals, the lists that a template cannot join, and the statement that marks an item as deleted."""

    noun: str
    prefix: str
    items_tag: str
    next_tag: str
    item_path: str
    page_size: str
    max_page_size: str
    key_fields: str
    retirement: str


def literals(entity: Entity) -> HandlerLiterals:
    """Return the literals of an entity that has an API."""
    api, key = served(entity)
    return HandlerLiterals(
        noun=golang.string_literal(entity.names.human),
        prefix=golang.string_literal(key.prefix),
        items_tag=golang.struct_tag([("json", entity.names.plural)]),
        next_tag=golang.struct_tag([("json", "next,omitempty")]),
        item_path=golang.string_literal(f"{api.path}/"),
        page_size=str(api.page_size),
        max_page_size=str(api.max_page_size),
        key_fields=", ".join(golang.string_literal(name) for name in key_members(entity)),
        retirement=_retirement(entity),
    )


def entitlement(value: Entitlement) -> str:
    """Return the constant of package auth: ``write_assets`` ⇒ ``EntitlementWriteAssets``."""
    return (
        "EntitlementConversationAI"
        if value is Entitlement.CONVERSATION_AI
        else f"Entitlement{names.pascal(value)}"
    )


def _retirement(entity: Entity) -> str:
    """Return the statement that marks an item as deleted, empty where nothing does."""
    mark = served(entity)[0].soft_delete
    if mark is None:
        return ""
    value = golang.string_literal(mark.value) if isinstance(mark.value, str) else json.dumps(mark.value)
    return f"{handler_names(entity).variable}.{entity.field(mark.field).go} = {value}"
