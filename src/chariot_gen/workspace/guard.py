"""Refuse to write where a path is not what it seems: links, letter case, locked folders."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from chariot_gen.errors import WorkspaceError
from chariot_gen.workspace.tree import Tree

__all__ = ["refuse_unsafe"]


def refuse_unsafe(tree: Tree, paths: Mapping[str, bool]) -> None:
    """Raise WorkspaceError if writing or removing (True) one of the paths could harm.

    A path must stay inside the backend whatever links are in it, be no link itself, not differ
    from an existing one only by letter case, and it and its folder must be writable.
    """
    folders = _Folders(tree.root.resolve())
    folded: dict[str, str] = {}
    for folder in sorted({(tree.root / path).parent for path in paths}):
        _refuse_read_only(folder)
    for path, removed in sorted(paths.items()):
        _refuse_outside(folders, path)
        if removed:
            continue
        twin = folded.setdefault(path.casefold(), path)
        if twin != path:
            raise _same_name(path, twin)
        _refuse_case_twin(folders, path)


class _Folders:
    """What is known of the folders below a root: where each really is, and what is in it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._real: dict[str, str] = {}
        self._names: dict[str, dict[str, str]] = {}

    def real(self, folder: str) -> str:
        """Return where a folder is once every link is followed."""
        if folder not in self._real:
            self._real[folder] = os.path.realpath(self.root / folder)
        return self._real[folder]

    def namesake(self, folder: str, name: str) -> str:
        """Return what a folder holds under a name whose letter case may differ, or nothing."""
        if folder not in self._names:
            place = self.root / folder
            names = sorted(os.listdir(place), reverse=True) if place.is_dir() else []  # noqa: PTH208
            self._names[folder] = {present.casefold(): present for present in names} | {
                present: present for present in names
            }
        names_here = self._names[folder]
        return names_here.get(name) or names_here.get(name.casefold(), "")


def _refuse_outside(folders: _Folders, path: str) -> None:
    folder, _, name = path.rpartition("/")
    target = os.path.join(folders.root, path)  # noqa: PTH118 - thousands of paths
    is_link = os.path.islink(target)  # noqa: PTH114
    resolved = Path(os.path.realpath(target)) if is_link else Path(folders.real(folder), name)
    if not resolved.is_relative_to(folders.root):
        raise WorkspaceError(
            f"{path}: leads out of the backend through a symbolic link to {resolved}; nothing was "
            "changed; replace the link by a folder or file"
        )
    if os.path.isdir(target):  # noqa: PTH112
        raise WorkspaceError(
            f"{path}: is a folder where a file is to be written; nothing was changed; move it away"
        )
    if os.path.islink(target):  # noqa: PTH114
        raise WorkspaceError(
            f"{path}: is a symbolic link to {os.readlink(target)}, which a file would take the place of; "  # noqa: PTH115
            "nothing was changed; replace the link by the file, or keep it with chariot-gen release"
        )
    if os.path.exists(target) and not os.access(target, os.W_OK):  # noqa: PTH110
        raise WorkspaceError(f"{path}: is read-only; nothing was changed; make it writable and run again")


def _refuse_read_only(folder: Path) -> None:
    while not folder.exists():
        folder = folder.parent
    if not folder.is_dir():
        raise WorkspaceError(
            f"{folder}: is a file where a folder is needed; nothing was changed; move it away"
        )
    if not os.access(folder, os.W_OK | os.X_OK):
        raise WorkspaceError(f"{folder}: is read-only; nothing was changed; make it writable and run again")


def _refuse_case_twin(folders: _Folders, path: str) -> None:
    folder = ""
    for part in path.split("/"):
        twin = folders.namesake(folder, part)
        here = f"{folder}/{part}" if folder else part
        if twin and twin != part:
            raise _same_name(path, f"{folder}/{twin}" if folder else twin)
        if not twin:
            return
        folder = here


def _same_name(path: str, twin: str) -> WorkspaceError:
    return WorkspaceError(
        f"{path}: differs from {twin} only by letter case, which some file systems cannot hold; nothing "
        "was changed; rename one of them"
    )
