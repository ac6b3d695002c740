"""With ``tabularium:`` in chariot.yaml, types register with that module instead of the emitted one.

The public module is not to be had from every module proxy, so a stand-in of the same path and API
takes its place through a ``replace`` directive, as it does in a team's own monorepo.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from backends import chariot_gen
from tools import go, go_environment, run
from trees import REPOSITORY

pytestmark = pytest.mark.compile

MODULE = "github.com/praetorian-inc/tabularium"
SPECS = sorted((REPOSITORY / "examples" / "specs").glob("*.yaml"))


@pytest.fixture(scope="module")
def registered(tmp_path_factory: pytest.TempPathFactory, examples: Path) -> Path:
    """The example backend, registering with a module beside it."""
    root = tmp_path_factory.mktemp("monorepo")
    _stand_in(root / "tabularium", examples)
    backend = root / "backend"
    backend.mkdir()
    (backend / "chariot.yaml").write_text(
        f"module: github.com/acme/backend\ntabularium: {{ module: {MODULE}, version: v1.0.132 }}\n"
    )
    (backend / "go.mod").write_text(
        f"module github.com/acme/backend\n\ngo 1.26\n\nrequire {MODULE} v1.0.132\n\n"
        f"replace {MODULE} => ../tabularium\n"
    )
    done = chariot_gen("entity", *SPECS, f"--dest={backend}")
    assert done.returncode == 0, done.stdout + done.stderr
    return backend


def _stand_in(target: Path, backend: Path) -> None:
    (target / "pkg").mkdir(parents=True)
    shutil.copytree(backend / "pkg" / "registry", target / "pkg" / "registry")
    for test in (target / "pkg" / "registry").glob("*_test.go"):
        test.unlink()
    (target / "go.mod").write_text(f"module {MODULE}\n\ngo 1.24.6\n")


def test_no_registry_of_its_own_is_emitted(registered: Path) -> None:
    assert not (registered / "pkg" / "registry").exists()


def test_the_module_file_keeps_what_the_team_wrote(registered: Path) -> None:
    text = (registered / "go.mod").read_text()
    assert f"replace {MODULE} => ../tabularium" in text
    assert f"{MODULE} v1.0.132" in text


def test_it_builds_is_vetted_and_finds_every_type_by_make_type(registered: Path) -> None:
    run([go(), "vet", "./..."], registered)
    output = run([go(), "test", "-v", "-run", "Registered", "./pkg/model/..."], registered)
    for name in ("NewEntity", "Port", "Technology", "Key", "Person", "Host"):
        assert f"--- PASS: Test{name}Registered" in output or f"Test{name}" in output
    run([go(), "test", "./..."], registered)


def test_its_module_is_tidy(registered: Path) -> None:
    environment = {**go_environment(), "GOFLAGS": "-mod=mod"}
    assert run([go(), "mod", "tidy", "-diff"], registered, environment) == ""
