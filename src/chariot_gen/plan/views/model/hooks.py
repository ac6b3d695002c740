"""``GetHooks``: normalise, derive and normalise what is derived, the user's own, and the key last of all."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from chariot_gen import names
from chariot_gen.model.backend import Backend
from chariot_gen.model.behaviour import CustomKind, Derive, DeriveKind, Normalise
from chariot_gen.model.behaviour import Step as Normalisation
from chariot_gen.model.entity import Entity, Field
from chariot_gen.plan import golang
from chariot_gen.plan.views.model import expressions
from chariot_gen.plan.views.model.defaults import now
from chariot_gen.plan.views.model.key import KeyView, key_view
from chariot_gen.plan.views.model.scope import Case, Scope, Step

__all__ = ["HookView", "has_hooks", "hook_views"]


class HookView(msgspec.Struct, frozen=True):
    """One hook: a method to call, or a body of steps, or the building of the key."""

    description: str
    call: str = ""
    steps: tuple[Step, ...] = ()
    key: KeyView | None = None


def hook_views(scope: Scope) -> tuple[HookView, ...]:
    """Return the hooks in the order in which they run."""
    behaviour = scope.entity.behaviour
    hooks: list[HookView] = []
    derived = {derive.field for derive in behaviour.derive}
    given = [normalise for normalise in behaviour.normalise if normalise.field not in derived]
    if given:
        steps = tuple(_normalise(scope, normalise) for normalise in given)
        hooks.append(HookView(_about("normalise", [n.field for n in given], scope), steps=steps))
    if behaviour.derive:
        steps = tuple(step for derive in behaviour.derive for step in _derived(scope, derive))
        hooks.append(HookView(_about("derive", [d.field for d in behaviour.derive], scope), steps=steps))
    for custom in behaviour.custom:
        if custom.kind is CustomKind.HOOK:
            description = golang.string_literal(names.human(custom.name))
            hooks.append(HookView(description, call=f"{scope.variable}.{custom.name}"))
    key = key_view(scope)
    if key:
        if key.checks:
            scope.own("validation")
        hooks.append(HookView(golang.string_literal("build key"), key=key))
    return tuple(hooks)


def has_hooks(backend: Backend, entity: Entity) -> bool:
    """Report whether the entity, or one that it embeds, has hooks, so that its constructors can fail."""
    behaviour = entity.behaviour
    customs = any(custom.kind is CustomKind.HOOK for custom in behaviour.custom)
    if entity.key is not None or behaviour.normalise or behaviour.derive or customs:
        return True
    mixins = {mixin.go for mixin in entity.mixins if not mixin.builtin}
    return any(has_hooks(backend, other) for other in backend.entities if other.names.go in mixins)


def _about(verb: str, fields: list[str], scope: Scope) -> str:
    listed = ", ".join(scope.entity.field(name).json.name for name in fields)
    return golang.string_literal(f"{verb} {listed}")


def _normalise(scope: Scope, normalise: Normalise) -> Step:
    field = scope.entity.field(normalise.field)
    path = scope.path(field)
    if field.optional:
        inner = _applied(scope, normalise, f"*{path}")
        return Step(guard=f"if {path} != nil", lines=(f"{path} = new({inner})",))
    return Step(lines=(f"{path} = {_applied(scope, normalise, path)}",))


def _applied(scope: Scope, normalise: Normalise, expression: str) -> str:
    for step, arguments in normalise.steps:
        match step:
            case Normalisation.LOWER:
                expression = f"{scope.use('strings')}.ToLower({expression})"
            case Normalisation.UPPER:
                expression = f"{scope.use('strings')}.ToUpper({expression})"
            case Normalisation.TRIM:
                expression = f"{scope.use('strings')}.TrimSpace({expression})"
            case Normalisation.KEBAB:
                expression = f"{scope.own('model/text')}.Kebab({expression})"
            case Normalisation.REPLACE:
                old, new = (golang.string_literal(text) for text in arguments or ("", ""))
                expression = f"{scope.use('strings')}.ReplaceAll({expression}, {old}, {new})"
    return expression


def _derived(scope: Scope, derive: Derive) -> Iterator[Step]:
    """Yield what sets a derived field, and then what brings it into its form."""
    yield _derive(scope, derive)
    for normalise in scope.entity.behaviour.normalise:
        if normalise.field == derive.field:
            yield _normalise(scope, normalise)


def _derive(scope: Scope, derive: Derive) -> Step:
    field = scope.entity.field(derive.field)
    path = scope.path(field)
    match derive.kind:
        case DeriveKind.CONSTANT:
            return Step(lines=(f"{path} = {_constant(scope, field, derive.value)}",))
        case DeriveKind.NOW:
            return Step(lines=(f"{path} = {expressions.wrapped(field, now(scope, field))}",))
        case DeriveKind.COPY:
            return Step(lines=(f"{path} = {_copied(scope, scope.entity.field(derive.source), field)}",))
        case DeriveKind.LOOKUP:
            return _lookup(scope, field, derive)


def _lookup(scope: Scope, field: Field, derive: Derive) -> Step:
    path, source = scope.path(field), scope.entity.field(derive.source)
    kept = derive.otherwise is None
    return Step(
        subject=expressions.value(scope, source),
        cases=tuple(
            Case(golang.string_literal(text), f"{path} = {_constant(scope, field, value)}")
            for text, value in derive.table
        ),
        otherwise="" if kept else f"{path} = {_constant(scope, field, derive.otherwise)}",
    )


def _constant(scope: Scope, field: Field, value: object) -> str:
    sample = expressions.constant(scope, field, value)
    return expressions.typed(scope, field, sample)


def _copied(scope: Scope, source: Field, target: Field) -> str:
    """Return the source's value as the target, which has the same type, takes it."""
    if source.optional == target.optional:
        return scope.path(source)
    return expressions.wrapped(target, expressions.value(scope, source))
