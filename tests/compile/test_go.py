"""What is emitted for the examples and for the hazards builds, is vetted, linted and tested."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tools import GOLANGCI_LINT, STATICCHECK, go, go_environment, go_tool, gofmt, run

pytestmark = pytest.mark.compile

LEAST_COVERAGE = 90.0


def test_is_formatted(backend: Path) -> None:
    assert run([gofmt(), "-l", "."], backend) == ""


def test_is_vetted(backend: Path) -> None:
    assert run([go(), "vet", "./..."], backend) == ""


def test_builds_for_the_machine_and_for_lambda(backend: Path, tmp_path: Path) -> None:
    run([go(), "build", "./..."], backend)
    lambda_environment = {**go_environment(), "CGO_ENABLED": "0", "GOOS": "linux", "GOARCH": "arm64"}
    run(
        [go(), "build", "-tags", "lambda.norpc", "-o", f"{tmp_path}/", "./cmd/..."],
        backend,
        lambda_environment,
    )


@pytest.mark.parametrize("packages", ["pkg", "cmd"])
def test_its_own_tests_pass_and_cover_it(backend: Path, packages: str) -> None:
    output = run([go(), "test", "-race", "-cover", f"./{packages}/..."], backend)
    coverage = dict(re.findall(r"^ok\s+(\S+)\s.*coverage: ([\d.]+)%", output, flags=re.MULTILINE))
    assert len(coverage) == len(re.findall(r"^ok\s", output, flags=re.MULTILINE)), output
    assert "no test files" not in re.sub(r".*storetest.*", "", output)
    assert {package: share for package, share in coverage.items() if float(share) < LEAST_COVERAGE} == {}


def test_its_module_is_tidy(backend: Path) -> None:
    # It ends with 1 where something is to be changed, and says what it downloads in any case.
    run([go(), "mod", "tidy", "-diff"], backend, {**go_environment(), "GOFLAGS": "-mod=mod"})
    assert run([go(), "mod", "verify"], backend).strip() == "all modules verified"


def test_staticcheck_has_nothing_to_say(backend: Path) -> None:
    assert run([go_tool(STATICCHECK), "-checks", "all", "./..."], backend) == ""


def test_golangci_lint_has_nothing_to_say(backend: Path) -> None:
    # The other case may be judged at the same time, by another worker.
    options = ("--allow-parallel-runners", "--output.json.path=stdout", "--show-stats=false")
    output = run([go_tool(GOLANGCI_LINT), "run", *options, "./..."], backend)
    assert json.loads(output.splitlines()[0])["Issues"] == []
