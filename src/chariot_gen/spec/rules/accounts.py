"""Records that let other tenants in are not written by just anybody."""

from __future__ import annotations

from chariot_gen.model.api import Entitlement, Operation
from chariot_gen.spec.rules.subject import Subject, World

__all__ = ["check_accounts"]

# Where the emitted backend looks for who may work in a tenant.
_PREFIX = "#account#"
_READS = frozenset({Operation.GET, Operation.LIST})


def check_accounts(subject: Subject, _world: World) -> None:
    """Complain about an API that writes account records for callers who may not manage accounts."""
    entity = subject.entity
    if entity.api is None or entity.key is None or not _may_be_account(entity.key.prefix):
        return
    open_to_others = [
        endpoint.operation
        for endpoint in entity.api.endpoints
        if endpoint.operation not in _READS and endpoint.entitlement is not Entitlement.MANAGE_ACCOUNTS
    ]
    if open_to_others:
        wanted = ", ".join(f"{operation}: {Entitlement.MANAGE_ACCOUNTS}" for operation in open_to_others)
        place = subject.root.location("api") if subject.root.has("api") else entity.location
        message = f"records under {_PREFIX} let others into the tenant, so not everybody may write them"
        subject.complain(place, message, f"in `api`, write `entitlements: {{ {wanted} }}`")


def _may_be_account(prefix: str) -> bool:
    return bool(prefix) and (prefix.startswith(_PREFIX) or _PREFIX.startswith(prefix))
