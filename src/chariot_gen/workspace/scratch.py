"""Throw-away folders for tools to work in: rendered files, or a whole backend with its changes."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from chariot_gen.errors import WorkspaceError
from chariot_gen.resources import cache_root
from chariot_gen.workspace.lock import held
from chariot_gen.workspace.put import put
from chariot_gen.workspace.tree import Tree, digest_of

__all__ = ["read_back", "scratch", "staged", "write"]

_SHARED_MEMORY = "/dev/shm"  # noqa: S108 - each folder in it is made by mkdtemp


@contextlib.contextmanager
def scratch(files: Mapping[str, bytes]) -> Iterator[Path]:
    """Give a new folder that holds just these files; it is gone afterwards.

    It lies in memory where the platform has such a place: the files are small, many and
    short-lived.
    """
    with _folder(_memory()) as root:
        with _disk():
            for folder in sorted({os.path.dirname(path) for path in files}):  # noqa: PTH120 - of thousands
                os.makedirs(f"{root}/{folder}", exist_ok=True)  # noqa: PTH103
            for path, content in files.items():
                put(f"{root}/{path}", content)
        yield root


def _memory() -> str | None:
    return _SHARED_MEMORY if os.access(_SHARED_MEMORY, os.W_OK | os.X_OK) else None


@contextlib.contextmanager
def staged(tree: Tree, changes: Mapping[str, bytes | None]) -> Iterator[Path]:
    """Give a copy of the backend as it would be after the changes; it is gone afterwards.

    Files are copied and not linked, so that a tool cannot reach the user's own. The
    copy of one backend has the same path every time, because compilers keep what they
    made by path; if another run is using it, it is a new one.
    """
    with _steady_folder(str(tree.root)) as root:
        with _disk():
            for path in tree.sources():
                if path not in changes:
                    _copy(tree.root / path, root / path)
            for path, content in changes.items():
                if content is not None:
                    write(root, path, content)
        yield root


def read_back(root: Path, path: str) -> bytes | None:
    """Return what a tool has made of a file, or None if it is gone."""
    try:
        with open(f"{root}/{path}", "rb", buffering=0) as stream:  # noqa: PTH123 - of thousands
            return stream.readall()
    except FileNotFoundError:
        return None


def write(root: Path, path: str, content: bytes) -> None:
    """Put a file below a scratch folder."""
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)


@contextlib.contextmanager
def _steady_folder(name: str) -> Iterator[Path]:
    """Give the folder that belongs to a name, or a throw-away one while another run has it."""
    cache = cache_root() / "stage"
    key = digest_of(name)[:16]
    with contextlib.ExitStack() as stack:
        try:
            cache.mkdir(parents=True, exist_ok=True, mode=0o700)
            stack.enter_context(held(cache / f"{key}.lock"))
            folder = cache / key
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
        except OSError:
            folder = stack.enter_context(_folder())
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        yield folder.resolve()


@contextlib.contextmanager
def _folder(within: str | None = None) -> Iterator[Path]:
    with _disk():
        folder = tempfile.mkdtemp(prefix="chariot-gen-", dir=within)
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


def _copy(source: Path, target: Path) -> None:
    """Copy a file; a link becomes what it leads to, a special file is left out."""
    if not source.is_file():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    os.chmod(target, source.stat().st_mode & 0o777 | 0o200)  # noqa: PTH101
