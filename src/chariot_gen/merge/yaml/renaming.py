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
    ^\ \ ["']?(?=\w+["']?:)                                            # the key of a section
  | !(?:Ref|GetAtt|Condition)[ \t]+(?:\[[ \t]*)?["']?
  | \$\{
  | \b(?:Ref|Condition|Fn::GetAtt)["']?[ \t]*:[ \t]+(?:\[[ \t]*)?["']?
  | (?:\bFn::GetAtt["']?[ \t]*:|!GetAtt)[ \t]*\n[ \t]*-[ \t]+["']?
)"""
# Where all that is said is ids: one, a flow list, or a block list.
_DEPENDS_ON = re.compile(
    r"""\bDependsOn["']?[ \t]*:(?:[ \t]*(?:\#[^\n]*)?\n(?:[ \t]*(?:-[^\n]*|\#[^\n]*|)(?:\n|\Z))+|[^\n]*)""",
    re.VERBOSE,
)
_COMMENT = re.compile(r"(?:^|(?<=\s))#.*", re.MULTILINE)


def logical_ids(old: str, new: str) -> dict[str, str]:
    """Return the logical ids of a rendering that the other one calls otherwise."""
    before, after = _ids(old), _ids(new)
    if len(before) != len(after):
        return {}
    return {name: successor for name, successor in zip(before, after, strict=True) if name != successor}


def renamed(text: str, ids: Mapping[str, str]) -> str:
    """Return the text with each logical id replaced where it is a key or is referred to.

    A key, ``!Ref``, ``!GetAtt``, ``${}`` and ``DependsOn`` refer to one, and so do their
    long forms, quoted or not; the same word anywhere else is only a word.
    """
    if not ids:
        return text
    names = "|".join(sorted(ids, key=len, reverse=True))
    pattern = re.compile(rf"{_BEFORE}(?P<name>{names})(?![A-Za-z0-9_-])", re.MULTILINE | re.VERBOSE)
    text = pattern.sub(lambda match: match["before"] + ids[match["name"]], text)
    word = re.compile(rf"(?<![A-Za-z0-9_-])(?:{names})(?![A-Za-z0-9_-])")
    return _DEPENDS_ON.sub(lambda match: _outside_comments(word, ids, match[0]), text)


def _outside_comments(word: re.Pattern[str], ids: Mapping[str, str], text: str) -> str:
    done, said = 0, ""
    for comment in _COMMENT.finditer(text):
        said += word.sub(lambda match: ids[match[0]], text[done : comment.start()]) + comment[0]
        done = comment.end()
    return said + word.sub(lambda match: ids[match[0]], text[done:])


def _ids(text: str) -> list[str]:
    return [name for section in _SECTION.findall(text) for name in _ID.findall(section)]
