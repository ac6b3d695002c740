"""The command line in a process of its own, and a small backend made by it."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tools import gofmt
from trees import REPOSITORY

__all__ = ["SPEC", "SPECS", "Done", "chariot_gen", "environment", "new_backend"]

SPECS = REPOSITORY / "examples" / "specs"
SPEC = """\
entity: Note
kind: table
description: A note.
key: "#note#{title}"
fields:
  username: { desc: Account that owns the note., example: user@example.com }
  title: { desc: Title of the note., example: groceries, required: true }
  text: { desc: Text of the note., example: Milk. }
api:
  operations: [create, get]
triggers: [api]
"""


@dataclass(frozen=True)
class Done:
    """How a run of the command line ended."""

    code: int
    out: str
    err: str


def environment(**extra: str) -> dict[str, str]:
    """Return an environment in which the command line finds Go and these sources."""
    path = os.pathsep.join([str(Path(gofmt()).parent), os.environ["PATH"]])
    return {**os.environ, "PATH": path, "PYTHONPATH": str(REPOSITORY / "src"), **extra}


def chariot_gen(*arguments: object, folder: Path | None = None, **extra: str) -> Done:
    """Run the command line in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "chariot_gen", *map(str, arguments)],
        cwd=folder, env=environment(**extra), capture_output=True, text=True, check=False,
    )  # fmt: skip
    return Done(done.returncode, done.stdout, done.stderr)


def new_backend(folder: Path, spec: str = SPEC) -> Path:
    """Make a backend with one small entity, unchecked by go vet, and return its folder."""
    source = folder / "note.yaml"
    source.write_text(spec, encoding="utf-8")
    done = chariot_gen("entity", source, "--dest", folder / "backend", "--no-hooks")
    assert done.code == 0, done.out + done.err
    return folder / "backend"
