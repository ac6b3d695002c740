"""``Visit`` and ``Merge``: what a field takes from another sighting, or from an edit."""

from __future__ import annotations

import msgspec

from chariot_gen.model.behaviour import CustomKind, MergePolicy, Policy
from chariot_gen.model.entity import Entity, Field, Mixin
from chariot_gen.model.types import Scalar, ScalarType
from chariot_gen.plan import golang
from chariot_gen.plan.views.model import expressions
from chariot_gen.plan.views.model.scope import Scope, Step

__all__ = ["MergeMethodView", "embedded_name", "gated_field", "merge_methods", "mixin_named"]

_STRING = ScalarType(Scalar.STRING)
_OTHER = "other"


class MergeMethodView(msgspec.Struct, frozen=True):
    """``Visit`` or ``Merge``."""

    doc: str
    name: str
    steps: tuple[Step, ...]


def merge_methods(scope: Scope) -> tuple[MergeMethodView, ...]:
    """Return ``Visit`` and ``Merge``, each only where the spec asks for it."""
    behaviour, noun = scope.entity.behaviour, scope.entity.names.human
    visit = _steps_of(scope, behaviour.visit, CustomKind.VISIT)
    merge = _steps_of(scope, behaviour.merge, CustomKind.MERGE)
    methods = (
        ("Visit", f"Visit takes what a further sighting of the {noun} tells.", visit),
        ("Merge", f"Merge takes what an edit of the {noun} changes.", merge),
    )
    return tuple(
        MergeMethodView(golang.doc_comment(doc), name, steps) for name, doc, steps in methods if steps
    )


def _steps_of(scope: Scope, policies: tuple[MergePolicy, ...], kind: CustomKind) -> tuple[Step, ...]:
    """Return the body of a method. A built-in mixin that no policy names follows its own method."""
    customs = [custom for custom in scope.entity.behaviour.custom if custom.kind is kind]
    if not policies and not customs:
        return ()
    method = kind.value.capitalize()
    named = {policy.field for policy in policies}
    quiet = {"", "history", *named}
    steps = [_mixin_call(scope, mixin, method) for mixin in scope.entity.mixins if mixin.builtin not in quiet]
    for policy in policies:
        steps.extend(_steps(scope, policy))
    steps.extend(Step(lines=(f"{scope.variable}.{custom.name}({_OTHER})",)) for custom in customs)
    return tuple(steps)


def mixin_named(entity: Entity, name: str) -> Mixin | None:
    """Return the built-in mixin that a policy names."""
    return next((mixin for mixin in entity.mixins if mixin.builtin == name and name), None)


def embedded_name(mixin: Mixin) -> str:
    """Return the name of the embedded field."""
    return mixin.alias or mixin.go


def gated_field(entity: Entity, policy: MergePolicy) -> Field | None:
    """Return the text field that the history decides on: the policy's own, else ``status``."""
    wanted = "status" if mixin_named(entity, policy.field) else policy.field
    fields = (field for field in entity.fields if field.name == wanted and field.type == _STRING)
    return next(fields, None)


def _steps(scope: Scope, policy: MergePolicy) -> list[Step]:
    mixin = mixin_named(scope.entity, policy.field)
    if policy.policy is Policy.HISTORY:
        return [_history(scope, policy)]
    if mixin:
        return [_mixin_step(scope, mixin, policy.policy)]
    return _field_steps(scope, scope.entity.field(policy.field), policy)


def _mixin_call(scope: Scope, mixin: Mixin, method: str) -> Step:
    name = embedded_name(mixin)
    return Step(lines=(f"{scope.variable}.{name}.{method}({_OTHER}.{name})",))


def _mixin_step(scope: Scope, mixin: Mixin, policy: Policy) -> Step:
    name = embedded_name(mixin)
    own, taken = f"{scope.variable}.{name}", f"{_OTHER}.{name}"
    match policy:
        case Policy.UNION:
            return _mixin_call(scope, mixin, "Visit")
        case Policy.IF_SET:
            return _mixin_call(scope, mixin, "Merge")
        case Policy.IF_SELF_EMPTY:
            empty = f"{scope.use('reflect')}.ValueOf({own}).IsZero()"
            return Step(guard=f"if {empty}", lines=(f"{own} = {taken}",))
        case _:
            return Step(lines=(f"{own} = {taken}",))


