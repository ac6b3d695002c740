"""Ask Go's own type checker what the identifiers of a module refer to."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from chariot_gen.errors import ToolError
from chariot_gen.hooks.tools import GET_GO, find_program
from chariot_gen.resources import hooks_root

__all__ = ["Identifier", "index"]


class Identifier(NamedTuple):
    """One identifier: its offset in characters, the address of what it means, whether declared there."""

    offset: int
    address: str
    defines: bool


Index = dict[str, tuple[Identifier, ...]]


def index(roots: Sequence[Path], module: str, words: Iterable[str]) -> list[Index]:
    """Return for each root the identifiers of each file that are one of the words.

    The roots hold versions of one module. Nothing is compiled and no other module is
    read; what depends on one has no address, and a file that is not Go has none at all.
    """
    program = find_program("go")
    if not program:
        raise ToolError(f"go: is needed to follow names through the backend's own code; {GET_GO}")
    source = hooks_root() / "index" / "identifiers.go"
    request = {"module": module, "roots": [str(root) for root in roots], "names": sorted(set(words))}
    done = subprocess.run(  # noqa: S603 - a program of ours
        [program, "run", source.name],
        cwd=source.parent,
        env={**os.environ, "GOFLAGS": "", "GOWORK": "off"},
        input=json.dumps(request),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        reasons = done.stderr.strip().splitlines() or ["nothing"]
        raise ToolError(f"hooks/index/{source.name}: broke off; it said: {reasons[0]}")
    return [
        {
            path: tuple(Identifier(place["offset"], place["address"], place["defines"]) for place in places)
            for path, places in tree.items()
        }
        for tree in json.loads(done.stdout)
    ]
