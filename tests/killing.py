"""Kill runs for real, at random instants between two operations on the disk, and see what is left.

Run as ``python killing.py OLD NEW WORK SEED COUNT``: prints one JSON line for each kill. A fork
saves the start of an interpreter each time; the instants follow from the seed.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

from chariot_gen.cli.app import _run
from chariot_gen.workspace import scratch
from chariot_gen.workspace.transaction import repair
from chariot_gen.workspace.tree import Tree
from trees import tree

__all__ = ["OURS"]

OURS = (".chariot/cache", ".chariot/lock")
_EVENTS = ("open", "os.", "shutil.", "subprocess.", "fcntl.")
# After every so many kills a whole command is the next one, and another finishes the work.
_WHOLE = 10
_WORK = (".chariot/journal.json", ".chariot/journal.json.new", ".chariot/stage")


def _forked(work: Callable[[], str]) -> tuple[int, str]:
    """Do a piece of work in a child; return its wait status and what it answered."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        answer = work()
        os.write(writing, answer.encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as stream:
        answer = stream.read().decode()
    return os.waitpid(child, 0)[1], answer


def _said(*arguments: str) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        code = _run(list(arguments))
    return f"{code} {out.getvalue()}"


def _regen(backend: Path, instant: int) -> tuple[int, str]:
    """Regenerate in a child that dies before its ``instant``-th operation; answer how many there were."""

    def work() -> str:
        count = 0

        def hook(event: str, _: tuple[object, ...]) -> None:
            nonlocal count
            if event.startswith(_EVENTS):
                count += 1
                if count == instant:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(hook)
        _said("regen", "--no-hooks", "--dest", str(backend))
        return str(count)

    return _forked(work)


def _which(backend: Path, old: dict[str, bytes], new: dict[str, bytes]) -> str:
    found = tree(backend, without=OURS)
    return "old" if found == old else "new" if found == new else "mixed"


def main(old: Path, new: Path, work: Path, seed: int, count: int) -> None:
    """Print what each kill led to."""
    scratch._SHARED_MEMORY = str(work)  # what a killed run leaves of its own goes with the rest
    before, after = tree(old, without=OURS), tree(new, without=OURS)
    whole = Path(shutil.copytree(old, work / "whole"))
    total = int(_regen(whole, -1)[1])
    assert _which(whole, before, after) == "new"
    instants = sorted(Random(seed).choices(range(1, total), k=count))  # noqa: S311 - the same instants every time
    for number, instant in enumerate(instants):
        backend = Path(shutil.copytree(old, work / str(number)))
        status, _ = _regen(backend, instant)
        record = {
            "instant": instant,
            "killed": os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL,
            "began": any((backend / path).exists() for path in _WORK),
            "said": _repaired(backend) if number % _WHOLE else _command(backend, "check"),
            "left": _which(backend, before, after),
        }
        if not number % _WHOLE:
            _command(backend, "regen", "--no-hooks")
            record["mended"] = _which(backend, before, after)
        print(json.dumps(record), flush=True)
        shutil.rmtree(backend)


def _repaired(backend: Path) -> str:
    """Do what every command does first."""
    return f"note: {repair(Tree(backend))}"


def _command(backend: Path, *arguments: str) -> str:
    return _forked(lambda: _said(*arguments, "--dest", str(backend)))[1]


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]), *map(int, sys.argv[4:6]))
