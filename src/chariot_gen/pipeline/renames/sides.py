"""A backend under its old names and under its new ones, and what is carried from the one to the other.

Every run speaks of these; how a renaming is carried out is only imported where there is one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from chariot_gen.files import Action, Change, FilePlan
from chariot_gen.model.backend import Backend
from chariot_gen.pipeline.texts import Texts
from chariot_gen.workspace.manifest import Manifest
from chariot_gen.workspace.overlay import laid_over, on_disk
from chariot_gen.workspace.tree import Tree

__all__ = ["Carried", "Side", "spec_changes", "standing"]


class Side(msgspec.Struct, frozen=True):
    """The backend under one set of names: its model, its plans, their texts.

    ``standing`` holds what a run under these names would leave of the files that it touches.
    """

    backend: Backend
    plans: tuple[FilePlan, ...]
    texts: Texts
    standing: Mapping[str, str | None] = msgspec.field(default_factory=dict)


class Carried(msgspec.Struct, frozen=True):
    """The tree and the records to go on from, and everything in them that differs from the disk.

    ``seen`` holds the hash of every file that the decisions were based on.
    """

    tree: Tree
    manifests: Mapping[str, Manifest]
    writes: Mapping[str, bytes | None] = msgspec.field(default_factory=dict)
    seen: Mapping[str, str | None] = msgspec.field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    notices: tuple[str, ...] = ()


def standing(changes: Sequence[Change]) -> dict[str, str | None]:
    """Return what these changes would leave at every path that they touch."""
    kept = {Action.KEEP, Action.CONFLICT}
    return {change.path: change.text for change in changes if change.action not in kept}


def spec_changes(tree: Tree) -> Iterator[Change]:
    """Yield what a renaming that the command line asked for changes in the specs."""
    laid = laid_over(tree)
    gone = sorted(path for path, content in laid.items() if content is None)
    for path, content in sorted(laid.items()):
        if content is not None:
            text = content.decode("utf-8", "surrogateescape")
            if path in on_disk(tree).specs():
                yield Change(path, Action.UPDATE, text)
            else:
                yield Change(path, Action.MOVE, text, was=gone[0] if gone else "")
