"""Let a text that a person edited follow a renaming, from what became of the text that we wrote.

What the two renderings of a text differ in are names. Each is replaced where the person's
version still has it in its place; a name that they replaced is not there any more, and
one that is there, but not in its place, cannot be decided.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

import msgspec

__all__ = ["Undecided", "UndecidedError", "changes_member", "remembered", "retagged", "reworded"]

_PIECE = re.compile(r"\w+|\W")
_TAG = re.compile(r'(\w+):"((?:\\.|[^"\\])*)"')
# A text, or what gives a value of JSON its shape; in a Go literal in double quotes, quotes are escaped.
_PLAIN_JSON = re.compile(r'"(?P<text>(?:\\.|[^"\\])*)"(?P<colon>\s*:)?|[][{}]')
_ESCAPED_JSON = re.compile(r'\\"(?P<text>[^"\\]*)\\"(?P<colon>\s*:)?|[][{}]')

Path = tuple[str, ...]


class UndecidedError(Exception):
    """An edited text says an old name, and not where we wrote it; ``new`` is what it would become."""

    def __init__(self, old: str, new: str) -> None:
        super().__init__(f"{old} or {new}")
        self.old = old
        self.new = new


class Undecided(msgspec.Struct, frozen=True):
    """What is undecided in a file: the text at an offset says an old name."""

    offset: int
    old: str
    new: str


class _Change(msgspec.Struct, frozen=True):
    """Pieces ``start`` to ``end`` of one text, and what the other one has in their place."""

    start: int
    end: int
    after: tuple[str, ...]


class _Member(msgspec.Struct, frozen=True):
    """The name of a member of a JSON object, where it stands, and whose members it is among."""

    start: int
    end: int
    path: Path


def reworded(old: str, new: str, written: str) -> str:
    """Return a person's version of a text with every word replaced that the new one says otherwise.

    Raises UndecidedError where a word to be replaced stands in another place than in ours.
    """
    if written == old:
        return new
    before, here = _PIECE.findall(old), _PIECE.findall(written)
    kept = {
        block.a + step: block.b + step
        for block in SequenceMatcher(None, before, here, autojunk=False).get_matching_blocks()
        for step in range(block.size)
    }
    lost: list[_Change] = []
    for change in reversed(list(_changes(before, _PIECE.findall(new)))):
        places = [kept.get(index, -1) for index in range(change.start, change.end)]
        start = places[0] if places else -1
        if start >= 0 and places == list(range(start, start + len(places))):
            here[start : start + len(places)] = change.after
        else:
            lost.append(change)
    for change in lost:
        _refuse_old(before[change.start : change.end], change.after, "".join(here))
    return "".join(here)


def _changes(before: Sequence[str], after: Sequence[str]) -> Iterator[_Change]:
    """Yield what differs; what is only added or dropped together with the piece beside it."""
    for tag, start, end, low, high in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if start == end and start > 0:
            yield _Change(start - 1, end, (before[start - 1], *after[low:high]))
        elif start == end and end < len(before):
            yield _Change(start, end + 1, (*after[low:high], before[end]))
        else:
            yield _Change(start, end, tuple(after[low:high]))


def _refuse_old(before: Sequence[str], after: Sequence[str], text: str) -> None:
    old = "".join(before).strip()
    if re.search(r"\w", old) and re.search(rf"(?<!\w){re.escape(old)}(?!\w)", text):
        raise UndecidedError(old, "".join(after).strip())


def retagged(old: str, new: str, written: str) -> str:
    """Return a person's version of a struct tag, each key's value as it follows from ours of that key."""
    before, after = dict(_TAG.findall(old)), dict(_TAG.findall(new))

    def value(match: re.Match[str]) -> str:
        key, said = match[1], match[2]
        if key not in before or key not in after:
            return match[0]
        return f'{key}:"{_option_after_name(before[key], after[key], said)}"'

    return _TAG.sub(value, written)


def _option_after_name(old: str, new: str, written: str) -> str:
    """Return the value of a key, whose options, as in ``name,omitempty``, may be a person's."""
    sides = [text.partition(",") for text in (old, new, written)]
    (old_name, _, _), (new_name, _, _), (name, comma, options) = sides
    if name == old_name and sides[0][2] == sides[1][2]:
        return f"{new_name}{comma}{options}"
    return reworded(old, new, written)


def changes_member(old: str, new: str) -> bool:
    """Say whether two renderings of a text are JSON that calls a member otherwise."""
    return bool(_renamed_members(old, new))


def remembered(old: str, new: str, written: str) -> str:
    """Return a person's version of a text of JSON, its members renamed by their path in it.

    Raises UndecidedError where a member has an old name in another place than in ours, or
    where there is one of the new name already.
    """
    renamed = _renamed_members(old, new)
    known = {member.path for member in _members(old)}
    members = list(_members(written))
    taken = {member.path for member in members}
    olds = {path[-1]: name for path, name in renamed.items()}
    text = written
    for member in reversed(members):
        name = renamed.get(member.path)
        if name is not None and (*member.path[:-1], name) in taken:
            raise UndecidedError(member.path[-1], name)
        if name is not None:
            text = text[: member.start] + name + text[member.end :]
        elif member.path[-1] in olds and member.path not in known:
            raise UndecidedError(member.path[-1], olds[member.path[-1]])
    return reworded(_with_members(old, renamed), new, text)


def _with_members(text: str, renamed: Mapping[Path, str]) -> str:
    for member in reversed(list(_members(text))):
        if member.path in renamed:
            text = text[: member.start] + renamed[member.path] + text[member.end :]
    return text


def _renamed_members(old: str, new: str) -> dict[Path, str]:
    before, after = list(_members(old)), list(_members(new))
    if len(before) != len(after):
        return {}
    pairs = zip(before, after, strict=True)
    return {one.path: other.path[-1] for one, other in pairs if one.path[-1] != other.path[-1]}


def _members(text: str) -> Iterator[_Member]:
    """Yield the members of what may be only a part of a value, as texts are put together from parts."""
    around: list[str] = []
    name = ""
    for match in (_ESCAPED_JSON if text.startswith('"') else _PLAIN_JSON).finditer(text):
        if match["colon"] is not None:
            name = match["text"]
            yield _Member(match.start("text"), match.end("text"), (*around, name))
        elif match[0] in {"{", "["}:
            around.append(name)
            name = ""
        elif match[0] in {"}", "]"} and around:
            around.pop()
            name = ""
