"""Let a CloudFormation template follow a renaming: its logical ids, wherever they are referred to."""

from __future__ import annotations

import re
from collections.abc import Mapping

__all__ = ["logical_ids", "renamed"]

_SECTION = re.compile(
    r"^(?:Resources|Parameters|Outputs|Conditions|Mappings):[^\n]*\n((?:[ #\n][^\n]*\n?|\n)*)", re.MULTILINE
)
_ID = re.compile(r"^  ([A-Za-z][A-Za-z0-9]*):", re.MULTILINE)
# What stands before a logical id where it is one.
_BEFORE = r"""(?P<before>
    ^\ \ (?=\w+:)                                                     # the key of a section
  | !(?:Ref|GetAtt|Condition)[ \t]+(?:\[[ \t]*)?["']?
  | \$\{
  | \b(?:Ref|DependsOn|Condition|Fn::GetAtt):[ \t]+(?:\[[ \t]*)?["']?
  | \bFn::GetAtt:[ \t]*\n[ \t]*-[ \t]+["']?
  | \bDependsOn:[ \t]*(?:\[[^\]\n]*[ \[,]|\n(?:[ \t]*-[ \t]+\w+[ \t]*\n)*[ \t]*-[ \t]+)
)"""


def logical_ids(old: str, new: str) -> dict[str, str]:
    """Return the logical ids of a rendering that the other one calls otherwise."""
    before, after = _ids(old), _ids(new)
    if len(before) != len(after):
        return {}
    return {name: successor for name, successor in zip(before, after, strict=True) if name != successor}


def renamed(text: str, ids: Mapping[str, str]) -> str:
    """Return the text with each logical id replaced where it is a key or is referred to.

    A key, ``!Ref``, ``!GetAtt``, ``${}`` and ``DependsOn`` refer to one, and so do their
    long forms; the same word anywhere else is only a word.
    """
    if not ids:
        return text
    names = "|".join(sorted(ids, key=len, reverse=True))
    pattern = re.compile(rf"{_BEFORE}(?P<name>{names})(?![A-Za-z0-9_-])", re.MULTILINE | re.VERBOSE)
    return pattern.sub(lambda match: match["before"] + ids[match["name"]], text)


def _ids(text: str) -> list[str]:
    return [name for section in _SECTION.findall(text) for name in _ID.findall(section)]
