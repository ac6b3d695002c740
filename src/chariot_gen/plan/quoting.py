"""A text between double quotes, in the escapes that Go and YAML have in common."""

from __future__ import annotations

__all__ = ["double_quoted"]

_LAST_OF_THE_BASIC_PLANE = 0xFFFF
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def double_quoted(text: str) -> str:
    r"""Return a text as both languages read it back.

    >>> print(double_quoted('say "so"\n'))
    "say \"so\"\n"
    """
    return '"' + "".join(map(_escape, text)) + '"'


def _escape(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\u{code:04x}" if code <= _LAST_OF_THE_BASIC_PLANE else f"\\U{code:08x}"
