"""Files that hold conflict markers because a run was asked to write them.

``.chariot/conflicts.json`` names them, one a line, and ``.chariot/theirs`` keeps the new
rendering of each. The old base stays until a person has resolved the file: only then is that
rendering what we wrote last. Commit both, as the rest of the folder.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

import msgspec

from chariot_gen.errors import WorkspaceError
from chariot_gen.workspace.tree import STATE, Tree

__all__ = ["CONFLICTS", "Marked", "conflicts_text", "read_conflicts", "theirs_path"]

CONFLICTS = f"{STATE}/conflicts.json"
_THEIRS = f"{STATE}/theirs"
_FORMAT = 1


class Marked(msgspec.Struct, frozen=True):
    """A file with markers: the sha256 of the rendering that was merged into it.

    ``before`` is the sha256 of the file without the merge. It is empty where taking yours at
    every place gives that very text: then it is a resolution, and nothing was put back.
    """

    theirs: str
    before: str = ""


def theirs_path(path: str) -> str:
    """Return where the rendering is kept that a file with markers was merged with."""
    return f"{_THEIRS}/{path}"


def read_conflicts(tree: Tree) -> dict[str, Marked]:
    """Return the files that are being resolved, by path."""
    text = tree.read(CONFLICTS)
    if text is None:
        return {}
    files = _parse(text)
    if files is None:
        raise WorkspaceError(
            f"{CONFLICTS}: cannot be understood; restore it from version control, or remove it: conflicts "
            "are then found anew"
        )
    return files


def _parse(text: str) -> dict[str, Marked] | None:
    try:
        document = json.loads(text)
        files = {path: Marked(**record) for path, record in document["files"].items()}
        return files if document["format"] == _FORMAT else None
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def conflicts_text(files: Mapping[str, Marked]) -> str:
    """Return the text of the record: one line a file, sorted."""
    lines = [
        f"    {json.dumps(path)}: {json.dumps({'theirs': mark.theirs, 'before': mark.before})}"
        for path, mark in sorted(files.items())
    ]
    return "\n".join(["{", f'  "format": {_FORMAT},', '  "files": {', ",\n".join(lines), "  }", "}"]) + "\n"
