"""The routes by which programs sign in: every backend that serves the contract ``chariot`` has them."""

from __future__ import annotations

import msgspec

from chariot_gen.model.api import Entitlement

__all__ = ["TOKEN_ROUTES", "TokenRoute"]


class TokenRoute(msgspec.Struct, frozen=True):
    """One route; without an ``entitlement`` its callers show an API key, and no token."""

    method: str
    path: str
    entitlement: Entitlement | None = Entitlement.MANAGE_ACCOUNTS


TOKEN_ROUTES = (
    TokenRoute("GET", "/token", None),
    TokenRoute("GET", "/token/keys"),
    TokenRoute("POST", "/token/keys"),
    TokenRoute("DELETE", "/token/keys/{id}"),
)
