"""Rows for ``Validate``: one value a rule that must be refused, and what just suffices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from chariot_gen.model.behaviour import Rule, RuleKind
from chariot_gen.model.entity import Field
from chariot_gen.model.types import ListType, MapType, NamedKind, NamedType, Scalar, ScalarType, Type
from chariot_gen.plan import samples
from chariot_gen.plan.golang import string_literal
from chariot_gen.plan.samples.constraints import Constraints, rejects
from chariot_gen.plan.views.model.checks import checked_structs, must_be_set, struct_in
from chariot_gen.plan.views.model.scope import Scope
from chariot_gen.plan.views.model.testing.common import Row, TestScope, assigned, zero

__all__ = ["accepted_rows", "refused_rows"]

_STRING = ScalarType(Scalar.STRING)
_CONTROL = "a\u0007b"
_WIDTHS = {Scalar.INT32: 31, Scalar.INT: 63, Scalar.INT64: 63}


def refused_rows(test: TestScope) -> tuple[Row, ...]:
    """Return a row for every rule, by field and then by the rules over several fields."""
    rows: list[Row] = []
    for field in test.scope.entity.fields:
        for about, change in _violations(test, field):
            rows.append(_row(f"{field.json.name} {about}", change, field))
        rows.extend(_nested_rows(test, field))
    any_of = (rule for rule in test.scope.entity.behaviour.rules if rule.kind is RuleKind.ANY_OF)
    return (*rows, *(_none_of(test, rule) for rule in any_of))


def accepted_rows(test: TestScope) -> tuple[Row, ...]:
    """Return a row for every field that alone satisfies a rule over several."""
    any_of = (rule for rule in test.scope.entity.behaviour.rules if rule.kind is RuleKind.ANY_OF)
    return tuple(row for rule in any_of for row in _alone(test, rule))


def _alone(test: TestScope, rule: Rule) -> Iterator[Row]:
    fields = [test.scope.entity.field(name) for name in rule.fields]
    for field in fields:
        others = [other for other in fields if other is not field]
        if field.name in test.sample.fields and all(_may_be_empty(test, other) for other in others):
            name = string_literal(f"{field.json.name} alone")
            yield Row(name, _emptied(test, others))


def _nested_rows(test: TestScope, field: Field) -> Iterator[Row]:
    """Yield a row for every text inside the nested types that a field holds."""
    scope = test.scope
    name = struct_in(field.type)
    if name not in checked_structs(scope, (field,)) or not _is_reached(field.type):
        return
    for path, value in _refused_structs(scope, name, ()):
        where = f"{field.json.name}.{path}"
        held = value if isinstance(field.type, NamedType) else _held(field.type, value)
        change = assigned(scope, field, held)
        yield Row(string_literal(f"{where} is refused"), change, want=string_literal(where))


def _is_reached(kind: Type) -> bool:
    """Report whether the items of a field are checked: those of a list in a list are not."""
    inner = kind.element if isinstance(kind, ListType) else kind.value if isinstance(kind, MapType) else kind
    return isinstance(inner, NamedType)


def _held(kind: Type, value: object) -> object:
    return [value] if isinstance(kind, ListType) else {"name": value}


def _refused_structs(
    scope: Scope, name: str, within: tuple[str, ...]
) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield (path of the text, value of the nested type that holds it)."""
    struct = samples.struct_named(scope.backend, name)
    if struct is None or name in within:
        return
    for field in struct.fields:
        refused = _refused_value(field)
        if refused is not None:
            yield field.json.name, {field.name: refused}
        elif _is_reached(field.type):
            for path, value in _refused_structs(scope, struct_in(field.type), (*within, name)):
                held = value if isinstance(field.type, NamedType) else _held(field.type, value)
                yield f"{field.json.name}.{path}", {field.name: held}


def _refused_value(field: Field) -> object | None:
    match field.type:
        case ScalarType(Scalar.STRING) | NamedType(_, NamedKind.ENUM):
            return _CONTROL
        case ListType(ScalarType(Scalar.STRING)) | ListType(NamedType(_, NamedKind.ENUM)):
            return [_CONTROL]
        case MapType(ScalarType(Scalar.STRING)):
            return {"name": _CONTROL}
        case _:
            return None


