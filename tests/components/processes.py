"""Servers that tests start: each on a port of its own, waited for, and stopped with the test."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from secrets import SystemRandom

__all__ = ["accepts", "free_port", "running"]

_PATIENCE = 90.0
_PORTS = (15_000, 32_000)


def free_port() -> int:
    """Return a port of the loopback address that nothing listens on.

    It is none of those that the system gives out by itself: it would give it to another test
    before the server that is to have it has started.
    """
    while True:
        port = SystemRandom().randrange(*_PORTS)
        with contextlib.suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            return port


def accepts(port: int) -> bool:
    """Say whether something listens on a port of the loopback address."""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


@contextlib.contextmanager
def running(
    command: Sequence[object],
    ready: Callable[[], bool],
    log: Path,
    *,
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a command until the block ends, entered once it is ready; what it prints goes to ``log``."""
    with log.open("ab") as output:
        process = subprocess.Popen(
            [str(word) for word in command],
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env=environment,
        )
        try:
            _wait(process, ready, log)
            yield process
        finally:
            process.kill()
            process.wait()


def _wait(process: subprocess.Popen[bytes], ready: Callable[[], bool], log: Path) -> None:
    deadline = time.monotonic() + _PATIENCE
    while not ready():
        said = f"\n{log.read_text(encoding='utf-8', errors='replace')}"
        assert process.poll() is None, f"{process.args!r} ended with {process.returncode}{said}"
        assert time.monotonic() < deadline, f"{process.args!r} is not ready after {_PATIENCE:.0f} s{said}"
        time.sleep(0.05)
