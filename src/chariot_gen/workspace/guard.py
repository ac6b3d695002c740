"""Refuse to write where a path is not what it seems: links, letter case, locked folders."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from chariot_gen.errors import WorkspaceError
from chariot_gen.workspace.tree import Tree

__all__ = ["refuse_unsafe"]


def refuse_unsafe(tree: Tree, paths: Mapping[str, bool]) -> None:
    """Raise WorkspaceError if writing or removing (True) one of the paths could harm.

    A path must stay inside the backend whatever links are in it, must not differ from
    an existing one only by letter case, and its folder must be writable.
    """
    names: dict[Path, set[str]] = {}
    folded: dict[str, str] = {}
    root = tree.root.resolve()
    for folder in sorted({(tree.root / path).parent for path in paths}):
        _refuse_read_only(folder)
    for path, removed in sorted(paths.items()):
        _refuse_outside(root, path)
        if removed:
            continue
        twin = folded.setdefault(path.casefold(), path)
        if twin != path:
            raise _same_name(path, twin)
        _refuse_case_twin(tree.root, path, names)


def _refuse_outside(root: Path, path: str) -> None:
    target = root / path
    resolved = target.resolve()
    if not resolved.is_relative_to(root):
        raise WorkspaceError(
            f"{path}: leads out of the backend through a symbolic link to {resolved}; nothing was "
            "changed; replace the link by a folder or file"
        )
    if target.is_dir():
        raise WorkspaceError(
            f"{path}: is a folder where a file is to be written; nothing was changed; move it away"
        )


def _refuse_read_only(folder: Path) -> None:
    while not folder.exists():
        folder = folder.parent
    if not folder.is_dir():
        raise WorkspaceError(
            f"{folder}: is a file where a folder is needed; nothing was changed; move it away"
        )
    if not os.access(folder, os.W_OK | os.X_OK):
        raise WorkspaceError(f"{folder}: is read-only; nothing was changed; make it writable and run again")


def _refuse_case_twin(root: Path, path: str, names: dict[Path, set[str]]) -> None:
    folder = root
    for part in PurePosixPath(path).parts:
        if folder not in names:
            names[folder] = set(os.listdir(folder)) if folder.is_dir() else set()  # noqa: PTH208
        if part not in names[folder]:
            for twin in sorted(names[folder]):
                if twin.casefold() == part.casefold():
                    raise _same_name(path, (folder / twin).relative_to(root).as_posix())
            return
        folder /= part


def _same_name(path: str, twin: str) -> WorkspaceError:
    return WorkspaceError(
        f"{path}: differs from {twin} only by letter case, which some file systems cannot hold; nothing "
        "was changed; rename one of them"
    )
