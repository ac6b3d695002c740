"""Run hooks: formatters one after the other, checkers side by side.

Every hook gets the root and the changed paths below it. Exit 0 means it ran, whatever
it found; 2 means it could not, and its last words say why and what installs the tool.
"""

from __future__ import annotations

import runpy
import subprocess
import time
from collections.abc import Callable, Sequence
from functools import cache
from io import StringIO
from pathlib import Path

from chariot_gen.diagnostics import Diagnostic
from chariot_gen.errors import ToolError
from chariot_gen.hooks.find import Hook
from chariot_gen.hooks.findings import parse_findings
from chariot_gen.hooks.timing import Timing

__all__ = ["check", "rewrite"]

_COULD_NOT_RUN = 2
# Far below what the smallest platform allows for one command line.
_ARGUMENT_BYTES = 60_000


def rewrite(
    hooks: Sequence[Hook], root: Path, paths: Sequence[str]
) -> tuple[tuple[Diagnostic, ...], tuple[Timing, ...]]:
    """Let each hook rewrite the files below ``root`` in place; return what it cannot read.

    The first hook that finds something is the last one to run.
    """
    timings: list[Timing] = []
    for hook in hooks:
        started = time.perf_counter()
        findings: list[Diagnostic] = []
        for chunk in _chunks(paths):
            findings += parse_findings(hook.name, _start(hook, root, chunk))
        timings.append(Timing(hook.name, time.perf_counter() - started))
        if findings:
            return tuple(findings), tuple(timings)
    return (), tuple(timings)


def check(
    hooks: Sequence[Hook], root: Path, paths: Sequence[str]
) -> tuple[tuple[Diagnostic, ...], tuple[Timing, ...]]:
    """Return what the hooks find in the staged tree, and how long each took."""
    if not hooks or not paths:
        return (), ()
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - formatters do without

    def one(hook: Hook) -> tuple[tuple[Diagnostic, ...], Timing]:
        started = time.perf_counter()
        output = _start(hook, root, paths)
        return parse_findings(hook.name, output), Timing(hook.name, time.perf_counter() - started)

    with ThreadPoolExecutor(max_workers=len(hooks)) as pool:
        results = list(pool.map(one, hooks))
    findings = {finding: None for found, _ in results for finding in found}
    ordered = sorted(findings, key=lambda finding: (finding.location, finding.rule, finding.message))
    return tuple(ordered), tuple(timing for _, timing in results)


def _start(hook: Hook, root: Path, paths: Sequence[str]) -> str:
    """Run a hook to its end and return what it printed."""
    code, output, words = _call(hook.loaded, root, paths) if hook.loaded else _process(hook, root, paths)
    words = words.strip()
    if code == 0:
        return output
    if code == _COULD_NOT_RUN:
        raise ToolError(f"hooks/{hook.phase}/{hook.name}: {words or 'could not run and gave no reason'}")
    raise ToolError(
        f"hooks/{hook.phase}/{hook.name}: broke off with exit code {code}; "
        f"run it by hand to see why{_tail(words)}"
    )


def _process(hook: Hook, root: Path, paths: Sequence[str]) -> tuple[int, str, str]:
    try:
        done = subprocess.run(  # noqa: S603 - hooks are there to be started
            [*hook.command, str(root), *paths],
            cwd=root,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except OSError as error:
        raise ToolError(
            f"{hook.command[0]}: the {hook.name} hook cannot be started ({error.strerror})"
        ) from error
    return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")


def _call(program: Path, root: Path, paths: Sequence[str]) -> tuple[int, str, str]:
    out, err = StringIO(), StringIO()
    return _main(program)(str(root), list(paths), out, err), out.getvalue(), err.getvalue()


@cache
def _main(program: Path) -> Callable[[str, list[str], StringIO, StringIO], int]:
    main: Callable[[str, list[str], StringIO, StringIO], int] = runpy.run_path(str(program))["main"]
    return main


def _tail(words: str) -> str:
    return f"; its last words: {words.splitlines()[-1]}" if words else ""


def _chunks(paths: Sequence[str]) -> list[list[str]]:
    chunks: list[list[str]] = [[]]
    size = 0
    for path in paths:
        size += len(path) + 1
        if size > _ARGUMENT_BYTES:
            chunks.append([])
            size = len(path) + 1
        chunks[-1].append(path)
    return [chunk for chunk in chunks if chunk]
