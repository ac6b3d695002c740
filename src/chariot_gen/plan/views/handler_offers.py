"""What an entity offers over HTTP, and what it takes to do so."""

from __future__ import annotations

import msgspec

from chariot_gen.model.api import Api, Endpoint, Operation
from chariot_gen.model.entity import Entity
from chariot_gen.model.key import Key
from chariot_gen.model.service import Service
from chariot_gen.plan.memo import remembered

__all__ = ["Offers", "fillers", "keyed", "offers", "rekeys", "served"]


class Offers(msgspec.Struct, frozen=True):
    """Which operations the entity offers."""

    create: bool
    get: bool
    list: bool
    update: bool
    patch: bool
    delete: bool
    refresh: bool
    batch: bool

    @property
    def names_items(self) -> bool:
        """Whether an operation has a key in its path."""
        return self.get or self.update or self.patch or self.delete or self.refresh

    @property
    def carries_entities(self) -> bool:
        """Whether an operation takes or answers entities."""
        return self.create or self.list or self.batch or self.names_items

    @property
    def writes(self) -> bool:
        """Whether an operation takes what callers say of an entity."""
        return self.create or self.replaces or self.batch

    @property
    def replaces(self) -> bool:
        """Whether an operation changes what is stored to what callers say."""
        return self.update or self.patch


def served(entity: Entity) -> tuple[Api, Key]:
    """Return the API and the key of an entity; ValueError if it lacks one of them."""
    if entity.api is None or entity.key is None:
        raise ValueError(f"{entity.names.go} has no API or no key and so no handler")
    return entity.api, entity.key


@remembered
def offers(api: Api) -> Offers:
    """Return which operations an API has."""
    return Offers(**{operation.value: api.endpoint(operation) is not None for operation in Operation})


def fillers(entity: Entity) -> tuple[Service, ...]:
    """Return the services whose answers fill the entity, in spec order."""
    return tuple(service for service in entity.services if any(call.mappings for call in service.calls))


def keyed(entity: Entity, endpoint: Endpoint) -> bool:
    """Report whether a request can have a key, under which its answer is kept for a day.

    An answer that holds a secret is kept nowhere.
    """
    return endpoint.shape.keyed and not entity.holds_secret


def rekeys(entity: Entity) -> bool:
    """Report whether an update could ask for another key, which is refused."""
    api, key = served(entity)
    return offers(api).update and not key.if_empty
