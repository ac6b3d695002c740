"""How long the texts of a key may be, so that the key of valid fields always fits the table."""

from __future__ import annotations

from chariot_gen.model.entity import Entity, Field, Kind
from chariot_gen.model.key import Key, Literal, OptionalSegment, Placeholder
from chariot_gen.model.types import ListType, MapType, NamedType, Scalar, ScalarType

__all__ = ["longest_text"]

_KEY_LENGTH = 1024
# The longest that Go prints of what has no end of its own to choose.
_WIDTHS = {Scalar.BOOL: 5, Scalar.INT: 20, Scalar.INT32: 11, Scalar.INT64: 20}
_LONGEST_NUMBER = 32


def longest_text(entity: Entity, field: Field) -> int:
    """Return how many characters the field may have.

    A text without a limit of its own that goes into the key takes an even share of what
    the constants and the other fields leave. An end of a relationship is a key itself
    and shares with nobody.
    """
    key = entity.key
    if key is None or key.max_length or entity.kind is Kind.RELATIONSHIP or not _is_open(field):
        return field.max_length
    shares = sum(1 for part in _placeholders(key) if _is_open_part(entity, part))
    if not any(field.name in part.fields for part in _placeholders(key)):
        return field.max_length
    fixed = sum(len(part.text) for part in _pieces(key) if isinstance(part, Literal))
    fixed += sum(_width(entity, part) for part in _placeholders(key) if not _is_open_part(entity, part))
    return max((_KEY_LENGTH - fixed) // shares, 1)


def _pieces(key: Key) -> list[Literal | Placeholder]:
    pieces: list[Literal | Placeholder] = []
    for part in key.parts:
        pieces.extend(part.parts if isinstance(part, OptionalSegment) else (part,))
    return pieces


def _placeholders(key: Key) -> list[Placeholder]:
    return [piece for piece in _pieces(key) if isinstance(piece, Placeholder)]


def _is_open(field: Field) -> bool:
    """Report whether nothing but the key bounds the text."""
    return (
        field.type == ScalarType(Scalar.STRING)
        and not field.enum
        and (not field.max_length or field.max_length >= _KEY_LENGTH)
    )


def _is_open_part(entity: Entity, part: Placeholder) -> bool:
    return any(_is_open(entity.field(name)) for name in part.fields)


def _width(entity: Entity, part: Placeholder) -> int:
    return max(_longest(entity.field(name)) for name in part.fields)


def _longest(field: Field) -> int:
    if field.enum:
        return max(map(len, field.enum))
    match field.type:
        case ScalarType(Scalar.STRING):
            return field.max_length
        case ScalarType(scalar):
            return _WIDTHS.get(scalar, _LONGEST_NUMBER)
        case ListType() | MapType() | NamedType():
            return 0
        case _:
            return _LONGEST_NUMBER
