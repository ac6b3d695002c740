"""Backends to judge: the examples, and the hazards, each generated once by the command line."""

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

CASES = {
    "examples": REPOSITORY / "examples" / "specs",
    "hazards": REPOSITORY / "tests" / "golden" / "tree" / "hazards" / "specs",
}


@pytest.fixture(scope="session", params=sorted(CASES))
def backend(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backend with every spec of one case; made by the first worker that asks, hooks on."""
    shared = tmp_path_factory.getbasetemp().parent if "PYTEST_XDIST_WORKER" in os.environ else None
    root = shared or tmp_path_factory.getbasetemp()
    target = root / f"backend-{request.param}"
    with (root / f"{request.param}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (target / "template.yaml").exists():
            shutil.rmtree(target, ignore_errors=True)
            _generate(CASES[request.param], target)
    return target


def _generate(specs: Path, target: Path) -> None:
    settings = specs.parent / "chariot.yaml"
    if settings.exists():
        target.mkdir(parents=True)
        shutil.copy(settings, target)
    command = [sys.executable, "-m", "chariot_gen", "entity", *map(str, sorted(specs.glob("*.yaml")))]
    path = os.pathsep.join([str(Path(go()).parent), os.environ["PATH"]])
    done = subprocess.run(
        [*command, f"--dest={target}"],
        capture_output=True, text=True, check=False, env={**os.environ, "PATH": path},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
