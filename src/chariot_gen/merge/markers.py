"""Find a conflict's markers in a text, whoever wrote them, and decide its places for one side."""

from __future__ import annotations

import re
from enum import StrEnum

from chariot_gen.merge.lines import split_lines

__all__ = ["Side", "leftovers", "markers_in", "take"]

_CONFLICT = re.compile(
    r"^<{7}(?: [^\n]*)?\n(?:(?!={7}\r?$)[^\n]*\n)*={7}\r?\n(?:(?!>{7})[^\n]*\n)*>{7}(?: |\r?$)", re.MULTILINE
)
_LINE = re.compile(r"(<{7}|\|{7}|={7}|>{7})(?: .*)?\r?\n?\Z", re.DOTALL)
# Where seven equal signs are no heading, they are a forgotten marker.
_CODE = (".go", ".yaml", ".yml", ".mod", ".sum", ".json")


class Side(StrEnum):
    """One of the two versions in a conflict, by git's names for them."""

    OURS = "ours"
    THEIRS = "theirs"


def markers_in(path: str, text: str) -> tuple[int, ...]:
    r"""Return the lines on which conflicts begin; none where the markers are Go's text.

    >>> markers_in("x.yaml", "a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> other\n")
    (2,)
    """
    found = tuple(text.count("\n", 0, match.start()) + 1 for match in _CONFLICT.finditer(text))
    if found and path.endswith(".go"):
        from chariot_gen.merge.golang.source import is_go  # noqa: PLC0415 - its parser is slow to import

        return () if is_go(text) else found
    return found


def leftovers(path: str, text: str) -> tuple[int, ...]:
    """Return the lines that are markers of any kind, for a file that is known to have had some."""
    return tuple(
        number
        for number, line in enumerate(split_lines(text), 1)
        if (match := _LINE.match(line)) and (match[1] != "=======" or path.endswith(_CODE))
    )


def take(text: str, side: Side) -> str | None:
    r"""Return the text with one side at every marked place; None where the markers do not pair.

    >>> take("a\n<<<<<<< x\nb\n||||||| y\nc\n=======\nd\n>>>>>>> z\n", Side.THEIRS)
    'a\nd\n'
    """
    kept: list[str] = []
    where = ""
    for line in split_lines(text):
        match = _LINE.match(line)
        marker = match[1] if match else ""
        if marker == "<<<<<<<" or (where and marker):
            follows = _FOLLOWS.get(where, "")
            if marker not in follows.split():
                return None
            where = "" if marker == ">>>>>>>" else marker
        elif where in ("", _HOLDS[side]):
            kept.append(line)
    return None if where else "".join(kept)


_FOLLOWS = {"": "<<<<<<<", "<<<<<<<": "||||||| =======", "|||||||": "=======", "=======": ">>>>>>>"}
_HOLDS = {Side.OURS: "<<<<<<<", Side.THEIRS: "======="}
