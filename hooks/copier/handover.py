#!/usr/bin/env python3
"""Hand over from Copier to the engine of this checkout.

Copier runs this in the project's folder, with Copier's own Python, which may hold none
of the engine's libraries. Then a private environment is made once, in the user's cache
folder, from this checkout's own metadata, and the engine runs there.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
LIBRARIES = (
    "cfnlint",
    "click",
    "jinja2",
    "merge3",
    "msgspec",
    "samtranslator",
    "tree_sitter",
    "tree_sitter_go",
    "yaml",
)
MISSING_TOOL = 69


def main() -> int:
    """Run the engine; return its exit code."""
    arguments = _parse()
    command = [str(_python()), "-m", "chariot_gen", arguments.door]
    if arguments.door == "entity":
        command.append(str(_spec(arguments.spec)))
        if not Path("chariot.yaml").exists():
            command.append(f"--module={arguments.module}")
    search_path = os.pathsep.join(filter(None, [str(CHECKOUT / "src"), os.environ.get("PYTHONPATH")]))
    code = subprocess.run(
        [*command, "--dest=."], env={**os.environ, "PYTHONPATH": search_path}, check=False
    ).returncode
    if code and arguments.door == "entity":
        _withdraw(arguments)
    return code


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    doors = parser.add_subparsers(dest="door", required=True)
    entity = doors.add_parser("entity")
    entity.add_argument("spec")
    entity.add_argument("--module", required=True)
    entity.add_argument("--answers", required=True)
    doors.add_parser("regen")
    return parser.parse_args()


def _spec(name: str) -> Path:
    """Find the spec: below the project, or where Copier was started."""
    started_in = Path(os.environ.get("PWD", "."))
    for candidate in (Path(name).expanduser(), started_in / name):
        if candidate.is_file():
            return candidate
    sys.exit(f"{name}: there is no such file here or in {started_in}; name the spec by its absolute path")


def _withdraw(arguments: argparse.Namespace) -> None:
    """Remove what Copier has just written, so that a refused spec leaves no trace."""
    for written in (Path(arguments.answers), Path(arguments.spec)):
        if not written.is_absolute() and written.is_file() and not _is_known(written):
            written.unlink()


def _is_known(path: Path) -> bool:
    """Report whether the file belongs to an entity that was generated earlier."""
    return (Path(".chariot") / "entities" / f"{path.stem}.json").exists()


def _python() -> Path:
    if all(importlib.util.find_spec(name) for name in LIBRARIES) and _has_go():
        return Path(sys.executable)
    return _private_python()


def _has_go() -> bool:
    return bool(shutil.which("go") and shutil.which("gofmt")) or importlib.util.find_spec("go") is not None


def _private_python() -> Path:
    """Return the interpreter of the private environment, making it on first use."""
    stamp = hashlib.sha256((CHECKOUT / "pyproject.toml").read_bytes() + sys.version.encode()).hexdigest()
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    home = cache / "chariot-gen" / stamp[:16]
    python = home / "bin" / "python"
    if not (home / "complete").exists():
        print(f"chariot-gen: installing its libraries into {home} (once)", file=sys.stderr)
        venv.create(home, with_pip=True, clear=True)
        _install(python)
        (home / "complete").touch()
    return python


def _install(python: Path) -> None:
    extra = "" if _has_go() else "[go]"
    done = subprocess.run([str(python), "-m", "pip", "install", "--quiet", f"{CHECKOUT}{extra}"], check=False)
    if done.returncode:
        print(
            "chariot-gen: its libraries could not be installed; install them beside Copier instead: "
            "pipx inject copier 'chariot-gen[go]'",
            file=sys.stderr,
        )
        sys.exit(MISSING_TOOL)


if __name__ == "__main__":
    sys.exit(main())
