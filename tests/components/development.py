"""The development command of the complete backend, as ``make run`` starts it."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path

from outside import told_of
from people import serving
from tools import go_environment

__all__ = ["developing"]


@contextlib.contextmanager
def developing(
    command: Path, backend: Path, outside: str, log: Path, **environment: str
) -> Iterator[tuple[str, str]]:
    """Run cmd/local until the block ends; yield its address, and the token that it prints."""
    everything = {
        **go_environment(),
        **told_of(outside),
        "LOG_LEVEL": "error",
        "OPENAPI_FILE": str(backend / "openapi.yaml"),
        "RATE_LIMIT": "0",
        **environment,
    }
    with serving(command, everything, log) as address:
        token = re.search(r"^TOKEN=(\S+)$", log.read_text(encoding="utf-8"), flags=re.MULTILINE)
        assert token is not None, log.read_text(encoding="utf-8")
        yield address, token[1]
