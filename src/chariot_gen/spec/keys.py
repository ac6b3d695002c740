"""Key templates: ``#port#{protocol}#{lower:name|title}[-{value}]``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chariot_gen.model.key import Literal, OptionalSegment, Part, Placeholder, Transform

__all__ = ["TemplateError", "parse_template"]

_TOKEN = re.compile(r"\{[^{}\[\]]*\}|[\[\]]|[{}]|[^{}\[\]]+")
_PLACEHOLDER = re.compile(r"\{(?:([a-z]+):)?([a-z0-9_]+(?:\|[a-z0-9_]+)*)\}")

_BRACKETS = frozenset("[]{}")
_TRANSFORMS = frozenset(transform.value for transform in Transform)


class TemplateError(ValueError):
    """The template is wrong at ``start``, for ``length`` characters."""

    def __init__(self, message: str, remedy: str, start: int, length: int) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.start = start
        self.length = length


def parse_template(template: str, separator: str) -> tuple[Part, ...]:
    """Return the parts of a template; TemplateError at the first thing that is none.

    ``separator`` joins the items of list fields.
    """
    parts: list[Part] = []
    segment: list[Literal | Placeholder] | None = None
    opened = 0
    for text, start in _tokens(template):
        if text == "[" and segment is None:
            segment, opened = [], start
        elif text == "]" and segment is not None:
            parts.append(_segment(segment, opened, start))
            segment = None
        elif text in _BRACKETS:
            raise TemplateError(
                f"`{text}` has no partner", "close each brace and bracket; do not nest them", start, 1
            )
        else:
            piece = _piece(text, start, separator)
            if segment is None:
                parts.append(piece)
            else:
                segment.append(piece)
    if segment is not None:
        raise TemplateError("`[` has no partner", "close the optional part with `]`", opened, 1)
    return tuple(parts)


def _tokens(template: str) -> Iterator[tuple[str, int]]:
    for match in _TOKEN.finditer(template):
        yield match[0], match.start()


def _segment(pieces: list[Literal | Placeholder], start: int, end: int) -> OptionalSegment:
    if not any(isinstance(piece, Placeholder) for piece in pieces):
        message = "the optional part has no field that could be empty"
        raise TemplateError(message, "put a {field} into it, or drop the brackets", start, end - start + 1)
    return OptionalSegment(tuple(pieces))


def _piece(token: str, start: int, separator: str) -> Literal | Placeholder:
    if not token.startswith("{"):
        return Literal(token)
    match = _PLACEHOLDER.fullmatch(token)
    if match is None:
        remedy = "write {field}, {first|second} or {lower:field}"
        raise TemplateError(f"`{token}` is no placeholder", remedy, start, len(token))
    transform = match[1]
    if transform is not None and transform not in _TRANSFORMS:
        remedy = "choose from lower, upper or kebab"
        raise TemplateError(f"there is no transformation `{transform}`", remedy, start + 1, len(transform))
    fields = tuple(match[2].split("|"))
    return Placeholder(fields, Transform(transform) if transform else None, separator)
