"""The checks of one field: what its type and its rules ask, and when they apply."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from chariot_gen.model.behaviour import Rule, RuleKind
from chariot_gen.model.entity import Field
from chariot_gen.model.types import ListType, MapType, NamedKind, NamedType, Scalar, ScalarType, Type
from chariot_gen.plan import golang, samples
from chariot_gen.plan.samples.constraints import Constraints, rejects
from chariot_gen.plan.views.model import expressions
from chariot_gen.plan.views.model.patterns import pattern_name
from chariot_gen.plan.views.model.scope import Scope

__all__ = ["Guarded", "Subject", "checked_structs", "field_checks", "must_be_set", "struct_in"]

# A call of the checker, and the condition or loop that it stands in.
Guarded = tuple[str, str]

_STRING = ScalarType(Scalar.STRING)
_PRESENT = (RuleKind.PRESENT, RuleKind.NONEMPTY)
_COLUMNS = 100
_LENGTH = 1024


class Subject(msgspec.Struct, frozen=True):
    """
    A field as ``Validate`` sees it.

    ``name`` is the Go expression of its name in messages, ``pointer`` that of a
    pointer to the checker. ``structs`` are the nested types with a check of their own.
    """

    field: Field
    name: str
    pointer: str
    demand: Constraints
    rules: tuple[Rule, ...]
    structs: frozenset[str]


def field_checks(scope: Scope, subject: Subject) -> Iterator[Guarded]:
    """Yield every check of a field."""
    field, path = subject.field, scope.path(subject.field)
    must = must_be_set(field, subject.rules)
    if field.optional and any(rule.kind in _PRESENT for rule in subject.rules):
        yield "", f'checker.Check({path} != nil, {subject.name}, "must be present")'
    if must and not _refuses_empty(subject.demand, field):
        value = f"*{path}" if field.optional else path
        yield _presence(scope, field), _nonempty(scope, subject, value)
    if expressions.is_text(field.type):
        yield from _text_checks(scope, subject, must=must)
        return
    yield from _item_checks(scope, subject)
    if _may_be_unstorable(field.type):
        yield "", f"checker.Storable({subject.name}, {path})"
    for rule in subject.rules:
        if rule.kind is RuleKind.RANGE:
            yield _presence(scope, field), _range(scope, subject, rule)


def must_be_set(field: Field, rules: tuple[Rule, ...]) -> bool:
    """Report whether the zero value is refused; a required bool is still free to be false."""
    demanded = any(rule.kind is RuleKind.NONEMPTY for rule in rules)
    required = field.required and field.type != ScalarType(Scalar.BOOL)
    return demanded or required or field.name == "key"


def checked_structs(scope: Scope, fields: tuple[Field, ...]) -> frozenset[str]:
    """Return the nested types that are reached from these fields and hold anything to check."""
    found: set[str] = set()
    pending = [struct_in(field.type) for field in fields]
    while pending:
        name = pending.pop()
        struct = samples.struct_named(scope.backend, name) if name and name not in found else None
        if struct:
            found.add(name)
            pending.extend(struct_in(field.type) for field in struct.fields)
    return frozenset(name for name in found if _holds_checks(scope, name, ()))


def struct_in(kind: Type) -> str:
    """Return the nested type that a value is, or is a list or map of; empty for others."""
    match kind:
        case NamedType(name, NamedKind.STRUCT):
            return name
        case ListType(inner) | MapType(inner):
            return struct_in(inner)
        case _:
            return ""


def _holds_checks(scope: Scope, name: str, within: tuple[str, ...]) -> bool:
    struct = samples.struct_named(scope.backend, name)
    if struct is None or name in within:
        return False
    return any(
        _holds_texts(field.type)
        or _may_be_unstorable(field.type)
        or must_be_set(field, ())
        or _holds_checks(scope, struct_in(field.type), (*within, name))
        for field in struct.fields
    )


def _holds_texts(kind: Type) -> bool:
    match kind:
        case ListType(inner):
            return expressions.is_text(inner)
        case MapType():
            return True
        case _:
            return expressions.is_text(kind)


def _may_be_unstorable(kind: Type) -> bool:
    """Report whether a table cannot hold every value, besides those that other checks are for."""
    match kind:
        case ListType(inner) | MapType(inner):
            return isinstance(inner, MapType) or _may_be_unstorable(inner)
        case _:
            return kind in (ScalarType(Scalar.ANY), ScalarType(Scalar.FLOAT64))


def _presence(scope: Scope, field: Field) -> str:
    return f"if {scope.path(field)} != nil" if field.optional else ""


def _refuses_empty(demand: Constraints, field: Field) -> bool:
    """Report whether another check decides on the zero value and says more."""
    if not expressions.is_text(field.type):
        pointer = field.optional and not isinstance(field.type, ListType | MapType)
        return pointer or demand.minimum is not None or demand.maximum is not None
    listed = bool(demand.allowed) or field.type != _STRING
    return listed or bool(demand.prefixes) or any(rejects(pattern, "") for pattern in demand.patterns)


def _nonempty(scope: Scope, subject: Subject, value: str) -> str:
    if subject.field.type == _STRING:
        return f"checker.NotEmpty({subject.name}, {value})"
    condition = expressions.is_set_at(scope, subject.field, value)
    return f'checker.Check({condition}, {subject.name}, "must not be empty")'


def _text_checks(scope: Scope, subject: Subject, *, must: bool) -> Iterator[Guarded]:
    field, name, demand = subject.field, subject.name, subject.demand
    path = scope.path(field)
    value, present = (f"*{path}" if field.optional else path), _presence(scope, field)
    guard = present or ("" if must else f'if {path} != ""')
    if isinstance(field.type, NamedType):
        yield guard, _membership(scope, field.type, name, path)
        return
    if demand.allowed:
        allowed = [golang.string_literal(text) for text in demand.allowed]
        yield guard, _call(f"checker.OneOf({name}, {value}", allowed)
    else:
        yield present, f"checker.Text({name}, {value}, {demand.max_length or _LENGTH})"
    if demand.excludes_hash:
        yield present, f'checker.Excludes({name}, {value}, "#")'
    for rule in subject.rules:
        if rule.kind is RuleKind.PREFIX:
            yield guard, f"checker.HasPrefix({name}, {value}, {golang.string_literal(rule.text)})"
        if rule.kind is RuleKind.PATTERN:
            yield guard, f"checker.Matches({name}, {value}, {pattern_name(scope, field.name, rule)})"


def _membership(scope: Scope, kind: NamedType, name: str, path: str) -> str:
    enum = samples.enum_named(scope.backend, kind.name)
    listed = ", ".join(text for _, text in enum.values) if enum else ""
    return f"checker.Check({path}.Valid(), {name}, {golang.string_literal(f'must be one of {listed}')})"


def _item_checks(scope: Scope, subject: Subject) -> Iterator[Guarded]:
    """Yield the checks of what a field holds: items, names of a map, a nested type."""
    field, name = subject.field, subject.name
    length = field.max_length or _LENGTH
    if struct_in(field.type) in subject.structs:
        yield from _nested(scope, subject)
    if not isinstance(field.type, ListType | MapType):
        return
    is_map = isinstance(field.type, MapType)
    element = field.type.value if isinstance(field.type, MapType) else field.type.element
    if is_map:
        loop = "name, item" if element == _STRING else "name"
        if not _may_be_unstorable(field.type):
            # The table cannot hold such a name.
            call = f'checker.Check(name != "", {name}, "must not hold an empty name")'
            yield _each(scope, field, loop), call
        yield _each(scope, field, loop), f"checker.Text({name}, name, {length})"
    if element == _STRING:
        loop = f"{'name' if is_map else '_'}, item"
        yield _each(scope, field, loop), f"checker.Text({name}, item, {length})"
    elif expressions.is_text(element):
        call = f'checker.Check(item.Valid(), {name}, "must hold known values only")'
        yield _each(scope, field), call
    if subject.demand.excludes_hash:
        yield _each(scope, field), f'checker.Excludes({name}, item, "#")'
    if any(rule.kind is RuleKind.EACH_NONEMPTY for rule in subject.rules):
        yield _each(scope, field), f"checker.NotEmpty({name}, item)"


def _each(scope: Scope, field: Field, variables: str = "_, item") -> str:
    return f"for {variables} := range {expressions.value(scope, field)}"


def _nested(scope: Scope, subject: Subject) -> Iterator[Guarded]:
    """Yield the calls of a nested type's own check; lists of lists are left alone."""
    field, path = subject.field, scope.path(subject.field)
    match field.type:
        case NamedType():
            yield _presence(scope, field), f"{path}.check({subject.pointer}, {subject.name})"
        case ListType(NamedType()) | MapType(NamedType()):
            yield _each(scope, field), f"item.check({subject.pointer}, {subject.name})"
        case _:
            return


def _range(scope: Scope, subject: Subject, rule: Rule) -> str:
    path = scope.path(subject.field)
    value = f"*{path}" if subject.field.optional else path
    start = f"{subject.pointer}, {subject.name}, {value}"
    if rule.minimum is not None and rule.maximum is not None:
        return f"{scope.own('validation')}.Range({start}, {rule.minimum}, {rule.maximum})"
    if rule.minimum is not None:
        return f"{scope.own('validation')}.Min({start}, {rule.minimum})"
    return f"{scope.own('validation')}.Max({start}, {rule.maximum})"


def _call(start: str, arguments: list[str]) -> str:
    """Close a call, one argument a line where it would be too long for one."""
    line = f"{start}, {', '.join(arguments)})"
    if len(line) <= _COLUMNS:
        return line
    return start + ",\n" + "".join(f"\t\t{argument},\n" for argument in arguments) + "\t)"
