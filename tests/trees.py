"""Folders as values: what is in them, byte for byte, for tests that compare; and edits by hand."""

from __future__ import annotations

import subprocess
from pathlib import Path

__all__ = ["REPOSITORY", "append", "copy_of_the_checkout", "edit", "mtimes", "tree"]

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


def edit(path: Path, old: str, new: str) -> None:
    """Put one text in the place of another, which must stand in the file exactly once."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{path.name} has {text.count(old)} times: {old}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def append(path: Path, text: str) -> None:
    """Add a text to the end of a file."""
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


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
