"""What the user decided about single files on the command line."""

from __future__ import annotations

import os
from collections.abc import Collection
from difflib import get_close_matches
from pathlib import Path, PurePosixPath

import msgspec
from msgspec.structs import replace

from chariot_gen.errors import UsageError
from chariot_gen.files import Ownership
from chariot_gen.merge.choice import STOP, Choices
from chariot_gen.workspace.tree import Tree

__all__ = ["NONE", "Decisions", "named"]


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

    def among(self, tree: Tree, known: Collection[str]) -> Decisions:
        """Return the same with every path as the backend calls it; UsageError for an unknown one."""
        paths = {named(tree, path, known): choice for path, choice in self.choices.paths.items()}
        discard = tuple(named(tree, path, known) for path in self.discard)
        return replace(self, discard=discard, choices=replace(self.choices, paths=paths))


NONE = Decisions()


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
