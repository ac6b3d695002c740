"""YAML's syntax: scalars, and documents of plain data. No other module writes YAML by hand.

Readers of YAML 1.1 and of 1.2 give back exactly what was written, whatever the text holds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from chariot_gen.plan.quoting import double_quoted

__all__ = ["Value", "block", "scalar"]

Value = str | bool | int | float | None | Sequence["Value"] | Mapping[str, "Value"]

_PLAIN = re.compile(r"[A-Za-z/](?:[A-Za-z0-9_./@+=,(){}-]|:(?=[^\s])|(?<! ) (?=[A-Za-z0-9(]))*")
_RESERVED = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})
# What stays plain between brackets too, where commas and braces part.
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_.@-]*")
_LONGEST_LINE = 100
_REFERENCE = "$ref"
# Written as unions where they are asked for, they would be made anew each of a million times.
_MAPPING = (dict, Mapping)
_SCALAR = (str, int, float, type(None))
_NUMBER = (int, float, type(None))


@lru_cache(maxsize=1 << 14)
def scalar(text: str) -> str:
    """Return the text as one scalar on one line: plain where that is safe, else quoted.

    Reading it back gives exactly the text, in block context. Text with backslashes or
    double quotes stands in single ones, where neither means anything.
    """
    if _PLAIN.fullmatch(text) and text.lower() not in _RESERVED:
        return text
    if text.isprintable() and "'" not in text and ("\\" in text or '"' in text):
        return f"'{text}'"
    return double_quoted(text)


def block(value: Mapping[str, Value] | Sequence[Value], indent: int = 0) -> str:
    """Return a mapping or a list, not empty, as lines in block style below ``indent`` spaces.

    Members keep their order; a short list of scalars stands on one line. The first line
    carries no indentation, because the template has written it.
    """
    lines: list[str] = []
    _write(lines, value, " " * indent)
    return "\n".join(lines).lstrip(" ")


def _write(lines: list[str], value: Mapping[str, Value] | Sequence[Value], margin: str) -> None:
    if isinstance(value, _MAPPING):
        for name, member in value.items():
            # Most members are texts, and most others mappings.
            if isinstance(member, str):
                lines.append(f"{margin}{_key(name)}: {scalar(member)}")
            elif isinstance(member, dict) and member:
                lines.append(f"{margin}{_key(name)}:")
                _write(lines, member, f"{margin}  ")
            else:
                _add(lines, f"{margin}{_key(name)}:", member, margin)
        return
    for item in value:
        if isinstance(item, _MAPPING) and item:
            first = len(lines)
            _write(lines, item, f"{margin}  ")
            lines[first] = f"{margin}- {lines[first].lstrip(' ')}"
        else:
            _add(lines, f"{margin}-", item, margin)


def _add(lines: list[str], start: str, value: Value, margin: str) -> None:
    """Add the lines of a member."""
    if isinstance(value, str):
        lines.append(f"{start} {scalar(value)}")
    elif isinstance(value, _NUMBER):
        lines.append(f"{start} {_plain(value)}")
    elif not value:
        lines.append(f"{start} {'{}' if isinstance(value, _MAPPING) else '[]'}")
    elif not isinstance(value, _MAPPING) and _is_short(value) and _fits(line := f"{start} {_flow(value)}"):
        lines.append(line)
    else:
        lines.append(start)
        _write(lines, value, f"{margin}  ")


def _fits(line: str) -> bool:
    return len(line) <= _LONGEST_LINE


def _is_short(items: Sequence[Value]) -> bool:
    return all(isinstance(item, _SCALAR) for item in items)


def _flow(items: Sequence[Value]) -> str:
    return f"[{', '.join(map(_flow_item, items))}]"


def _flow_item(item: Value) -> str:
    if not isinstance(item, _SCALAR):
        raise TypeError("only scalars stand on one line")
    text = _plain(item)
    return text if not isinstance(item, str) or _WORD.fullmatch(text) or text[0] in "'\"" else f'"{text}"'


def _plain(value: str | float | bool | None) -> str:  # noqa: FBT001 - a value like any other
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return scalar(value)
        case _:
            return _number(value)


def _number(value: float) -> str:
    """Return a number as both versions of YAML read it: ``1e+38`` would be text to the older."""
    text = repr(value)
    mantissa, exponent, power = text.partition("e")
    return f"{mantissa if '.' in mantissa else f'{mantissa}.0'}e{power}" if exponent else text


@lru_cache(maxsize=1 << 14)
def _key(name: str) -> str:
    return name if name == _REFERENCE else scalar(name)
