"""The development command of the complete backend, as ``make run`` starts it."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path

from processes import accepts, free_port, running
from tools import go_environment

__all__ = ["developing"]

_SERVICES = ("EXTERNAL_SERVICE", "LIBRARY", "SHODAN")


@contextlib.contextmanager
def developing(
    command: Path, backend: Path, outside: str, log: Path, **environment: str
) -> Iterator[tuple[str, str]]:
    """Run cmd/local until the block ends; yield its address, and the token that it prints."""
    port = free_port()
    everything = {
        **go_environment(),
        "ADDRESS": f"127.0.0.1:{port}",
        "LOG_LEVEL": "error",
        "RATE_LIMIT": "0",
        **{f"{service}_BASE_URL": outside for service in _SERVICES},
        **{f"{service}_SECRET": "secret" for service in _SERVICES},
        **environment,
    }
    with running([command], lambda: accepts(port), log, folder=backend, environment=everything):
        token = re.search(r"^TOKEN=(\S+)$", log.read_text(encoding="utf-8"), flags=re.MULTILINE)
        assert token is not None, log.read_text(encoding="utf-8")
        yield f"http://127.0.0.1:{port}", token[1]
