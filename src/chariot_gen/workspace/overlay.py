"""A backend as it would be after some changes: read like any other, with nothing written."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from chariot_gen.workspace.tree import SPECS, Tree

__all__ = ["Overlay", "laid_over", "on_disk"]


class Overlay(Tree, frozen=True):
    """A tree with files laid over it; None stands for a file that is gone."""

    writes: Mapping[str, bytes | None] = msgspec.field(default_factory=dict)

    @property
    def below(self) -> Tree:
        """The tree as it is on disk."""
        return Tree(self.root)

    def read_bytes(self, path: str) -> bytes | None:
        """Return a file's content, or None where there is no such file."""
        return self.writes[path] if path in self.writes else self.below.read_bytes(path)

    def exists(self, path: str) -> bool:
        """Report whether anything stands at the path."""
        return self.writes[path] is not None if path in self.writes else self.below.exists(path)

    def specs(self) -> tuple[str, ...]:
        """Return the paths of the spec files, sorted."""
        present = {path for path in self.below.specs() if path not in self.writes}
        laid = {
            path for path, text in self.writes.items() if text is not None and path.startswith(f"{SPECS}/")
        }
        return tuple(sorted(present | laid))


def on_disk(tree: Tree) -> Tree:
    """Return the tree without what is laid over it."""
    return tree.below if isinstance(tree, Overlay) else tree


def laid_over(tree: Tree) -> Mapping[str, bytes | None]:
    """Return what is laid over the files on disk."""
    return tree.writes if isinstance(tree, Overlay) else {}
