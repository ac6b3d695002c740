"""What the structs embedded in an entity add to its methods."""

from __future__ import annotations

import msgspec

from chariot_gen.model.backend import Backend
from chariot_gen.model.behaviour import CustomKind
from chariot_gen.model.entity import Entity, Mixin
from chariot_gen.plan import golang
from chariot_gen.plan.views.model.hooks import has_hooks
from chariot_gen.plan.views.model.merging import embedded_name

__all__ = ["AliasView", "Embedded", "alias_views", "embedded", "mixins_used", "validates"]


class AliasView(msgspec.Struct, frozen=True):
    """A second name of a mixin's type, so that its embedded field does not clash."""

    doc: str
    name: str
    type: str


class Embedded(msgspec.Struct, frozen=True):
    """
    The names of the embedded fields, and of those with methods of their own.

    The entity must call these: ``registry.BaseModel`` stands beside them, so that
    Go promotes neither.
    """

    all: tuple[str, ...]
    defaulted: tuple[str, ...]
    hooked: tuple[str, ...]
    validated: tuple[str, ...]


def mixins_used(backend: Backend) -> frozenset[str]:
    """Return the spec names of the built-in mixins that any entity embeds."""
    return frozenset(mixin.builtin for entity in backend.entities for mixin in entity.mixins if mixin.builtin)


def embedded(backend: Backend, entity: Entity) -> Embedded:
    """Sort the mixins of an entity by what they bring."""
    plain = [(mixin, other) for mixin in entity.mixins if (other := _entity(backend, mixin)) is not None]
    return Embedded(
        all=tuple(embedded_name(mixin) for mixin in entity.mixins),
        defaulted=tuple(embedded_name(mixin) for mixin, other in plain if _defaults(backend, other)),
        hooked=tuple(embedded_name(mixin) for mixin, other in plain if has_hooks(backend, other)),
        validated=tuple(embedded_name(mixin) for mixin, other in plain if validates(other)),
    )


def alias_views(entity: Entity) -> tuple[AliasView, ...]:
    """Return the alias declarations that the entity's file needs."""
    return tuple(
        AliasView(
            doc=golang.doc_comment(
                f"{mixin.alias} is {mixin.go}, embedded in {entity.names.go} under this name."
            ),
            name=mixin.alias,
            type=mixin.go,
        )
        for mixin in entity.mixins
        if mixin.alias and mixin.alias != mixin.go
    )


def validates(entity: Entity) -> bool:
    """Report whether a plain entity has rules of its own to hold."""
    behaviour = entity.behaviour
    ruled = any(field.enum or field.required for field in entity.fields)
    return bool(behaviour.rules) or ruled or any(c.kind is CustomKind.VALID for c in behaviour.custom)


def _entity(backend: Backend, mixin: Mixin) -> Entity | None:
    if mixin.builtin:
        return None
    return next((entity for entity in backend.entities if entity.names.go == mixin.go), None)


def _defaults(backend: Backend, entity: Entity) -> bool:
    behaviour = entity.behaviour
    own = bool(behaviour.defaults) or any(c.kind is CustomKind.DEFAULT for c in behaviour.custom)
    return own or bool(embedded(backend, entity).defaulted)
