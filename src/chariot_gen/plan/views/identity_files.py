"""The shared Go files that say who calls: tokens, roles, accounts, API keys."""

from __future__ import annotations

__all__ = ["AUTHORIZER_FILES", "IDENTITY_FILES"]

# What judges tokens in front of the one API of the contract chariot.
AUTHORIZER_FILES: tuple[str, ...] = (
    "cmd/authorizer/main.go",
    "cmd/authorizer/main_test.go",
    "pkg/app/verifier.go",
    "pkg/app/verifier_test.go",
    "pkg/authorizer/authorizer.go",
    "pkg/authorizer/authorizer_test.go",
)

IDENTITY_FILES: tuple[str, ...] = (
    "pkg/account/account.go",
    "pkg/account/account_test.go",
    "pkg/account/record.go",
    "pkg/apikey/apikey.go",
    "pkg/apikey/apikey_test.go",
    "pkg/apikey/handler.go",
    "pkg/apikey/handler_test.go",
    "pkg/apikey/record.go",
    "pkg/auth/attacks_test.go",
    "pkg/auth/claims.go",
    "pkg/auth/forgeries_test.go",
    "pkg/auth/form.go",
    "pkg/auth/issuer.go",
    "pkg/auth/issuer_test.go",
    "pkg/auth/jwk.go",
    "pkg/auth/keyset.go",
    "pkg/auth/keyset_test.go",
    "pkg/auth/minter.go",
    "pkg/auth/minter_test.go",
    "pkg/auth/recent.go",
    "pkg/auth/recent_test.go",
    "pkg/auth/role.go",
    "pkg/auth/role_test.go",
    "pkg/auth/verifier.go",
    "pkg/auth/verifier_test.go",
)
