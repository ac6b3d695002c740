"""Regular expressions that ECMA-262, Python and RE2 read alike, for what ``Validate`` accepts."""

from __future__ import annotations

import importlib
import re
from typing import Any

__all__ = ["is_portable", "or_empty", "printable", "starting_with", "stripped", "text"]

# Control characters but tab and line feed: what validation.Checker.Text refuses.
_CONTROLS = r"\x00-\x08\x0b-\x1f\x7f-\x9f"
_UNPORTABLE = re.compile(r"\[\[:|\\[pPCQEzAaZG]|\(\?(?!:)|\$(?!$|\)|\|)")
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
    return f"^{_escaped(prefix)}[^{_CONTROLS}{excluded}]*$"


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


def printable(pattern: str, excluded: str = "") -> bool:
    """Report whether a whole match is certain to hold printable ASCII alone, none of ``excluded``."""
    parser = importlib.import_module("re._parser")
    tokens = list(parser.parse(pattern))
    ends = [(str(operator), str(argument)) for operator, argument in (tokens[:1] + tokens[-1:])]
    if ends != [("AT", "AT_BEGINNING"), ("AT", "AT_END")]:
        return False
    return all(_is_printable(token, excluded) for token in tokens[1:-1])


def _is_printable(token: tuple[Any, Any], excluded: str) -> bool:
    operator, argument = str(token[0]), token[1]
    match operator:
        case "LITERAL":
            return _FIRST_PRINTABLE <= argument <= _LAST_ASCII and chr(argument) not in excluded
        case "RANGE":
            low, high = argument
            inside = any(low <= ord(character) <= high for character in excluded)
            return low >= _FIRST_PRINTABLE and high <= _LAST_ASCII and not inside
        case "IN":
            return all(_is_printable(inner, excluded) for inner in argument)
        case "SUBPATTERN" | "MAX_REPEAT" | "MIN_REPEAT":
            return all(_is_printable(inner, excluded) for inner in argument[-1])
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


def _escaped(text: str) -> str:
    return "".join(f"\\{character}" if character in _META else character for character in text)
