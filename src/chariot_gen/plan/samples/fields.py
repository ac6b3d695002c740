"""One field's samples: a value that is accepted, and one that is refused."""

from __future__ import annotations

import contextlib
import itertools
import json
from collections.abc import Iterable, Iterator
from datetime import datetime

import msgspec

from chariot_gen.model.backend import Backend
from chariot_gen.model.entity import Entity, Field
from chariot_gen.model.types import GoType, ListType, MapType, NamedKind, NamedType, Scalar, ScalarType, Type
from chariot_gen.plan.memo import remembered
from chariot_gen.plan.samples.constraints import Constraints, constraints_of, normalised, rejects
from chariot_gen.plan.samples.literals import enum_named, go_literal, json_text, literal_imports, struct_named
from chariot_gen.plan.samples.patterns import text_for

__all__ = ["Sample", "invalid", "sample_of", "valid"]

_MOMENTS = ("2026-01-02T15:04:05Z", "2026-02-03T16:05:06Z", "2026-03-04T17:06:07Z")
# The years 2100 and 2110, in Unix seconds.
_FUTURE = (4_102_444_800, 4_417_977_600)
_SUFFIXES = ("", "-2", "-3", "2", "3", "a", "b")
_NUMBERS = frozenset({Scalar.INT, Scalar.INT32, Scalar.INT64, Scalar.FLOAT32, Scalar.FLOAT64})
_FLOATS = frozenset({Scalar.FLOAT32, Scalar.FLOAT64})


class Sample(msgspec.Struct, frozen=True):
    """
    A value of one field.

    ``go`` is an expression of the field's Go type (a pointer for an optional field),
    named types qualified by the package asked for; ``plain`` is the same without the
    pointer; ``json`` is JSON text; ``imports`` is what ``go`` needs.
    """

    value: object
    go: str
    plain: str
    json: str
    imports: frozenset[str]


@remembered
def valid(
    backend: Backend, entity: Entity, field: Field, variant: int = 0, *, package: str = "model"
) -> Sample | None:
    """
    Return a value that the field's rules certainly accept and its hooks leave alone.

    Variants differ from each other where the type has that many values. None where
    no value can be shown to be valid, or none can be written (``go:`` types).
    """
    value = _valid_value(backend, entity, field, variant)
    return None if value is None else sample_of(backend, field, value, package=package)


@remembered
def invalid(backend: Backend, entity: Entity, field: Field, *, package: str = "model") -> Sample | None:
    """Return a value of the right type that ``Validate`` refuses; None where every value passes."""
    constraints = constraints_of(entity, field)
    match field.type:
        case ScalarType(Scalar.STRING):
            value: object = _refused_text(constraints)
        case ScalarType(scalar) if scalar in _NUMBERS:
            value = _refused_number(constraints)
        case NamedType(_, NamedKind.ENUM):
            value = "no-such-value"
        case _:
            value = None
    return None if value is None else sample_of(backend, field, value, package=package)


def sample_of(backend: Backend, field: Field, value: object, *, package: str = "model") -> Sample:
    """Spell a given value of a field."""
    return Sample(
        value=value,
        go=go_literal(backend, field.type, value, optional=field.optional, package=package),
        plain=go_literal(backend, field.type, value, package=package),
        json=json_text(backend, field.type, value),
        imports=frozenset(literal_imports(backend, field.type, value)),
    )


def _valid_value(backend: Backend, entity: Entity, field: Field, variant: int) -> object | None:
    constraints = constraints_of(entity, field)
    match field.type:
        case ScalarType(Scalar.STRING):
            texts = _unique(normalised(entity, field, text) for text in _texts(field, constraints))
            return _nth((text for text in texts if _is_stable(entity, field, constraints, text)), variant)
        case ScalarType(scalar) if scalar in _NUMBERS:
            numbers = [*_ends(entity, field), *_numbers(field, constraints, scalar)]
            return _nth((number for number in numbers if constraints.accepts_number(number)), variant)
        case _:
            return _plain_value(backend, field.type, field.example, variant, ())


def _is_stable(entity: Entity, field: Field, constraints: Constraints, text: str) -> bool:
    return text.strip() != "" and constraints.accepts_text(text) and normalised(entity, field, text) == text


def _texts(field: Field, constraints: Constraints) -> Iterator[str]:
    """Yield candidates, likeliest first."""
    if field.enum:
        yield from sorted(field.enum, key=lambda text: text != field.example)
        return
    patterned = (text_for(pattern) for pattern in constraints.patterns)
    bases = [base for base in (field.example, *patterned, field.name, "example") if base]
    yield from (field.example, *_moments(field))
    yield from (start + base + end for base in bases for start in _starts(constraints) for end in _SUFFIXES)


