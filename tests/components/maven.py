"""Java programs: resolved from Maven's repository once for all workers, and run on the JVM."""

from __future__ import annotations

import fcntl
import hashlib
import shutil
from pathlib import Path

from tools import CACHE, run

__all__ = ["jars", "java"]


def java() -> str:
    """Return the java command."""
    found = shutil.which("java")
    assert found is not None, "there is no java; install a JDK, as Debian's default-jdk-headless"
    return found


def jars(pom: Path) -> Path:
    """Return a folder with the dependencies of a project."""
    digest = hashlib.sha256(pom.read_bytes()).hexdigest()[:12]
    folder = CACHE / f"{pom.parent.name}-{digest}"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "complete").exists():
            maven = shutil.which("mvn")
            assert maven is not None, "there is no mvn; install Maven, as Debian's maven"
            copy = ["dependency:copy-dependencies", f"-DoutputDirectory={folder / 'jars'}"]
            run([maven, "-q", "-B", "-f", str(pom), *copy], pom.parent)
            (folder / "complete").touch()
    return folder / "jars"
