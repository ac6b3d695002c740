"""``Validate``: one check a rule, grouped by the condition under which it applies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from chariot_gen import names
from chariot_gen.model.behaviour import CustomKind, Rule, RuleKind
from chariot_gen.model.entity import Field, Kind
from chariot_gen.model.types import ListType, MapType, NamedKind, NamedType, Scalar, ScalarType, Type
from chariot_gen.plan import golang, samples
from chariot_gen.plan.samples.constraints import Constraints, rejects
from chariot_gen.plan.views.model import expressions
from chariot_gen.plan.views.model.scope import Scope

__all__ = ["CheckView", "PatternView", "check_views", "pattern_views"]

_STRING = ScalarType(Scalar.STRING)
_COLUMNS = 100


@dataclass(frozen=True, slots=True)
class PatternView:
    """One compiled regular expression of the package."""

    doc: str
    name: str
    literal: str


@dataclass(frozen=True, slots=True)
class CheckView:
    """Checks below one ``guard``; none where they always apply."""

    guard: str
    calls: tuple[str, ...]


def pattern_views(scope: Scope) -> tuple[PatternView, ...]:
    """Return the regular expressions that ``Validate`` uses, each once."""
    views: dict[str, PatternView] = {}
    for rule in scope.entity.behaviour.rules:
        if rule.kind is not RuleKind.PATTERN:
            continue
        scope.use("regexp")
        for name in rule.fields:
            variable = _pattern_name(scope, name, rule)
            noun = (
                f"{names.human(name)} of {names.article(scope.entity.names.human)} {scope.entity.names.human}"
            )
            doc = golang.doc_comment(f"{variable} is the form of the {noun}.")
            views[variable] = PatternView(doc, variable, golang.raw_literal(rule.text))
    return tuple(views.values())


def check_views(scope: Scope) -> tuple[CheckView, ...]:
    """Return every check, field by field in the order of the struct, then the rules over several."""
    if scope.entity.kind is Kind.PLAIN and not _is_ruled(scope):
        return ()
    groups: list[tuple[str, str]] = []
    for field in scope.entity.fields:
        groups.extend(_field_checks(scope, field))
    for rule in scope.entity.behaviour.rules:
        if rule.kind is RuleKind.ANY_OF:
            groups.append(("", _any_of(scope, rule)))
        elif rule.kind is RuleKind.CONSTANT:
            groups.append(("", f'checker.Check(false, "key", {golang.string_literal(_NEVER)})'))
    customs = (c for c in scope.entity.behaviour.custom if c.kind is CustomKind.VALID)
    groups.extend(("", f"{scope.variable}.{custom.name}(&checker)") for custom in customs)
    return tuple(_grouped(groups))


_NEVER = "stands for no entity of its own"


def _is_ruled(scope: Scope) -> bool:
    behaviour = scope.entity.behaviour
    ruled_fields = any(field.enum or field.required for field in scope.entity.fields)
    return bool(behaviour.rules) or ruled_fields or any(c.kind is CustomKind.VALID for c in behaviour.custom)


def _grouped(groups: list[tuple[str, str]]) -> Iterator[CheckView]:
    pending: list[str] = []
    current = ""
    for guard, call in groups:
        if pending and guard != current:
            yield CheckView(current, tuple(pending))
            pending = []
        current = guard
        pending.append(call)
    if pending:
        yield CheckView(current, tuple(pending))


def _field_checks(scope: Scope, field: Field) -> Iterator[tuple[str, str]]:
    """Yield (guard, call): what the type and the rules ask of one field."""
    demand = samples.constraints_of(scope.entity, field)
    rules = [
        r for r in scope.entity.behaviour.rules if field.name in r.fields and r.kind is not RuleKind.ANY_OF
    ]
    name, path = golang.string_literal(field.json.name), scope.path(field)
    must = _must_be_set(field, rules)
    if must and field.optional:
        yield "", f'checker.Check({path} != nil, {name}, "must be present")'
    if must and not _refuses_empty(demand, field):
        subject = f"*{path}" if field.optional else path
        yield f"if {path} != nil" if field.optional else "", _nonempty(scope, field, name, subject)
    if expressions.is_text(field.type):
        yield from _text_checks(scope, field, demand, rules, must=must)
    else:
        yield from _value_checks(scope, field, rules)


def _must_be_set(field: Field, rules: list[Rule]) -> bool:
    """Report whether the zero value is refused; a required bool is still free to be false."""
    demanded = any(rule.kind in (RuleKind.NONEMPTY, RuleKind.PRESENT) for rule in rules)
    required = field.required and (field.optional or field.type != ScalarType(Scalar.BOOL))
    return demanded or required or field.name == "key"


def _refuses_empty(demand: Constraints, field: Field) -> bool:
    """Report whether another check decides on the zero value and says more."""
    if not expressions.is_text(field.type):
        bounded = demand.minimum is not None or demand.maximum is not None
        return bounded or (field.optional and not isinstance(field.type, ListType | MapType))
    listed = bool(demand.allowed) or field.type != _STRING
    return listed or bool(demand.prefixes) or any(rejects(pattern, "") for pattern in demand.patterns)


def _nonempty(scope: Scope, field: Field, name: str, subject: str) -> str:
    if field.type == _STRING:
        return f"checker.NotEmpty({name}, {subject})"
    return f'checker.Check({expressions.is_set_at(scope, field, subject)}, {name}, "must not be empty")'


def _text_checks(
    scope: Scope, field: Field, demand: Constraints, rules: list[Rule], *, must: bool
) -> Iterator[tuple[str, str]]:
    name, path = golang.string_literal(field.json.name), scope.path(field)
    subject = f"*{path}" if field.optional else path
    present = f"if {path} != nil" if field.optional else ""
    guard = present or ("" if must or field.name == "key" else f'if {path} != ""')
    if isinstance(field.type, NamedType):
        yield guard, _membership(scope, field, name)
        return
    if not demand.allowed:
        yield present, f"checker.Text({name}, {subject}, {field.max_length})"
    if demand.excludes_hash:
        yield present, f'checker.Excludes({name}, {subject}, "#")'
    if demand.allowed:
        allowed = [golang.string_literal(value) for value in demand.allowed]
        yield guard, _call(f"checker.OneOf({name}, {subject}", allowed)
    for rule in rules:
        if rule.kind is RuleKind.PREFIX:
            yield guard, f"checker.HasPrefix({name}, {subject}, {golang.string_literal(rule.text)})"
        if rule.kind is RuleKind.PATTERN:
            yield guard, f"checker.Matches({name}, {subject}, {_pattern_name(scope, field.name, rule)})"


def _membership(scope: Scope, field: Field, name: str) -> str:
    kind = field.type
    enum = samples.enum_named(scope.backend, kind.name) if isinstance(kind, NamedType) else None
    listed = ", ".join(text for _, text in enum.values) if enum else ""
    message = golang.string_literal(f"must be one of {listed}")
    return f"checker.Check({scope.path(field)}.Valid(), {name}, {message})"


def _value_checks(scope: Scope, field: Field, rules: list[Rule]) -> Iterator[tuple[str, str]]:
    name, path = golang.string_literal(field.json.name), scope.path(field)
    subject = f"*{path}" if field.optional else path
    guard = f"if {path} != nil" if field.optional else ""
    items = expressions.value(scope, field) if isinstance(field.type, ListType | MapType) else ""
    match field.type:
        case ListType(element) if element == _STRING:
            yield f"for _, item := range {items}", f"checker.Text({name}, item, {field.max_length})"
        case MapType(element) if element == _STRING:
            for part in ("name", "item"):
                yield f"for name, item := range {items}", f"checker.Text({name}, {part}, {field.max_length})"
        case MapType():
            yield f"for name := range {items}", f"checker.Text({name}, name, {field.max_length})"
        case _:
            pass
    if isinstance(field.type, ListType | MapType) and _is_enum(_element(field.type)):
        call = f'checker.Check(item.Valid(), {name}, "must hold known values only")'
        yield f"for _, item := range {items}", call
    for rule in rules:
        if rule.kind is RuleKind.RANGE:
            yield guard, _range(scope, field, rule, name, subject)
        if rule.kind is RuleKind.EACH_NONEMPTY:
            yield f"for _, item := range {items}", f"checker.NotEmpty({name}, item)"


def _element(kind: ListType | MapType) -> Type:
    return kind.element if isinstance(kind, ListType) else kind.value


def _is_enum(kind: Type) -> bool:
    return isinstance(kind, NamedType) and kind.kind is NamedKind.ENUM


def _range(scope: Scope, field: Field, rule: Rule, name: str, subject: str) -> str:
    validation = scope.own("validation")
    measured = f"len({subject})" if isinstance(field.type, ListType | MapType) else subject
    if rule.minimum is not None and rule.maximum is not None:
        bounds = f"{rule.minimum}, {rule.maximum}"
        return f"{validation}.Range(&checker, {name}, {measured}, {bounds})"
    if rule.minimum is not None:
        return f"{validation}.Min(&checker, {name}, {measured}, {rule.minimum})"
    return f"{validation}.Max(&checker, {name}, {measured}, {rule.maximum})"


def _any_of(scope: Scope, rule: Rule) -> str:
    fields = [scope.entity.field(name) for name in rule.fields]
    condition = " || ".join(expressions.is_set(scope, field) for field in fields)
    listed = " or ".join(field.json.name for field in fields[1:])
    message = golang.string_literal(f"must not be empty unless {listed} is set")
    return f"checker.Check({condition}, {golang.string_literal(fields[0].json.name)}, {message})"


def _pattern_name(scope: Scope, field: str, rule: Rule) -> str:
    """Return the variable of a pattern: ``hostKey`` for the key, ``hostIPPattern`` for a field."""
    if field == "key":
        first = next(
            r for r in scope.entity.behaviour.rules if r.kind is RuleKind.PATTERN and r.fields == ("key",)
        )
        suffix = "" if rule.text == first.text else "Pattern"
        return f"{scope.entity.names.camel}Key{suffix}"
    return f"{scope.entity.names.camel}{scope.entity.field(field).go}Pattern"


def _call(start: str, arguments: list[str]) -> str:
    """Close a call, one argument a line where it would be too long for one."""
    line = f"{start}, {', '.join(arguments)})"
    if len(line) <= _COLUMNS:
        return line
    return start + ",\n" + "".join(f"\t\t{argument},\n" for argument in arguments) + "\t)"