def _history(scope: Scope, policy: MergePolicy) -> Step:
    field = gated_field(scope.entity, policy)
    author, comment = _text_of(scope, "username"), _text_of(scope, "comment")
    mixin = mixin_named(scope.entity, "history")
    name = embedded_name(mixin) if mixin else "History"
    if field is None:
        call = f'{scope.variable}.{name}.Update("", "", {author}, {comment}, {_OTHER}.{name})'
        return Step(lines=(call,))
    values = f"{expressions.value(scope, field)}, {expressions.value(scope, field, _OTHER)}"
    call = f"{scope.variable}.{name}.Update({values}, {author}, {comment}, {_OTHER}.{name})"
    return Step(guard=f"if {call}", lines=(f"{scope.path(field)} = {scope.path(field, _OTHER)}",))


def _text_of(scope: Scope, name: str) -> str:
    field = next((f for f in scope.entity.fields if f.name == name and f.type == _STRING), None)
    return expressions.value(scope, field, _OTHER) if field else '""'


def _field_steps(  # noqa: PLR0911 - one return a policy
    scope: Scope, field: Field, policy: MergePolicy
) -> list[Step]:
    own, taken = scope.path(field), scope.path(field, _OTHER)
    assignment = (f"{own} = {taken}",)
    match policy.policy:
        case Policy.IF_SET:
            return [Step(guard=f"if {expressions.is_set(scope, field, _OTHER)}", lines=assignment)]
        case Policy.IF_SELF_EMPTY:
            return [Step(guard=f"if {expressions.is_empty(scope, field)}", lines=assignment)]
        case Policy.IF_SELF_SET:
            return [Step(guard=f"if {expressions.is_set(scope, field)}", lines=assignment)]
        case Policy.UNLESS:
            exception = expressions.constant(scope, field, policy.value)
            return [Step(guard=f"if {expressions.value(scope, field)} != {exception}", lines=assignment)]
        case Policy.STICKY if field.optional:
            return [Step(guard=f"if {expressions.value(scope, field, _OTHER)}", lines=assignment)]
        case Policy.STICKY:
            return [Step(lines=(f"{own} = {own} || {taken}",))]
        case Policy.UNION:
            return _union(scope, field)
        case Policy.COPY_MAP:
            return _copy_map(scope, field)
        case _:
            return [Step(lines=assignment)]


def _union(scope: Scope, field: Field) -> list[Step]:
    own, taken = scope.path(field), scope.path(field, _OTHER)
    target = f"*{own}" if field.optional else own
    source = expressions.value(scope, field, _OTHER)
    contains = f"{scope.use('slices')}.Contains({target}, item)"
    steps = [Step(source=source, contains=contains, target=target)]
    if field.optional:
        empty = f"new({scope.type_of(field, optional=False)})"
        steps.insert(0, Step(guard=f"if {own} == nil && {taken} != nil", lines=(f"{own} = {empty}",)))
    return steps


def _copy_map(scope: Scope, field: Field) -> list[Step]:
    own, taken, maps = scope.path(field), scope.path(field, _OTHER), scope.use("maps")
    kind = scope.type_of(field, optional=False)
    if field.optional:
        merged = (f"merged := {kind}{{}}", f"{maps}.Copy(merged, {expressions.value(scope, field)})")
        lines = (*merged, f"{maps}.Copy(merged, *{taken})", f"{own} = &merged")
        return [Step(guard=f"if {taken} != nil", lines=lines)]
    made = Step(guard=f"if {own} == nil && len({taken}) > 0", lines=(f"{own} = {kind}{{}}",))
    return [made, Step(lines=(f"{maps}.Copy({own}, {taken})",))]
