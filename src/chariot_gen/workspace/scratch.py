"""Throw-away folders for tools to work in: rendered files, or a whole backend with its changes."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from chariot_gen.errors import WorkspaceError
from chariot_gen.workspace.tree import Tree

__all__ = ["read_back", "scratch", "staged"]


@contextlib.contextmanager
def scratch(files: Mapping[str, bytes]) -> Iterator[Path]:
    """Give a new folder that holds just these files; it is gone afterwards."""
    with _folder() as root:
        with _disk():
            for path, content in files.items():
                _write(root / path, content)
        yield root


@contextlib.contextmanager
def staged(tree: Tree, changes: Mapping[str, bytes | None]) -> Iterator[Path]:
    """Give a copy of the backend as it would be after the changes; it is gone afterwards.

    Files are copied and not linked, so that a tool cannot reach the user's own.
    """
    with _folder() as root:
        with _disk():
            for path in tree.sources():
                if path not in changes:
                    _copy(tree.root / path, root / path)
            for path, content in changes.items():
                if content is not None:
                    _write(root / path, content)
        yield root


def read_back(root: Path, path: str) -> bytes | None:
    """Return what a tool has made of a file, or None if it is gone."""
    try:
        return (root / path).read_bytes()
    except FileNotFoundError:
        return None


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    with _disk():
        folder = tempfile.mkdtemp(prefix="chariot-gen-")
    try:
        yield Path(folder).resolve()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _disk() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise WorkspaceError(
            f"{error.filename or tempfile.gettempdir()}: cannot be staged ({error.strerror or error}); "
            "nothing was changed; free the cause and run again"
        ) from error


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _copy(source: Path, target: Path) -> None:
    """Copy a file; a link becomes what it leads to, a special file is left out."""
    if not source.is_file():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    os.chmod(target, source.stat().st_mode & 0o777 | 0o200)  # noqa: PTH101
