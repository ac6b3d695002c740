"""Rows for ``Validate``: one value a rule that must be refused."""

from __future__ import annotations

from collections.abc import Iterator

from chariot_gen.model.behaviour import Rule, RuleKind
from chariot_gen.model.entity import Field
from chariot_gen.model.types import ListType, MapType, NamedKind, NamedType, Scalar, ScalarType
from chariot_gen.plan import samples
from chariot_gen.plan.golang import string_literal
from chariot_gen.plan.samples.constraints import Constraints, rejects
from chariot_gen.plan.views.model import expressions
from chariot_gen.plan.views.model.testing.common import Row, TestScope, assigned, zero

__all__ = ["refused_rows"]

_STRING = ScalarType(Scalar.STRING)
_CONTROL = "a\u0007b"
_WIDTHS = {Scalar.INT32: 31, Scalar.INT: 63, Scalar.INT64: 63}


def refused_rows(test: TestScope) -> tuple[Row, ...]:
    """Return a row for every rule, by field and then by the rules over several fields."""
    rows: list[Row] = []
    for field in test.scope.entity.fields:
        for about, change in _violations(test, field):
            rows.append(_row(f"{field.json.name} {about}", change, field))
    any_of = (rule for rule in test.scope.entity.behaviour.rules if rule.kind is RuleKind.ANY_OF)
    return (*rows, *(_none_of(test, rule) for rule in any_of))


def _row(name: str, change: str, field: Field) -> Row:
    return Row(string_literal(name), change, want=string_literal(field.json.name))


def _none_of(test: TestScope, rule: Rule) -> Row:
    fields = [test.scope.entity.field(name) for name in rule.fields]
    change = "; ".join(f"{test.scope.path(field)} = {zero(test.scope, field)}" for field in fields)
    return _row(f"none of {', '.join(field.json.name for field in fields)}", change, fields[0])


def _violations(test: TestScope, field: Field) -> Iterator[tuple[str, str]]:
    """Yield (what is wrong, assignment)."""
    scope = test.scope
    demand = samples.constraints_of(scope.entity, field)
    rules = [rule for rule in scope.entity.behaviour.rules if field.name in rule.fields]
    if _must_be_set(field, rules, demand):
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
            if any(rule.kind is RuleKind.EACH_NONEMPTY for rule in rules):
                yield "holds an empty item", assigned(scope, field, [""])
        case MapType(element) if element == _STRING:
            yield "holds a control character", assigned(scope, field, {"name": _CONTROL})
        case _:
            return


def _must_be_set(field: Field, rules: list[Rule], demand: Constraints) -> bool:
    demanded = any(rule.kind in (RuleKind.NONEMPTY, RuleKind.PRESENT) for rule in rules)
    required = field.required and (field.optional or field.type != ScalarType(Scalar.BOOL))
    if not expressions.is_text(field.type) and not field.optional:
        bounded = demand.minimum is not None or demand.maximum is not None
        return (demanded or required) and not (
            (bounded and demand.accepts_number(0)) or _allows_zero(demand, bounded)
        )
    return demanded or required or field.name == "key"


def _allows_zero(demand: Constraints, bounded: bool) -> bool:  # noqa: FBT001 - private
    low = demand.minimum is None or demand.minimum <= 0
    high = demand.maximum is None or demand.maximum >= 0
    return bounded and low and high


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
