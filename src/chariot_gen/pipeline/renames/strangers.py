"""Files of other people: Go that uses what is renamed, and whatever lies in a folder that moves."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from chariot_gen.files import Action, Change
from chariot_gen.pipeline.record import encode
from chariot_gen.pipeline.renames.follow import Followed
from chariot_gen.workspace.tree import Tree

__all__ = ["changes", "strangers", "writes"]


def strangers(
    tree: Tree, folders: Mapping[str, str], planned: Collection[str], followed: Collection[str]
) -> dict[str, str]:
    """Return where each other file goes: one that follows stays, all in a folder that moves go with it."""
    found = {path: path for path in followed}
    for path in tree.sources():
        for folder, there in folders.items():
            if path.startswith(f"{folder}/") and path not in planned:
                found[path] = there + path.removeprefix(folder)
    return found


def writes(
    tree: Tree, found: Mapping[str, str], followed: Mapping[str, Followed]
) -> Iterator[tuple[str, bytes | None]]:
    """Yield what becomes of every path that such a file leaves or comes to."""
    for old, new in found.items():
        if old != new:
            yield old, None
    for old, new in found.items():
        yield new, encode(followed[old].text) if old in followed else tree.read_bytes(old)


def changes(found: Mapping[str, str], followed: Mapping[str, Followed]) -> Iterator[Change]:
    """Yield what the report says of such files."""
    for old, new in sorted(found.items()):
        uses = followed[old].places if old in followed else 0
        reason = f"yours; {uses} name{'s' if uses > 1 else ''} followed" if uses else "yours"
        text = followed[old].text if old in followed else None
        if old != new:
            yield Change(new, Action.MOVE, text, reason, was=old)
        else:
            yield Change(new, Action.UPDATE, text, reason)
