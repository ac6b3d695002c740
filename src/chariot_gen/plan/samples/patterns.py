"""A short text that a regular expression matches, for the patterns that specs write."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterable
from typing import Any

from chariot_gen.plan.samples.constraints import matches

__all__ = ["text_for"]

# What the parser of ``re`` yields has no public type: pairs of an operator and its argument.
_Token = tuple[Any, Any]

_MAX_REPEATS = 40
_CATEGORIES = {"CATEGORY_DIGIT": "7", "CATEGORY_WORD": "a", "CATEGORY_SPACE": " "}


def text_for(pattern: str) -> str:
    """Return the simplest text that the pattern matches, or an empty one where none is found."""
    parser = importlib.import_module("re._parser")
    try:
        text = _sequence(parser.parse(pattern))
    except (re.error, KeyError, ValueError):
        return ""
    return text if matches(pattern, text) else ""


def _sequence(tokens: Iterable[_Token]) -> str:
    return "".join(_TOKENS[str(operator)](argument) for operator, argument in tokens)


def _repeat(argument: tuple[int, int, Iterable[_Token]]) -> str:
    least, most, inner = argument
    count = max(int(least), 1) if int(most) > 0 else 0
    if count > _MAX_REPEATS:
        raise ValueError("too long to be a sample")
    return _sequence(inner) * count


def _set(argument: Iterable[_Token]) -> str:
    items = [(str(operator), value) for operator, value in argument]
    operator, value = items[0]
    match operator:
        case "NEGATE":
            return _outside(items[1:])
        case "RANGE":
            return chr(value[0])
        case "CATEGORY":
            return _CATEGORIES[str(value)]
        case _:
            return chr(value)


def _outside(items: list[tuple[str, Any]]) -> str:
    excluded = [chr(value) for operator, value in items if operator == "LITERAL"]
    if len(excluded) < len(items):
        raise ValueError("only negated sets of single characters are tried")
    return next(candidate for candidate in "ax7-_." if candidate not in excluded)


_TOKENS: dict[str, Callable[[Any], str]] = {
    "LITERAL": chr,
    "NOT_LITERAL": lambda code: "a" if code != ord("a") else "b",
    "ANY": lambda _: "a",
    "AT": lambda _: "",
    "IN": _set,
    "BRANCH": lambda argument: _sequence(argument[1][0]),
    "SUBPATTERN": lambda argument: _sequence(argument[-1]),
    "MAX_REPEAT": _repeat,
    "MIN_REPEAT": _repeat,
}
