"""Backends to judge and to compare: every spec of a case, generated once by the command line."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools import go
from trees import REPOSITORY

__all__ = ["CASES", "COMPLETE", "chariot_gen", "generated"]

CASES = {
    "examples": REPOSITORY / "examples" / "specs",
    "hazards": REPOSITORY / "tests" / "golden" / "tree" / "hazards" / "specs",
}
# No case of its own: the examples, and entities that together offer every operation there is.
COMPLETE = "complete"
_FOLDERS = {**CASES, COMPLETE: REPOSITORY / "tests" / "components" / "specs"}


def chariot_gen(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own, with Go on its PATH."""
    path = os.pathsep.join([str(Path(go()).parent), os.environ["PATH"]])
    return subprocess.run(
        [sys.executable, "-m", "chariot_gen", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PATH": path, **environment},
    )


def generated(case: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the backend of a case, made by the first worker that asks, hooks on."""
    base = tmp_path_factory.getbasetemp()
    root = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    target = root / f"backend-{case}"
    with (root / f"{case}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (target / "template.yaml").exists():
            shutil.rmtree(target, ignore_errors=True)
            _generate(_FOLDERS[case], target)
    return target


def _generate(folder: Path, target: Path) -> None:
    settings, specs = folder.parent / "chariot.yaml", sorted(folder.glob("*.yaml"))
    if settings.exists():
        target.mkdir(parents=True)
        shutil.copy(settings, target)
    hooks = []
    if folder == _FOLDERS[COMPLETE]:
        # Judged as part of the cases: what is asked of this one is how it behaves.
        specs, hooks = [*specs, *sorted(CASES["examples"].glob("*.yaml"))], ["--no-hooks"]
    done = chariot_gen("entity", *specs, f"--dest={target}", *hooks)
    assert done.returncode == 0, done.stdout + done.stderr
