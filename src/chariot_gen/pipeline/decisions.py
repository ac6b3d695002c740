"""What the user decided about single files on the command line."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path, PurePosixPath

import msgspec
from msgspec.structs import replace

from chariot_gen.errors import UsageError
from chariot_gen.files import FilePlan, Ownership
from chariot_gen.merge.choice import STOP, Choices
from chariot_gen.workspace.manifest import Manifest
from chariot_gen.workspace.tree import Tree

__all__ = ["NONE", "Decisions", "named", "owned"]


class Decisions(msgspec.Struct, frozen=True):
    """``restore`` brings back what was removed by hand, ``discard`` also what was edited.

    ``choices`` say what happens to places that an edit and the new rendering both change.
    """

    restore: bool = False
    discard: tuple[str, ...] = ()
    choices: Choices = STOP

    def restores(self, path: str, ownership: Ownership, *, is_there: bool) -> bool:
        """Report whether a file is to be as generated, whatever was done to it by hand."""
        if ownership in {Ownership.SEEDED, Ownership.YOURS} and is_there:
            return False
        return path in self.discard or (self.restore and not is_there and ownership is not Ownership.SEEDED)

    def among(self, tree: Tree, plans: Sequence[FilePlan], manifests: Mapping[str, Manifest]) -> Decisions:
        """Return the same with every path as the backend calls it.

        Raises UsageError for a path that is unknown, or that is not ours to restore.
        """
        owners = {path: None for manifest in manifests.values() for path in manifest.paths} | {
            plan.path: plan.ownership for plan in plans
        }
        known = sorted(owners)
        paths = {named(tree, path, known): choice for path, choice in self.choices.paths.items()}
        discard = tuple(named(tree, path, known) for path in self.discard)
        for path in discard:
            _refuse_others(tree, path, owners[path])
        return replace(self, discard=discard, choices=replace(self.choices, paths=paths))


NONE = Decisions()


def _refuse_others(tree: Tree, path: str, ownership: Ownership | None) -> None:
    if ownership is None:
        raise UsageError(f"{path}: is no longer generated, so it cannot be restored; remove it if you like")
    if ownership is Ownership.YOURS:
        raise UsageError(f"{path}: is yours, you released it; adopt it first with chariot-gen adopt {path}")
    if ownership is Ownership.SEEDED and tree.exists(path):
        raise UsageError(f"{path}: is yours; remove it first if you want it as it was written at the start")


def owned(plans: Iterable[FilePlan], manifests: Mapping[str, Manifest]) -> tuple[FilePlan, ...]:
    """Return the plans, those of adopted and released files with the owner that was chosen."""
    chosen = {
        entry.path: entry.ownership
        for manifest in manifests.values()
        for entry in manifest.entries
        if entry.chosen
    }
    return tuple(
        replace(plan, ownership=chosen[plan.path]) if plan.path in chosen else plan for plan in plans
    )


def named(tree: Tree, given: str, known: Collection[str]) -> str:
    """Return the emitted file that a user means: by its path in the backend, or from where they are."""
    here = Path(os.path.abspath(given))  # noqa: PTH100 - a link is what it is called
    candidates = [PurePosixPath(os.path.normpath(given)).as_posix()]
    if here.is_relative_to(tree.root):
        candidates.append(here.relative_to(tree.root).as_posix())
    for candidate in candidates:
        if candidate in known:
            return candidate
    near = get_close_matches(candidates[-1], known, 1)
    hint = f"did you mean {near[0]}?" if near else "chariot-gen check -v lists those that are"
    raise UsageError(f"{given}: is no file that chariot-gen generates here; {hint}")
