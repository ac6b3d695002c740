"""Write one new file, of thousands: the system's own calls and none between."""

from __future__ import annotations

import os

__all__ = ["put"]


def put(path: str, content: bytes, mode: int | None = None) -> None:
    """Make a file that is not there yet; a mode that is given holds whatever the umask says."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
    try:
        if mode is not None:
            os.fchmod(handle, mode)
        # One call may take less than it is given: when the disk is about to be full, say.
        while content:
            content = content[os.write(handle, content) :]
    finally:
        os.close(handle)
