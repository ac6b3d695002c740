"""Something vanished and something much like it appeared: stop, for it looks like a renaming.

A renaming that nobody said would leave what people wrote behind. An entity is like one
that has most of its fields. A field is like one of the same type, but that alone happens
every day: it only counts where a person's lines use the vanished one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from chariot_gen import names
from chariot_gen.errors import ConflictError
from chariot_gen.merge.decide import Verdict
from chariot_gen.model.backend import Backend
from chariot_gen.model.entity import Entity
from chariot_gen.pipeline.reconcile import Outcome
from chariot_gen.spec.problems import listing
from chariot_gen.spec.types import spell
from chariot_gen.workspace.base import read_base
from chariot_gen.workspace.manifest import Manifest
from chariot_gen.workspace.tree import Tree

__all__ = ["refuse_lookalikes"]

# What nearly every entity has, and so says nothing of what it is.
_USUAL = frozenset({"key", "username", "status", "created", "updated", "visited", "ttl"})
_ALIKE = 0.6
_EDITED = frozenset({Verdict.EDITED, Verdict.MERGE})


def refuse_lookalikes(
    tree: Tree,
    backend: Backend,
    manifests: Mapping[str, Manifest],
    outcome: Outcome,
    removed: Collection[str],
) -> None:
    """Raise ConflictError where something looks renamed that is not in ``removed``.

    Entities are called by name there, fields as ``Entity.field``.
    """
    found = [
        *_entities(backend, manifests, removed),
        *_fields(tree, backend, manifests, outcome, removed),
    ]
    if found:
        raise ConflictError("\n".join(message for _, message in found), [path for path, _ in found])


def _entities(
    backend: Backend, manifests: Mapping[str, Manifest], removed: Collection[str]
) -> Iterator[tuple[str, str]]:
    written = {manifest.names["go"]: manifest for manifest in manifests.values() if manifest.names}
    present = {entity.names.go for entity in backend.entities}
    for gone in sorted(written.keys() - present - set(removed)):
        for entity in backend.entities:
            shared = _shared(written[gone], entity)
            if entity.names.go not in written and shared:
                yield entity.spec_path, _entity_text(entity, gone, shared)


def _entity_text(entity: Entity, gone: str, shared: Sequence[str]) -> str:
    new = entity.names.go
    return (
        f"{entity.spec_path}: {new} looks like {gone} under a new name: the spec of {gone} is gone, and both "
        f"have {listing(shared).replace(' or ', ' and ')}; say renamed_from: {gone} in the spec of {new} and "
        f"what was written for {gone} follows, or run again with --removed {gone} to drop it"
    )


def _shared(gone: Manifest, entity: Entity) -> list[str]:
    """Return the fields that make an entity like one that is gone; none if it is not."""
    fields = {field.name for field in entity.fields}
    theirs, ours = set(gone.fields) - _USUAL, fields - _USUAL
    if not theirs or not ours:
        theirs, ours = set(gone.fields), fields
    shared = theirs & ours
    return sorted(shared) if len(shared) >= _ALIKE * len(theirs | ours) else []


def _fields(
    tree: Tree,
    backend: Backend,
    manifests: Mapping[str, Manifest],
    outcome: Outcome,
    removed: Collection[str],
) -> Iterator[tuple[str, str]]:
    for entity in backend.entities:
        manifest = manifests.get(entity.names.snake)
        now = {field.name: spell(field.type) for field in entity.fields}
        before = manifest.fields if manifest else {}
        for gone in sorted(before.keys() - now.keys()):
            heirs = [name for name in sorted(now.keys() - before.keys()) if now[name] == before[gone]]
            used = next(_uses(tree, outcome, entity, gone), None)
            if heirs and used and f"{entity.names.go}.{gone}" not in removed:
                yield entity.spec_path, _field_text(entity, gone, heirs, used)


def _field_text(entity: Entity, gone: str, heirs: Sequence[str], used: str) -> str:
    return (
        f"{entity.spec_path}: {listing(heirs)} looks like {gone} under a new name, and {used} uses {gone}, "
        f"written by hand; say renamed_from: {gone} in the new field and it follows, or run again with "
        f"--removed {entity.names.go}.{gone} to drop it"
    )


def _uses(tree: Tree, outcome: Outcome, entity: Entity, field: str) -> Iterator[str]:
    """Yield the places in an entity's edited Go files where a person's line uses a field."""
    selected = re.compile(rf"\.{names.pascal(field)}\b")
    for state in outcome.states:
        edited = (
            state.plan is not None and state.plan.entity == entity.names.snake and state.verdict in _EDITED
        )
        if edited and state.path.endswith(".go"):
            ours = set((read_base(tree, state.path) or "").splitlines())
            for number, line in enumerate((tree.read(state.path) or "").splitlines(), start=1):
                if line not in ours and selected.search(line):
                    yield f"{state.path}:{number}"
