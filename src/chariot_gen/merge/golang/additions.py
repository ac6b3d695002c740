"""Say whether statements that both sides added at one place can both stand there.

Where the spec gets a field, generated functions grow at their end, which is where a
person adds too. If neither addition can see the other one, their order means nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from chariot_gen.merge.golang.source import code_only, is_go

__all__ = ["are_independent"]

# What decides whether later statements run, or declares a name for them.
_FAR_REACHING = re.compile(
    r":=|\b(?:return|break|continue|goto|fallthrough|defer|go|panic|var|const|type|case)\b"
)
_NAME = re.compile(r"(?<![\w.])[^\W\d]\w*(?:\s*\.\s*\w+)*")
_TARGETS = re.compile(
    r"^[ \t]*([^=\n(]+?)[ \t]*(?:[-+*/%&|^]|<<|>>|&\^)?=(?!=)|^[ \t]*(\S+?)(?:\+\+|--)$", re.MULTILINE
)


def are_independent(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Return True if both are whole statements, and neither sets what the other one uses."""
    texts = ["\n".join(rows) for rows in (ours, theirs)]
    if not all(is_go(f"package p\n\nfunc _() {{\n{text}\n}}\n") for text in texts):
        return False
    mine, new = (code_only(text) for text in texts)
    if _FAR_REACHING.search(mine) or _FAR_REACHING.search(new):
        return False
    return not (_touch(_targets(mine), _names(new)) or _touch(_targets(new), _names(mine)))


def _names(code: str) -> set[str]:
    return {re.sub(r"\s", "", name) for name in _NAME.findall(code)}


def _targets(code: str) -> set[str]:
    """Return what is assigned to, ``a.B[i]`` as ``a.B``."""
    return {name for match in _TARGETS.finditer(code) for name in _names(match[1] or match[2])} - {"_"}


def _touch(targets: set[str], names: set[str]) -> bool:
    """Say whether one of the names is a target, a part of one, or what one is a part of."""
    return any(
        f"{name}.".startswith(f"{target}.") or f"{target}.".startswith(f"{name}.")
        for target in targets
        for name in names
    )
