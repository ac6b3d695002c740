"""With ``tabularium:`` in chariot.yaml, types register with that module instead of the emitted one.

The public module is not to be had from every module proxy. The one in ``tabularium/``, which behaves
as it does where it differs from the emitted registry, takes its place through a ``replace``
directive, as a module does in a team's own monorepo.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml

from backends import COMPLETE, specs_of
from commandline import chariot_gen
from tools import go, go_environment, run

pytestmark = [pytest.mark.compile, pytest.mark.xdist_group("tabularium")]

MODULE = "github.com/praetorian-inc/tabularium"


@pytest.fixture(scope="module", params=["hazards", COMPLETE])
def case(request: pytest.FixtureRequest) -> str:
    """The name of a case; the complete one has the examples."""
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def registered(case: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The backend of a case, registering with a module beside it."""
    root = tmp_path_factory.mktemp("monorepo")
    shutil.copytree(Path(__file__).parent / "tabularium", root / "tabularium")
    backend = root / "backend"
    backend.mkdir()
    (backend / "chariot.yaml").write_text(
        f"module: github.com/acme/backend\ntabularium: {{ module: {MODULE}, version: v1.0.132 }}\n"
    )
    (backend / "go.mod").write_text(
        f"module github.com/acme/backend\n\ngo 1.26\n\nrequire {MODULE} v1.0.132\n\n"
        f"replace {MODULE} => ../tabularium\n"
    )
    done = chariot_gen("entity", *specs_of(case), f"--dest={backend}")
    assert done.code == 0, done.out + done.err
    return backend


def test_no_registry_of_its_own_is_emitted(registered: Path) -> None:
    assert not (registered / "pkg" / "registry").exists()


def test_the_module_file_keeps_what_the_team_wrote(registered: Path) -> None:
    text = (registered / "go.mod").read_text()
    assert f"replace {MODULE} => ../tabularium" in text
    assert f"{MODULE} v1.0.132" in text


def test_every_type_is_found_by_make_type(case: str, registered: Path) -> None:
    output = run([go(), "test", "-v", "-run", "Registered$", "./pkg/model/model"], registered)
    entities = {yaml.safe_load(spec.read_text(encoding="utf-8"))["entity"] for spec in specs_of(case)}
    assert set(re.findall(r"^--- PASS: Test(\w+)Registered ", output, flags=re.MULTILINE)) == entities


def test_it_passes_its_own_tests(registered: Path) -> None:
    run([go(), "test", "./..."], registered)


def test_its_module_is_tidy(registered: Path) -> None:
    # It ends with 1 where something is to be changed, and says what it downloads in any case.
    run([go(), "mod", "tidy", "-diff"], registered, {**go_environment(), "GOFLAGS": "-mod=mod"})
