"""Folders as values: what is in them, byte for byte, for tests that compare."""

from __future__ import annotations

import subprocess
from pathlib import Path

__all__ = ["REPOSITORY", "copy_of_the_checkout", "mtimes", "tree"]

REPOSITORY = Path(__file__).resolve().parents[1]


def tree(folder: Path, *, without: tuple[str, ...] = ()) -> dict[str, bytes]:
    """Return every file below a folder by its POSIX path, but those below the paths in ``without``."""
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {
        name: path.read_bytes()
        for name, path in sorted(files.items())
        if not any(name == prefix or name.startswith(f"{prefix}/") for prefix in without)
    }


def mtimes(folder: Path) -> dict[str, int]:
    """Return the time of the last write of every file below a folder, in nanoseconds."""
    return {
        path.relative_to(folder).as_posix(): path.stat().st_mtime_ns
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def copy_of_the_checkout(target: Path) -> Path:
    """Copy the files that git knows (as they are now) to ``target`` and return it."""
    names = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=REPOSITORY, capture_output=True, text=True, check=True,
    ).stdout.splitlines()  # fmt: skip
    for name in names:
        source, copy = REPOSITORY / name, target / name
        if source.is_file():
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(source.read_bytes())
            copy.chmod(source.stat().st_mode)
    return target
