"""Backends to judge and to compare: every spec of a case, generated once by the command line."""

from __future__ import annotations

import fcntl
import os
import shutil
from pathlib import Path

import pytest

from commandline import chariot_gen
from trees import REPOSITORY

__all__ = ["CASES", "COMPLETE", "generated", "specs_of"]

CASES = {
    "examples": REPOSITORY / "examples" / "specs",
    "hazards": REPOSITORY / "tests" / "golden" / "tree" / "hazards" / "specs",
}
# No case of its own: the examples, and entities that together offer every operation there is.
COMPLETE = "complete"
_FOLDERS = {**CASES, COMPLETE: REPOSITORY / "tests" / "components" / "specs"}


def specs_of(case: str) -> list[Path]:
    """Return the specs of a case."""
    own = sorted(_FOLDERS[case].glob("*.yaml"))
    return [*own, *specs_of("examples")] if case == COMPLETE else own


def generated(case: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the backend of a case, made by the first worker that asks, hooks on."""
    base = tmp_path_factory.getbasetemp()
    root = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    target = root / f"backend-{case}"
    with (root / f"{case}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (target / "template.yaml").exists():
            shutil.rmtree(target, ignore_errors=True)
            _generate(case, target)
    return target


def _generate(case: str, target: Path) -> None:
    settings = _FOLDERS[case].parent / "chariot.yaml"
    if settings.exists():
        target.mkdir(parents=True)
        shutil.copy(settings, target)
    # The complete one is judged as part of the cases: what is asked of it is how it behaves.
    hooks = ["--no-hooks"] if case == COMPLETE else []
    done = chariot_gen("entity", *specs_of(case), f"--dest={target}", *hooks)
    assert done.code == 0, done.out + done.err
