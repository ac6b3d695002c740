"""Regular expressions that ECMA-262, Python and RE2 read alike, for what ``Validate`` accepts."""

from __future__ import annotations

import importlib
import re
from typing import Any

__all__ = ["TRIMMED", "bounded", "escaped", "is_portable", "or_empty", "starting_with", "stripped", "text"]

# Control characters but tab and line feed: what validation.Checker.Text refuses.
_CONTROLS = r"\x00-\x08\x0b-\x1f\x7f-\x9f"
_UNPORTABLE = re.compile(r"\[\[:|\\[pPCQEzAaZG]|\(\?(?!:)|\$(?!$|\)|\|)")
# Text without white space around it.
TRIMMED = r"^\S(?:[\s\S]*\S)?$"
# A class, an escape or a plain character; of these, what leaves open which characters match.
_OPEN = re.compile(r"\\.|\[\^|\[(?:\\.|[^\]\\])*\]|\.", re.DOTALL)
_PRINTABLE_CATEGORIES = frozenset({"CATEGORY_DIGIT", "CATEGORY_WORD"})
_META = frozenset(r"\.+*?()|[]{}^$")
_FIRST_PRINTABLE, _LAST_ASCII = 0x20, 0x7E


def text(excluded: str = "", *, visible: bool = False) -> str:
    """Return the pattern of text without control characters and those in ``excluded``.

    ``visible`` text holds more than white space, even once that has been trimmed.
    """
    outside = f"{_CONTROLS}{excluded}"
    return rf"^[^{outside}]*[^{outside}\s][^{outside}]*$" if visible else f"^[^{outside}]*$"


def starting_with(prefix: str, excluded: str = "") -> str:
    """Return the pattern of text that starts with a prefix."""
    return f"^{escaped(prefix)}[^{_CONTROLS}{excluded}]*$"


def or_empty(pattern: str) -> str:
    """Return the pattern that also matches the empty text."""
    return f"^$|{pattern}"


def is_portable(pattern: str) -> bool:
    """Report whether all three languages read an RE2 pattern alike."""
    if _UNPORTABLE.search(pattern):
        return False
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True


def bounded(pattern: str, excluded: str = "") -> str:
    """Return a pattern that also excludes control characters, and those in ``excluded``.

    What the pattern leaves open, as ``[^:]`` and ``.`` do, is narrowed. Empty where the
    result is not certain.
    """
    outside = f"{_CONTROLS}{excluded}"
    narrowed = _OPEN.sub(lambda match: _narrowed(match[0], outside), pattern)
    parser = importlib.import_module("re._parser")
    tokens = list(parser.parse(narrowed))
    ends = [(str(operator), str(argument)) for operator, argument in (tokens[:1] + tokens[-1:])]
    whole = ends == [("AT", "AT_BEGINNING"), ("AT", "AT_END")]
    return narrowed if whole and all(_is_bounded(token, excluded) for token in tokens[1:-1]) else ""


def _narrowed(piece: str, outside: str) -> str:
    match piece:
        case "[^":
            return f"[^{outside}"
        case ".":
            return rf"[^{outside}\n]"
        case _:
            return piece


def _is_bounded(  # noqa: PLR0911 - one return a kind
    token: tuple[Any, Any], excluded: str
) -> bool:
    """Report whether a part of a pattern matches printable ASCII, or what is not excluded, alone."""
    operator, argument = str(token[0]), token[1]
    match operator:
        case "LITERAL":
            return _FIRST_PRINTABLE <= argument <= _LAST_ASCII and chr(argument) not in excluded
        case "RANGE":
            low, high = argument
            inside = any(low <= ord(character) <= high for character in excluded)
            return low >= _FIRST_PRINTABLE and high <= _LAST_ASCII and not inside
        case "CATEGORY":
            return str(argument) in _PRINTABLE_CATEGORIES
        case "IN":
            negated = str(argument[0][0]) == "NEGATE"
            return negated or all(_is_bounded(inner, excluded) for inner in argument)
        case "SUBPATTERN" | "MAX_REPEAT" | "MIN_REPEAT":
            return all(_is_bounded(inner, excluded) for inner in argument[-1])
        case "BRANCH":
            return all(_is_bounded(inner, excluded) for branch in argument[1] for inner in branch)
        case _:
            return False


def stripped(pattern: str, prefix: str) -> str:
    """Return what a pattern of prefix and text demands of the text; empty where that is not clear."""
    if not pattern.startswith("^") or "|" in pattern:
        return ""
    rest = pattern[1:]
    for character in prefix:
        spelled = next((s for s in (f"\\{character}", character) if rest.startswith(s)), "")
        if not spelled or (spelled in _META):
            return ""
        rest = rest.removeprefix(spelled)
    return "" if rest[:1] in ("*", "+", "?", "{") else f"^{rest}"


def escaped(text: str) -> str:
    """Return the pattern of a text."""
    return "".join(f"\\{character}" if character in _META else character for character in text)
