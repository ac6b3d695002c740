"""What must hold between the parts of a spec, and between specs.

Each rule is a function that reads and complains; the two tables below list them all. A rule
of an entity may ask about other entities only by names that stand in the entity's own spec.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from chariot_gen.spec.rules import (
    accounts,
    collisions,
    contracts,
    fields,
    indexes,
    kind,
    lists,
    names,
    patterns,
    policies,
    references,
    secrecy,
    services,
    storage,
    values,
)  # fmt: skip
from chariot_gen.spec.rules.subject import Subject, World

__all__ = ["Subject", "check_all"]

_OF_AN_ENTITY: tuple[Callable[[Subject, World], None], ...] = (
    kind.check_kind,
    kind.check_key,
    kind.check_relationship,
    kind.check_api,
    accounts.check_accounts,
    lists.check_lists,
    contracts.check_contract,
    contracts.check_soft_delete,
    kind.check_infrastructure,
    storage.check_storage,
    storage.check_edges,
    names.check_entity_name,
    names.check_field_identifiers,
    names.check_custom_names,
    names.check_types,
    references.check_field_names,
    references.check_key_fields,
    references.check_entity_names,
    references.check_order_of_derivation,
    fields.check_options,
    fields.check_examples,
    fields.check_circles,
    secrecy.check_parts,
    values.check_defaults,
    values.check_normalisations,
    values.check_derivations,
    values.check_rules,
    values.check_transient,
    policies.check_policies,
    patterns.check_patterns,
    services.check_auth,
    services.check_limits,
    services.check_calls,
    services.check_mappings,
)

_OF_A_BACKEND: tuple[Callable[[Sequence[Subject]], None], ...] = (
    collisions.check_collisions,
    collisions.check_routes,
    collisions.check_key_prefixes,
    contracts.check_shared_names,
    indexes.check_table_indexes,
    indexes.check_expiry,
)


def check_all(subjects: Sequence[Subject]) -> None:
    """Note everything that is wrong within the entities, and between them."""
    world = World(subjects)
    for subject in subjects:
        if not subject.sound:
            for rule in _OF_AN_ENTITY:
                rule(subject, world)
    for check in _OF_A_BACKEND:
        check(subjects)
