"""What a person does to an emitted CloudFormation template, and a judge of what a merge made of it.

The judge reads with PyYAML and knows values by their key path, the items of a list as one value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

import yaml

from documents import load

__all__ = ["STACK_EDITS", "StackEdit", "edit_stack", "may_conflict", "stack_faults"]

Path = tuple[str, ...]
Leaves = Mapping[Path, Any]


@dataclass(frozen=True, slots=True)
class StackEdit:
    """One edit. ``mark`` stands in the value at ``place``; without a mark nothing is there."""

    kind: str
    place: Path
    mark: str


@dataclass(frozen=True, slots=True)
class _Entry:
    """One key of a mapping and where its text stands."""

    path: Path
    key: yaml.ScalarNode
    value: yaml.Node


Made = tuple[str, Path, str]


def edit_stack(text: str, mark: str, random: Random) -> tuple[str, StackEdit]:
    """Return the text with one edit of a kind that it has room for."""
    while True:
        kind = random.choice(sorted(STACK_EDITS))
        made = STACK_EDITS[kind](text, mark, random)
        if made is not None:
            return made[0], StackEdit(kind, made[1], made[2])


def _entries(text: str) -> list[_Entry]:
    return list(_below(yaml.compose(text, Loader=yaml.CBaseLoader), ()))


def _below(node: yaml.Node, path: Path) -> Iterator[_Entry]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            here = (*path, key.value)
            yield _Entry(here, key, value)
            yield from _below(value, here)


def _line_start(text: str, index: int) -> int:
    return text.rfind("\n", 0, index) + 1


def _change_value(text: str, mark: str, random: Random) -> Made | None:
    scalars = [
        entry
        for entry in _entries(text)
        if isinstance(entry.value, yaml.ScalarNode)
        and entry.value.start_mark.line == entry.value.end_mark.line
        and entry.value.start_mark.index < entry.value.end_mark.index
        and len(entry.path) > 1
    ]
    entry = random.choice(scalars)
    value = entry.value
    return text[: value.start_mark.index] + mark + text[value.end_mark.index :], entry.path, mark


def _resources(text: str) -> list[_Entry]:
    return [entry for entry in _entries(text) if len(entry.path) == 2 and entry.path[0] == "Resources"]


def _add_resource(text: str, mark: str, random: Random) -> Made | None:
    resource = f"  {mark}:\n    Type: AWS::SNS::Topic\n    Properties:\n      TopicName: {mark}\n\n"
    entries = _resources(text)
    if not entries:
        return None
    at = _line_start(text, random.choice(entries).key.start_mark.index)
    return text[:at] + resource + text[at:], ("Resources", mark, "Properties", "TopicName"), mark


def _add_property(text: str, mark: str, random: Random) -> Made | None:
    found = [
        entry
        for entry in _entries(text)
        if len(entry.path) > 2 and entry.path[-2] in {"Properties", "Variables"}
    ]
    if not found:
        return None
    entry = random.choice(found)
    at = _line_start(text, entry.key.start_mark.index)
    pad = " " * entry.key.start_mark.column
    return f"{text[:at]}{pad}{mark}: {mark}\n{text[at:]}", (*entry.path[:-1], mark), mark


def _add_item(text: str, mark: str, random: Random) -> Made | None:
    lists = [
        entry
        for entry in _entries(text)
        if isinstance(entry.value, yaml.SequenceNode)
        and not entry.value.flow_style
        and all(isinstance(item, yaml.ScalarNode) for item in entry.value.value)
    ]
    if not lists:
        return None
    entry = random.choice(lists)
    item = random.choice(entry.value.value)
    at = _line_start(text, item.start_mark.index)
    dash = re.match(r" *- ", text[at:])
    return (f"{text[:at]}{dash[0]}{mark}\n{text[at:]}", entry.path, mark) if dash else None


def _add_comment(text: str, mark: str, random: Random) -> Made | None:
    entry = random.choice([entry for entry in _entries(text) if len(entry.path) > 1])
    at = _line_start(text, entry.key.start_mark.index)
    if text[at : entry.key.start_mark.index].strip():
        return None
    return f"{text[:at]}{' ' * entry.key.start_mark.column}# {mark}\n{text[at:]}", entry.path, f"# {mark}"


def _delete_resource(text: str, mark: str, random: Random) -> Made | None:
    entries = _resources(text)
    if len(entries) < 2:
        return None
    number = random.randrange(len(entries))
    start = _line_start(text, entries[number].key.start_mark.index)
    later = entries[number + 1 :]
    end = (
        _line_start(text, later[0].key.start_mark.index)
        if later
        else text.find("\nOutputs:") + 1 or len(text)
    )
    if "handEdit" in text[start:end]:
        return None
    return text[:start] + text[end:], entries[number].path, ""


STACK_EDITS: Mapping[str, Callable[[str, str, Random], Made | None]] = {
    function.__name__.strip("_").replace("_", " "): function
    for function in (
        _change_value, _add_resource, _add_property, _add_item, _add_comment, _delete_resource,
    )
}  # fmt: skip


def _leaves(node: Any, path: Path = ()) -> dict[Path, Any]:
    if not isinstance(node, dict) or not node:
        return {path: node}
    found: dict[Path, Any] = {}
    for key, value in node.items():
        found |= _leaves(value, (*path, str(key[1] if isinstance(key, tuple) else key)))
    return found


def _sides(*texts: str) -> list[Leaves]:
    return [_leaves(load(text)) for text in texts]


def may_conflict(base: str, ours: str, theirs: str, edits: tuple[StackEdit, ...]) -> bool:
    """Say whether both sides changed one value, or one dropped a mapping that the other changed.

    A comment that a person wrote within a mapping is a change of it.
    """
    old, mine, new = _sides(base, ours, theirs)
    if any(edit.mark.startswith("#") and _is_gone(edit.place, old, new) for edit in edits):
        return True
    for path in {*old, *mine, *new}:
        before, left, right = (side.get(path) for side in (old, mine, new))
        if left not in (before, right) and right != before:
            return True
        if left != before and _is_dropped(path, old, new):
            return True
        if right != before and _is_dropped(path, old, mine):
            return True
    return False


def _is_dropped(path: Path, before: Leaves, after: Leaves) -> bool:
    """Say whether a mapping around the path was there before and is not any more."""
    return any(
        any(leaf[:depth] == path[:depth] for leaf in before)
        and not any(leaf[:depth] == path[:depth] for leaf in after)
        for depth in range(1, len(path))
    )


def _is_gone(place: Path, before: Leaves, after: Leaves) -> bool:
    """Say whether something at a place, or a mapping around it, was there before and is not any more."""
    return _is_dropped((*place, ""), before, after)


def stack_faults(
    base: str, ours: str, theirs: str, result: str, edits: tuple[StackEdit, ...]
) -> Iterator[str]:
    """Yield what is wrong with a result that was given as free of conflicts."""
    old, mine, new, found = _sides(base, ours, theirs, result)
    for path in sorted({*old, *mine, *new, *found}):
        before, left, right, got = (side.get(path) for side in (old, mine, new, found))
        if left == before and got != right:
            yield f"{'.'.join(path)} is not as generated"
        elif left != before and right in (before, left) and got != left:
            yield f"{'.'.join(path)} is not as it was edited"
    for edit in edits:
        if edit.mark.startswith("#") and edit.mark in ours:
            yield from _comment_faults(edit, ours, found, result)


def _comment_faults(edit: StackEdit, ours: str, found: Leaves, result: str) -> Iterator[str]:
    # Not what it was written above: a later edit may have put something in between.
    key = _key_below(edit.mark, ours)
    place = (*edit.place[:-1], key)
    kept = any(path[: len(place)] == place for path in found)
    if edit.mark not in result:
        if kept:
            yield f"lost: {edit.mark} above {'.'.join(place)}"
    elif kept and _key_below(edit.mark, result) != key:
        yield f"misplaced: {edit.mark} of {'.'.join(place)} is above {_key_below(edit.mark, result)}"


def _key_below(comment: str, text: str) -> str:
    """Return the key that a comment stands above, other comments between them or not."""
    below = text[text.index(comment) :].split("\n")[1:]
    line = next(line.strip() for line in below if line.strip() and not line.strip().startswith("#"))
    key = re.match(r"""(?:- )?["']?(.+?)["']?:(?:\s|$)""", line)
    assert key is not None, line
    return key[1]
