"""The view of ``ENTITY_custom.go``: a compiling start for every method that the spec names."""

from __future__ import annotations

import msgspec

from chariot_gen.diagnostics import Location
from chariot_gen.model.backend import Backend
from chariot_gen.model.behaviour import Custom, CustomKind
from chariot_gen.model.entity import Entity
from chariot_gen.plan import golang
from chariot_gen.plan.views.model.scope import Scope

__all__ = ["CustomView", "custom_view"]

_PROMISES = {
    CustomKind.HOOK: "runs after the fields are normalised and derived, and before the key is built",
    CustomKind.VALID: "records on the checker what else is wrong",
    CustomKind.DEFAULT: "sets further defaults, after those of the spec",
    CustomKind.VISIT: "takes what a further sighting adds, after the policies of the spec",
    CustomKind.MERGE: "takes what an edit changes, after the policies of the spec",
}


class MethodView(msgspec.Struct, frozen=True):
    """One method: its name, its comment, its signature after the receiver, and whether it returns nil."""

    name: str
    doc: str
    signature: str
    returns_error: bool
    origin: Location | None


class CustomView(msgspec.Struct, frozen=True):
    """All that ``ENTITY_custom.go`` prints."""

    imports: str
    type_name: str
    receiver: str
    methods: tuple[MethodView, ...]

    def declared(self, name: str) -> tuple[str, Location | None] | None:
        """Return how the method with a name is declared and where the spec asks for it, if it does."""
        for method in self.methods:
            if method.name == name:
                return f"func ({self.receiver} *{self.type_name}) {method.signature}", method.origin
        return None


def custom_view(backend: Backend, entity: Entity) -> CustomView:
    """Return the view of the companion of an entity that names methods of its own."""
    scope = Scope(backend, entity, variable=entity.names.receiver)
    methods = tuple(_method(scope, custom) for custom in entity.behaviour.custom)
    return CustomView(scope.import_block(), entity.names.go, entity.names.receiver, methods)


def _method(scope: Scope, custom: Custom) -> MethodView:
    noun = scope.entity.names.human
    doc = f"{custom.name} {_PROMISES[custom.kind]}. It is called for every {noun}; write its body here."
    if custom.kind is CustomKind.HOOK:
        doc += " An error refuses the value."
    return MethodView(
        name=custom.name,
        doc=golang.doc_comment(doc),
        signature=f"{custom.name}{_parameters(scope, custom)}",
        returns_error=custom.kind is CustomKind.HOOK,
        origin=custom.location,
    )


def _parameters(scope: Scope, custom: Custom) -> str:
    match custom.kind:
        case CustomKind.HOOK:
            return "() error"
        case CustomKind.DEFAULT:
            return "()"
        case CustomKind.VALID:
            return f"(_ *{scope.own('validation')}.Checker)"
        case CustomKind.VISIT | CustomKind.MERGE:
            return f"(_ *{scope.entity.names.go})"
