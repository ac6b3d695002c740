"""Key templates: how an entity's key is built from its fields."""

from __future__ import annotations

from enum import StrEnum

import msgspec

__all__ = ["Key", "Literal", "OptionalSegment", "Part", "Placeholder", "Transform"]


class Transform(StrEnum):
    """What is done to a field's text on its way into the key: ``{lower:name}``."""

    LOWER = "lower"
    UPPER = "upper"
    KEBAB = "kebab"


class Literal(msgspec.Struct, frozen=True):
    """Text that stands in every key."""

    text: str


class Placeholder(msgspec.Struct, frozen=True):
    """``{a|b}``: the first non-empty of these fields, then ``transform``.

    A list field is joined with ``separator``.
    """

    fields: tuple[str, ...]
    transform: Transform | None = None
    separator: str = ""


class OptionalSegment(msgspec.Struct, frozen=True):
    """``[-{value}]``: parts that appear only if every field in them is non-empty."""

    parts: tuple[Literal | Placeholder, ...]


Part = Literal | Placeholder | OptionalSegment


class Key(msgspec.Struct, frozen=True):
    """The template and its options.

    ``if_empty`` builds the key only while it is empty. ``max_length`` (in bytes; 0
    for none) cuts the key, or the ``truncate`` field inside it. ``prefix`` is the
    leading constant, ``#newentity#``: lists select by it.
    """

    template: str
    parts: tuple[Part, ...]
    prefix: str
    if_empty: bool = False
    max_length: int = 0
    truncate: str = ""

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of every field the template reads, in order, each once."""
        seen: dict[str, None] = {}
        for part in self.parts:
            inner = part.parts if isinstance(part, OptionalSegment) else (part,)
            for piece in inner:
                if isinstance(piece, Placeholder):
                    seen.update(dict.fromkeys(piece.fields))
        return tuple(seen)
