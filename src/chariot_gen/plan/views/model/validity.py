"""``Validate``: one check a rule, grouped by the condition under which it applies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec
from msgspec.structs import replace

from chariot_gen.model.behaviour import CustomKind, Rule, RuleKind
from chariot_gen.model.entity import Entity, Field, Kind, Struct
from chariot_gen.plan import golang, samples
from chariot_gen.plan.samples.constraints import Constraints
from chariot_gen.plan.views.model import expressions
from chariot_gen.plan.views.model.checks import Guarded, Subject, checked_structs, field_checks
from chariot_gen.plan.views.model.mixins import validates
from chariot_gen.plan.views.model.scope import Scope

__all__ = ["CheckView", "check_views", "is_checked", "struct_check_views"]

_SEVERAL = (RuleKind.ANY_OF, RuleKind.CONSTANT)


class CheckView(msgspec.Struct, frozen=True):
    """Checks below one ``guard``; none where they always apply."""

    guard: str
    calls: tuple[str, ...]


def is_checked(entity: Entity) -> bool:
    """Report whether the type has ``Validate``: a plain one only where the spec has rules for it."""
    return entity.kind is not Kind.PLAIN or validates(entity)


def check_views(scope: Scope) -> tuple[CheckView, ...]:
    """Return every check, field by field in the order of the struct, then the rules over several."""
    entity = scope.entity
    if not is_checked(entity):
        return ()
    structs = checked_structs(scope, entity.fields)
    checks: list[Guarded] = []
    for field in entity.fields:
        checks.extend(field_checks(scope, _subject(entity, field, structs)))
    checks.extend(
        ("", _over_several(scope, rule)) for rule in entity.behaviour.rules if rule.kind in _SEVERAL
    )
    customs = (custom for custom in entity.behaviour.custom if custom.kind is CustomKind.VALID)
    checks.extend(("", f"{scope.variable}.{custom.name}(&checker)") for custom in customs)
    return tuple(_grouped(checks))


def struct_check_views(scope: Scope, struct: Struct, receiver: str) -> tuple[CheckView, ...]:
    """Return the checks of a nested type; none where no entity that is validated holds one."""
    if struct.go not in _reached(scope):
        return ()
    inner = replace(scope, variable=receiver)
    structs = checked_structs(scope, struct.fields)
    checks: list[Guarded] = []
    for field in struct.fields:
        demand = Constraints(allowed=field.enum, max_length=field.max_length, nonempty=field.required)
        name = f"field+{golang.string_literal(f'.{field.json.name}')}"
        subject = Subject(field, name, "checker", demand, rules=(), structs=structs)
        checks.extend(field_checks(inner, subject))
    return tuple(_grouped(checks))


def _subject(entity: Entity, field: Field, structs: frozenset[str]) -> Subject:
    rules = entity.behaviour.rules
    return Subject(
        field=field,
        name=golang.string_literal(field.json.name),
        pointer="&checker",
        demand=samples.constraints_of(entity, field),
        rules=tuple(rule for rule in rules if field.name in rule.fields and rule.kind not in _SEVERAL),
        structs=structs,
    )


def _reached(scope: Scope) -> frozenset[str]:
    checked = (entity for entity in scope.backend.entities if is_checked(entity))
    return frozenset().union(*(checked_structs(scope, entity.fields) for entity in checked))


def _over_several(scope: Scope, rule: Rule) -> str:
    if rule.kind is RuleKind.CONSTANT:
        return 'checker.Check(false, "key", "stands for nothing that is stored")'
    fields = [scope.entity.field(name) for name in rule.fields]
    condition = " || ".join(expressions.is_set(scope, field) for field in fields)
    others = " or ".join(field.json.name for field in fields[1:])
    message = golang.string_literal(f"must not be empty unless {others} is set")
    return f"checker.Check({condition}, {golang.string_literal(fields[0].json.name)}, {message})"


def _grouped(checks: Iterable[Guarded]) -> Iterator[CheckView]:
    pending: list[str] = []
    current = ""
    for guard, call in checks:
        if pending and guard != current:
            yield CheckView(current, tuple(pending))
            pending = []
        current = guard
        pending.append(call)
    if pending:
        yield CheckView(current, tuple(pending))
