"""What others see of a renaming: callers, stored items, the deployed stack. Code follows, they do not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chariot_gen.model.backend import Backend
from chariot_gen.model.entity import Entity, Field, Kind
from chariot_gen.spec.renaming import Renaming, Subject

__all__ = ["notices"]


def notices(old: Backend, new: Backend, renamings: Sequence[Renaming]) -> tuple[str, ...]:
    """Return a sentence on everything outside of the code that changes, and how to keep it."""
    before = {entity.names.go: entity for entity in old.entities}
    after = {entity.names.go: entity for entity in new.entities}
    renamed = {said.old: said.new for said in renamings if said.subject is Subject.ENTITY}
    former = {new: old for old, new in renamed.items()}
    found: list[str] = []
    for said in renamings:
        name = said.new if said.subject is Subject.ENTITY else said.entity
        entity, earlier = after[name], before[former.get(name, name)]
        match said.subject:
            case Subject.ENTITY:
                found += _entity(earlier, entity)
            case Subject.FIELD:
                found += _field(entity, earlier.field(said.old), entity.field(said.new))
            case Subject.SERVICE:
                found += _service(entity, earlier, said)
    return tuple(found)


def _entity(old: Entity, new: Entity) -> Iterator[str]:
    name = new.names.go
    if old.api and new.api and new.api.is_rest and old.api.path != new.api.path:
        yield (
            f"{name}: callers find it at {new.api.path} instead of {old.api.path}; keep the old path with "
            f"api: {{ path: {old.api.path} }}"
        )
    if old.api and new.api and new.api.is_chariot and old.api.chariot_path not in ("", new.api.chariot_path):
        yield (
            f"{name}: callers under the contract chariot find it at {new.api.chariot_path} instead of "
            f"{old.api.chariot_path}; keep the old path with names: {{ flat: {old.names.flat} }}"
        )
    if old.names.registry != new.names.registry:
        yield (
            f"{name}: is registered as {new.names.registry}; let what says {old.names.registry} find it with "
            f"aliases: [{old.names.registry}]"
        )
    if old.kind is Kind.GRAPH and old.labels[:1] != new.labels[:1]:
        yield (
            f"{name}: its nodes are labelled {new.labels[0]}, those stored {old.labels[0]}; keep the old "
            f"label with labels: [{', '.join((*old.labels[:1], *new.labels[1:]))}]"
        )
    served_apart = (old.api and old.api.is_rest) or old.infrastructure.triggers
    if old.names.logical_id != new.names.logical_id and served_apart:
        yield (
            f"{name}: the next deployment replaces its stack, so its API gets a new address; prevent that "
            f"with names: {{ flat: {old.names.flat}, logical_id: {old.names.logical_id} }}"
        )


def _field(entity: Entity, old: Field, new: Field) -> Iterator[str]:
    where = f"{entity.names.go}.{new.name}"
    if old.store and new.store and old.store.name != new.store.name:
        yield (
            f"{where}: is stored as {new.store.name}, and what is stored as {old.store.name} is no longer "
            f"read; keep the old name with store: {old.store.name}"
        )
    if old.json.name != new.json.name:
        yield (
            f"{where}: callers say {new.json.name} instead of {old.json.name}; keep the old name with "
            f"json: {old.json.name}"
        )


def _service(entity: Entity, earlier: Entity, said: Renaming) -> Iterator[str]:
    old = next(service for service in earlier.services if service.name == said.old)
    new = next(service for service in entity.services if service.name == said.new)
    yield (
        f"{entity.names.go}.{new.name}: is set up by {new.env}_* instead of {old.env}_*, in the environment "
        "and in the parameters of the stack"
    )
