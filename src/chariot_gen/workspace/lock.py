"""One run at a time in a backend; the lock leaves no trace where nothing else was written."""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from chariot_gen.errors import WorkspaceError
from chariot_gen.workspace.tree import STATE

__all__ = ["WAIT_SECONDS", "held", "locked"]

WAIT_SECONDS = 10.0
_PAUSE = 0.05


@contextlib.contextmanager
def locked(
    root: Path, *, wait: float = WAIT_SECONDS, waiting: Callable[[], None] = lambda: None
) -> Iterator[None]:
    """Hold the backend's lock, making its folder if need be.

    ``waiting`` is called once if another run holds the lock. Raises WorkspaceError
    after ``wait`` seconds. Folders that were made are removed again if still empty.
    """
    made = _make(root / STATE)
    path = root / STATE / "lock"
    try:
        handle = _acquire(path, wait, waiting)
        try:
            yield
        finally:
            path.unlink(missing_ok=True)
            os.close(handle)
    finally:
        for folder in reversed(made):
            with contextlib.suppress(OSError):
                folder.rmdir()


@contextlib.contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold a lock file without waiting; BlockingIOError if another run holds it."""
    handle = _open(path)
    if handle is None:
        raise BlockingIOError(str(path))
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(handle)


def _make(folder: Path) -> list[Path]:
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unusable(folder, error) from error
    return missing[::-1]


def _acquire(path: Path, wait: float, waiting: Callable[[], None]) -> int:
    deadline = time.monotonic() + wait
    announced = False
    while True:
        handle = _try(path)
        if handle is not None:
            return handle
        if not announced:
            waiting()
            announced = True
        if time.monotonic() >= deadline:
            raise WorkspaceError(
                f"{path.parent.parent}: another chariot-gen run is at work here and did not end within "
                f"{wait:.0f} s; nothing was changed; wait for it and run again"
            )
        time.sleep(_PAUSE)


def _try(path: Path) -> int | None:
    """Return a handle that holds the lock, or None while another run does.

    The holder removes the file when it ends: a lock on a file that is no longer the
    one at the path protects nothing.
    """
    try:
        return _open(path)
    except OSError as error:
        raise _unusable(path, error) from error


def _open(path: Path) -> int | None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.fstat(handle).st_ino == path.stat().st_ino:
            return handle
    except (BlockingIOError, FileNotFoundError):
        os.close(handle)
        return None
    except OSError:
        os.close(handle)
        raise
    os.close(handle)
    return None


def _unusable(path: Path, error: OSError) -> WorkspaceError:
    return WorkspaceError(
        f"{path}: cannot be made ({error.strerror or error}); nothing was changed; make its folder writable "
        "or choose another with --dest"
    )