def _row(name: str, change: str, field: Field) -> Row:
    return Row(string_literal(name), change, want=string_literal(field.json.name))


def _none_of(test: TestScope, rule: Rule) -> Row:
    fields = [test.scope.entity.field(name) for name in rule.fields]
    change = _emptied(test, fields)
    return _row(f"none of {', '.join(field.json.name for field in fields)}", change, fields[0])


def _violations(test: TestScope, field: Field) -> Iterator[tuple[str, str]]:
    """Yield (what is wrong, assignment)."""
    scope = test.scope
    demand = samples.constraints_of(scope.entity, field)
    rules = [rule for rule in scope.entity.behaviour.rules if field.name in rule.fields]
    must = must_be_set(field, tuple(rules))
    present = any(rule.kind is RuleKind.PRESENT for rule in rules)
    if (must and not _may_be_zero(demand)) or present:
        yield "is missing", f"{scope.path(field)} = {zero(scope, field)}"
    match field.type:
        case ScalarType(Scalar.STRING):
            yield from ((about, assigned(scope, field, text)) for about, text in _texts(test, field, demand))
        case NamedType(_, NamedKind.ENUM):
            yield "is not one of the known values", assigned(scope, field, "no-such-value")
        case ScalarType(scalar) if scalar in _WIDTHS or scalar in (Scalar.FLOAT32, Scalar.FLOAT64):
            yield from ((about, assigned(scope, field, n)) for about, n in _numbers(demand, scalar))
        case ListType(element) if element == _STRING:
            yield "holds a control character", assigned(scope, field, [_CONTROL])
            if demand.excludes_hash:
                yield "holds the separator of keys", assigned(scope, field, ["a#b"])
            if any(rule.kind is RuleKind.EACH_NONEMPTY for rule in rules):
                yield "holds an empty item", assigned(scope, field, [""])
        case MapType(element) if element == _STRING:
            yield "holds a control character", assigned(scope, field, {"name": _CONTROL})
            yield "holds an empty name", assigned(scope, field, {"": "a"})
        case _:
            return


def _emptied(test: TestScope, fields: Iterable[Field]) -> str:
    return "; ".join(f"{test.scope.path(field)} = {zero(test.scope, field)}" for field in fields)


def _may_be_empty(test: TestScope, field: Field) -> bool:
    """Report whether no rule of its own refuses the field's zero value."""
    rules = tuple(rule for rule in test.scope.entity.behaviour.rules if field.name in rule.fields)
    bounded = any(rule.kind in (RuleKind.PRESENT, RuleKind.RANGE) for rule in rules)
    return not bounded and not must_be_set(field, rules)


def _may_be_zero(demand: Constraints) -> bool:
    """Report whether bounds, which decide alone where there are any, let zero pass."""
    low, high = demand.minimum, demand.maximum
    return (low is not None or high is not None) and (low or 0) <= 0 <= (high or 0)


def _texts(test: TestScope, field: Field, demand: Constraints) -> Iterator[tuple[str, str]]:
    sample = test.sample.fields.get(field.name)
    if demand.allowed:
        yield "is not one of the known values", "no-such-value"
        return
    yield "holds a control character", _CONTROL
    if demand.excludes_hash and sample:
        yield "holds the separator of keys", f"{sample.value}#"
    for prefix in demand.prefixes:
        yield f"lacks the prefix {prefix}", "x" if not prefix.startswith("x") else "y"
    for pattern in demand.patterns:
        refused = next((text for text in ("no such value", "#", "-") if rejects(pattern, text)), None)
        if refused:
            yield "has the wrong form", refused


def _numbers(demand: Constraints, scalar: Scalar) -> Iterator[tuple[str, int | float]]:
    if demand.minimum is not None and _fits(demand.minimum - 1, scalar):
        yield "is too small", demand.minimum - 1
    if demand.maximum is not None and _fits(demand.maximum + 1, scalar):
        yield "is too large", demand.maximum + 1


def _fits(number: float, scalar: Scalar) -> bool:
    bits = _WIDTHS.get(scalar)
    return bits is None or -(2**bits) <= number < 2**bits
