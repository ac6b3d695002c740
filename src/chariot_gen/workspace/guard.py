"""Refuse to write where a path is not what it seems: links, letter case, locked folders."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping

from chariot_gen.errors import WorkspaceError
from chariot_gen.workspace.tree import Tree

__all__ = ["refuse_unsafe"]


def refuse_unsafe(tree: Tree, paths: Mapping[str, bool]) -> None:
    """Raise WorkspaceError if writing or removing (True) one of the paths could harm.

    A path must stay inside the backend whatever links are in it, be no link itself, not differ
    from an existing one only by letter case, and it and its folder must be writable.
    """
    folders = _Folders(os.path.realpath(tree.root))
    folded: dict[str, str] = {}
    for folder in sorted({folders.nearest(path) for path in paths}):
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
    """What is known of the folders below a root, which thousands of paths share."""

    def __init__(self, root: str) -> None:
        self.root = root
        self._within = f"{root.rstrip('/')}/"
        self._real: dict[str, str] = {}
        self._names: dict[str, dict[str, str]] = {}
        self._nearest: dict[str, str] = {"": root}
        self._are_there: dict[str, bool] = {"": True}

    def nearest(self, path: str) -> str:
        """Return the deepest thing that stands where the folders of a path belong."""
        folder = path.rpartition("/")[0]
        if folder not in self._nearest:
            place = f"{self.root}/{folder}"
            self._nearest[folder] = place if os.path.exists(place) else self.nearest(folder)  # noqa: PTH110
        return self._nearest[folder]

    def stand(self, path: str) -> bool:
        """Report whether something stands where the folders of a path belong."""
        return self.nearest(path) == f"{self.root}/{path}".rpartition("/")[0]

    def real(self, folder: str) -> str:
        """Return where a folder is once every link is followed."""
        if folder not in self._real:
            self._real[folder] = os.path.realpath(f"{self.root}/{folder}")
        return self._real[folder]

    def hold(self, real: str) -> bool:
        """Report whether a path without links lies below the root."""
        return real.startswith(self._within)

    def are_there(self, path: str) -> bool:
        """Report whether the folders of a path exist; raise WorkspaceError where one would be a twin."""
        folder = path.rpartition("/")[0]
        if folder not in self._are_there:
            self._are_there[folder] = _refuse_case_twin(self, folder, of=path)
        return self._are_there[folder]

    def namesake(self, folder: str, name: str) -> str:
        """Return what a folder holds under a name whose letter case may differ, or nothing."""
        if folder not in self._names:
            place = f"{self.root}/{folder}"
            names = sorted(os.listdir(place), reverse=True) if os.path.isdir(place) else []  # noqa: PTH112, PTH208
            self._names[folder] = {present.casefold(): present for present in names} | {
                present: present for present in names
            }
        names_here = self._names[folder]
        return names_here.get(name) or names_here.get(name.casefold(), "")


def _refuse_outside(folders: _Folders, path: str) -> None:
    folder, _, name = path.rpartition("/")
    target = f"{folders.root}/{path}"
    mode = _mode(target) if folders.stand(path) else 0
    is_link = stat.S_ISLNK(mode)
    resolved = os.path.realpath(target) if is_link else f"{folders.real(folder).rstrip('/')}/{name}"
    if not folders.hold(resolved):
        raise WorkspaceError(
            f"{path}: leads out of the backend through a symbolic link to {resolved}; nothing was "
            "changed; replace the link by a folder or file"
        )
    if not mode:
        return
    if os.path.isdir(target):  # noqa: PTH112 - thousands of paths
        raise WorkspaceError(
            f"{path}: is a folder where a file is to be written; nothing was changed; move it away"
        )
    if is_link:
        raise WorkspaceError(
            f"{path}: is a symbolic link to {os.readlink(target)}, which a file would take the place of; "  # noqa: PTH115
            "nothing was changed; replace the link by the file, or keep it with chariot-gen release"
        )
    if not os.access(target, os.W_OK):
        raise WorkspaceError(f"{path}: is read-only; nothing was changed; make it writable and run again")


def _mode(target: str) -> int:
    """Return the kind and the permissions of what stands at a path itself; 0 where nothing does."""
    try:
        return os.lstat(target).st_mode
    except OSError:
        return 0


def _refuse_read_only(folder: str) -> None:
    while not os.path.lexists(folder):
        folder = os.path.dirname(folder)  # noqa: PTH120
    if not os.path.isdir(folder):  # noqa: PTH112
        raise WorkspaceError(
            f"{folder}: is a file where a folder is needed; nothing was changed; move it away"
        )
    if not os.access(folder, os.W_OK | os.X_OK):
        raise WorkspaceError(f"{folder}: is read-only; nothing was changed; make it writable and run again")


def _refuse_case_twin(folders: _Folders, path: str, of: str = "") -> bool:
    """Report whether anything stands at a path, or at the folder ``of`` one."""
    if not folders.are_there(path):
        return False
    folder, _, name = path.rpartition("/")
    twin = folders.namesake(folder, name)
    if twin and twin != name:
        raise _same_name(of or path, f"{folder}/{twin}" if folder else twin)
    return bool(twin)


def _same_name(path: str, twin: str) -> WorkspaceError:
    return WorkspaceError(
        f"{path}: differs from {twin} only by letter case, which some file systems cannot hold; nothing "
        "was changed; rename one of them"
    )
