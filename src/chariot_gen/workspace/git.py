"""Tell git of files that moved, as ``git mv`` does, so that their history follows them."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

__all__ = ["move_in_index"]


def move_in_index(root: Path, moves: Mapping[str, str]) -> str:
    """Move the entries of git's index from the old path of each file to its new one.

    Contents stay what was staged, as with ``git mv``: what else changed in a file remains
    to be staged. Files that git does not track are left alone, and so is everything where
    the folder is in no repository. Return a notice where git refused, else nothing.
    """
    git = shutil.which("git")
    if git is None or not moves:
        return ""
    command = [git, "-C", str(root), "--literal-pathspecs"]
    listed = _run([*command, "ls-files", "--stage", "-z", "--", *moves, *moves.values()])
    if listed.returncode != 0:
        return ""
    tracked = dict(_entry(line) for line in listed.stdout.split("\0") if line)
    # What update-index reads are paths from the top of the repository.
    top = _run([*command, "rev-parse", "--show-prefix"]).stdout.rstrip("\n")
    lines = [
        f"0 {'0' * _name_size(about)}\t{top}{old}\0{about}\t{top}{new}\0"
        for old, new in sorted(moves.items())
        if (about := tracked.get(old)) and new not in tracked
    ]
    if not lines:
        return ""
    done = _run([*command, "update-index", "-z", "--index-info"], "".join(lines))
    if done.returncode == 0:
        return ""
    return f"git could not be told which files moved: {done.stderr.strip()}; git add -A finds them too"


def _entry(line: str) -> tuple[str, str]:
    """Return the path of one entry, and its mode, object and stage."""
    about, _, path = line.partition("\t")
    return path, about


def _name_size(about: str) -> int:
    """Return how long the names of objects are in this repository."""
    return len(about.split(" ")[1])


def _run(command: list[str], text: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - git, with paths of ours
        command, input=text, capture_output=True, encoding="utf-8", errors="surrogateescape", check=False
    )