def _starts(constraints: Constraints) -> tuple[str, ...]:
    return ("", *constraints.prefixes)


def _moments(field: Field) -> tuple[str, ...]:
    try:
        datetime.fromisoformat(field.example)
    except ValueError:
        return ()
    return tuple(moment for moment in _MOMENTS if len(moment) == len(field.example))


def _ends(entity: Entity, field: Field) -> tuple[int, ...]:
    """Return times that lie ahead, for a field that says from when on an item is gone."""
    return _FUTURE if field.name == (entity.storage.ttl or "ttl") else ()


def _numbers(field: Field, constraints: Constraints, scalar: Scalar) -> list[int | float]:
    convert = float if scalar in _FLOATS else int
    found: list[int | float] = []
    with contextlib.suppress(ValueError):
        found.append(convert(field.example))
    low, high = constraints.minimum, constraints.maximum
    bounds = [bound for bound in (low, high) if bound is not None]
    near = [step for bound in bounds for step in (bound, bound + 1, bound - 1)]
    if low is not None and high is not None and scalar in _FLOATS:
        near += [low + (high - low) / 2, low + (high - low) / 4]
    found += [convert(number) for number in (*(n + 1 for n in list(found)), *near, 1, 2, 3)]
    return list(dict.fromkeys(found))


def _plain_value(
    backend: Backend, kind: Type, example: str, variant: int, within: tuple[str, ...]
) -> object | None:
    match kind:
        case ScalarType(scalar):
            return _scalar_value(scalar, example, variant)
        case ListType(element):
            item = _plain_value(backend, element, _first_item(example), variant, within)
            return None if item is None else [item]
        case MapType(inner):
            item = _plain_value(backend, inner, "", variant, within)
            return None if item is None else {"name": item}
        case NamedType(name, NamedKind.ENUM):
            enum = enum_named(backend, name)
            texts = [text for _, text in enum.values] if enum else []
            return _nth(sorted(texts, key=lambda text: text != example), variant)
        case NamedType(name, NamedKind.STRUCT):
            return None if name in within else _struct_value(backend, name, variant, (*within, name))
        case NamedType() | GoType():
            return None


def _struct_value(
    backend: Backend, name: str, variant: int, within: tuple[str, ...]
) -> dict[str, object] | None:
    struct = struct_named(backend, name)
    if struct is None:
        return None
    values = {f.name: _field_value(backend, f, variant, within) for f in struct.fields}
    return {name: value for name, value in values.items() if value is not None}


def _field_value(backend: Backend, field: Field, variant: int, within: tuple[str, ...]) -> object | None:
    if field.enum:
        return _nth(sorted(field.enum, key=lambda text: text != field.example), variant)
    return _plain_value(backend, field.type, field.example, variant, within)


def _scalar_value(scalar: Scalar, example: str, variant: int) -> object | None:
    match scalar:
        case Scalar.BOOL:
            return (variant + 1) % 2 == 1 if variant < 2 else None  # noqa: PLR2004 - there are two booleans
        case Scalar.TIME:
            return _nth(list(_MOMENTS), variant)
        case Scalar.JSON:
            return {"name": f"example{variant or ''}"}
        case Scalar.INT | Scalar.INT32 | Scalar.INT64:
            return (int(example) if example.lstrip("-").isdigit() else 1) + variant
        case Scalar.FLOAT32 | Scalar.FLOAT64:
            return 0.5 + variant
        case _:
            return (example or "example") + (f"-{variant + 1}" if variant else "")


def _first_item(example: str) -> str:
    """Return the first element of an example written as a JSON list, or the whole text."""
    if example.startswith("["):
        try:
            items = json.loads(example)
        except ValueError:
            return ""
        return str(items[0]) if items else ""
    return example


def _refused_text(constraints: Constraints) -> str:
    return next(text for text in ("no such value", "x", "a\u0007b") if _is_refused(constraints, text))


def _is_refused(constraints: Constraints, text: str) -> bool:
    """Report whether a text is certain to be refused."""
    return (
        not text.isprintable()
        or (bool(constraints.allowed) and text not in constraints.allowed)
        or not all(text.startswith(prefix) for prefix in constraints.prefixes)
        or any(rejects(pattern, text) for pattern in constraints.patterns)
    )


def _refused_number(constraints: Constraints) -> int | float | None:
    if constraints.maximum is not None:
        return constraints.maximum + 1
    if constraints.minimum is not None:
        return constraints.minimum - 1
    return None


def _nth(values: Iterable[object], index: int) -> object | None:
    return next(itertools.islice(values, index, None), None)


def _unique(texts: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for text in texts:
        if text not in seen:
            seen.add(text)
            yield text
