"""Constructors: from positional parameters, or from a struct and parameters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from chariot_gen import names
from chariot_gen.model.behaviour import Constructor
from chariot_gen.model.entity import Entity, Field
from chariot_gen.model.types import Scalar, ScalarType
from chariot_gen.plan import golang, samples
from chariot_gen.plan.views.model import expressions
from chariot_gen.plan.views.model.scope import PACKAGES, Scope, Step

__all__ = ["ConstructorView", "constructor_views", "copied_fields", "source_fields"]


_COLUMNS = 90


class ConstructorView(msgspec.Struct, frozen=True):
    """One constructor: ``name`` and ``params`` make its signature."""

    doc: str
    name: str
    params: str
    steps: tuple[Step, ...]
    origin: object


def constructor_views(scope: Scope) -> tuple[ConstructorView, ...]:
    """Return the constructors in spec order."""
    return tuple(_view(scope, constructor) for constructor in scope.entity.behaviour.constructors)


def _view(scope: Scope, constructor: Constructor) -> ConstructorView:
    fields = [scope.entity.field(name) for name in constructor.params]
    taken = golang.KEYWORDS | golang.PREDECLARED | PACKAGES | {scope.variable, "err"}
    source = _free(names.camel(constructor.source), taken) if constructor.source else ""
    params = _param_names(fields, taken | {source})
    signature = list(_grouped([(params[f.name], scope.type_of(f, optional=False)) for f in fields]))
    if source:
        pointer = "*" if _entity(scope, constructor.source) else ""
        signature.insert(0, f"{source} {pointer}{constructor.source}")
    steps = [_copy(scope, own, other, source) for own, other in copied_fields(scope, constructor)]
    steps += [_assign(scope, field, params[field.name]) for field in fields]
    return ConstructorView(
        doc=golang.doc_comment(_doc(scope, constructor)),
        name=constructor.name,
        params=_wrapped(signature, len(constructor.name)),
        steps=tuple(_merged(steps)),
        origin=constructor.location,
    )


def _doc(scope: Scope, constructor: Constructor) -> str:
    noun = scope.entity.names.human
    done = "with its defaults set and its key built" if scope.entity.key else "with its defaults set"
    taken = (
        f", from the like-named fields of the {names.human(constructor.source)}" if constructor.source else ""
    )
    failure = (
        " Its error matches validation.Errors where a part of the key is missing." if scope.entity.key else ""
    )
    return f"{constructor.name} returns {names.article(noun)} {noun} {done}{taken}.{failure}"


def copied_fields(scope: Scope, constructor: Constructor) -> list[tuple[Field, Field]]:
    """Return (own field, field of the source) for every like-named pair of one type."""
    params = set(constructor.params) | {"key"}
    source = {field.name: field for field in source_fields(scope, constructor)}
    own = (field for field in scope.entity.fields if field.name not in params and field.name in source)
    return [(field, source[field.name]) for field in own if field.type == source[field.name].type]


def source_fields(scope: Scope, constructor: Constructor) -> tuple[Field, ...]:
    """Return the fields of the struct or entity that a constructor copies from."""
    if not constructor.source:
        return ()
    entity = _entity(scope, constructor.source)
    if entity:
        return entity.fields
    struct = samples.struct_named(scope.backend, constructor.source)
    return struct.fields if struct else ()


def _entity(scope: Scope, name: str) -> Entity | None:
    return next((entity for entity in scope.backend.entities if entity.names.go == name), None)


def _param_names(fields: Sequence[Field], taken: frozenset[str] | set[str]) -> dict[str, str]:
    """Return a parameter's name for every field; names that Go or the body needs get a suffix."""
    return {field.name: _free(names.camel(field.name), taken) for field in fields}


def _wrapped(signature: list[str], taken: int) -> str:
    """Return the parameters, one type a line where they would be too long for one."""
    line = ", ".join(signature)
    if taken + len(line) <= _COLUMNS:
        return line
    groups: list[list[str]] = [[]]
    for param in signature:
        groups[-1].append(param)
        if " " in param:
            groups.append([])
    return "\n\t" + ",\n\t".join(", ".join(group) for group in groups if group) + ",\n"


def _free(name: str, taken: frozenset[str] | set[str]) -> str:
    return f"{name}Value" if name in taken else name


def _grouped(params: list[tuple[str, str]]) -> Iterator[str]:
    """Join neighbours of one type: ``email, name string``."""
    for index, (name, kind) in enumerate(params):
        last = index + 1 == len(params) or params[index + 1][1] != kind
        yield f"{name} {kind}" if last else name


def _assign(scope: Scope, field: Field, param: str) -> Step:
    path = scope.path(field)
    if not field.optional:
        return Step(lines=(f"{path} = {param}",))
    if field.type == ScalarType(Scalar.STRING):
        return Step(guard=f'if {param} != ""', lines=(f"{path} = &{param}",))
    return Step(lines=(f"{path} = &{param}",))


def _copy(scope: Scope, own: Field, other: Field, source: str) -> Step:
    if own.optional == other.optional:
        return Step(lines=(f"{scope.path(own)} = {scope.path(other, source)}",))
    if own.optional:
        return Step(lines=(f"{scope.path(own)} = new({scope.path(other, source)})",))
    return Step(lines=(f"{scope.path(own)} = {expressions.value(scope, other, source)}",))


def _merged(steps: list[Step]) -> Iterator[Step]:
    """Join neighbouring plain steps into one."""
    lines: list[str] = []
    for step in steps:
        if not step.guard:
            lines.extend(step.lines)
            continue
        if lines:
            yield Step(lines=tuple(lines))
            lines = []
        yield step
    if lines:
        yield Step(lines=tuple(lines))
