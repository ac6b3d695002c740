"""What openapi.yaml says and what the backend does are one: schemathesis tries to tell them apart."""

from __future__ import annotations

import dataclasses
import os
import re
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from openapi_spec_validator import OpenAPIV31SpecValidator

from cloud import Cloud
from development import developing
from graph_server import neo4j
from tools import go, go_environment, run

pytestmark = pytest.mark.xdist_group("openapi")

LEAST_CASES = 5000
METHODS = ("delete", "get", "patch", "post", "put")


@pytest.fixture(scope="module")
def api(
    complete: Path, command: Path, outside: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, str]]:
    """The address of the complete backend's development command, and a token that it takes."""
    log = tmp_path_factory.mktemp("local") / "log"
    with developing(command, complete, outside, log) as started:
        yield started


@pytest.fixture(scope="module")
def databases(
    complete: Path,
    command: Path,
    outside: str,
    cloud: Cloud,
    table_server: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[str, str]]:
    """The same of one that keeps items in DynamoDB and nodes in Neo4j; moto plays the rest of AWS."""
    folder = tmp_path_factory.mktemp("databases")
    indexes = {"created": "S", "pages": "N", "status": "S"}
    environment = {
        # The command takes its own token, and none of the user pool.
        **{name: value for name, value in cloud.environment.items() if not name.startswith("JW")},
        "AWS_ENDPOINT_URL_DYNAMODB": table_server,
        "TABLE_NAME": dataclasses.replace(cloud, url=table_server).table("databases", indexes),
        "BUCKET_NAME": cloud.bucket("databases"),
    }
    with neo4j(folder) as graph:
        run([go(), "run", "./cmd/migrate"], complete, {**go_environment(), **graph.environment})
        environment |= {"NEO4J_URI": graph.uri, "NEO4J_SECRET": graph.secret}
        with developing(command, complete, outside, folder / "command", **environment) as started:
            yield started


def test_the_document_is_openapi(backend: Path) -> None:
    document = yaml.safe_load((backend / "openapi.yaml").read_text(encoding="utf-8"))
    OpenAPIV31SpecValidator(document).validate()


def test_every_registered_route_is_described_and_nothing_else(backend: Path) -> None:
    document = yaml.safe_load((backend / "openapi.yaml").read_text(encoding="utf-8"))
    described = {
        (method.upper(), path)
        for path, item in document["paths"].items()
        for method in item
        if method in METHODS
    }
    assert described == _registered(backend)


def _registered(backend: Path) -> set[tuple[str, str]]:
    """Return what the Go registers: the patterns in its text, and the routes of a type made from its name.

    The tokens' patterns count where a command serves them.
    """
    sources = (path for path in (backend / "pkg").rglob("*.go") if not path.name.endswith("_test.go"))
    lines = [line for path in sources for line in path.read_text(encoding="utf-8").splitlines()]
    code = "\n".join(line for line in lines if not line.lstrip().startswith("//"))
    patterns = set(re.findall(r'"(GET|PUT|POST|PATCH|DELETE) (/[^"]*)"', code))
    if not (backend / "cmd" / "api").exists():
        patterns = {(method, path) for method, path in patterns if not path.startswith("/token")}
    held = re.findall(r'FileRules\{\s+Path:\s+"([^"]+)"', code)
    patterns |= {(method, f"{path}/{{key}}/file") for path in held for method in ("GET", "PUT")}
    for name, demanded in re.findall(
        r'chariot\.Type\{\s+Name:\s+"(\w+)".*?Entitlements\{(.*?)\}', code, re.DOTALL
    ):
        offered = set(re.findall(r"(\w+):", demanded))
        methods = {"Change": "PUT", "Create": "POST", "Delete": "DELETE"}
        patterns |= {(methods[word], f"/{name}") for word in offered & set(methods)}
    return patterns


def test_every_described_operation_is_served(complete: Path, api: tuple[str, str]) -> None:
    address, token = api
    document = yaml.safe_load((complete / "openapi.yaml").read_text(encoding="utf-8"))
    for path in document["paths"]:
        described = _described(document, path)
        for method in (name.upper() for name in METHODS):
            status, allowed = _status(
                f"{address}{path.replace('{key}', '%23none%231').replace('{id}', 'none')}", method, token
            )
            assert (status != 405) is (method in described), f"{method} {path}: {status}"
            if status == 405:
                assert set(allowed.replace(" ", "").split(",")) - {"HEAD"} == described, path


def _described(document: dict[str, Any], path: str) -> set[str]:
    """Return the methods of a path: where it is a word, it is a key too, as in ``/api/document/batch``."""
    taken = [other for other in document["paths"] if other == path or other == re.sub(r"\w+$", "{key}", path)]
    return {method.upper() for other in taken for method in document["paths"][other] if method in METHODS}


def _status(url: str, method: str, token: str) -> tuple[int, str]:
    request = urllib.request.Request(url, method=method, headers={"Authorization": f"Bearer {token}"})
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            return response.status, response.headers.get("Allow", "")
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.headers.get("Allow", "")


def test_the_document_and_the_page_are_served_to_everyone(complete: Path, api: tuple[str, str]) -> None:
    address, _ = api
    with urllib.request.urlopen(f"{address}/openapi.yaml", timeout=30) as response:
        assert response.read() == (complete / "openapi.yaml").read_bytes()
        assert response.headers["Content-Type"] == "application/yaml"
    with urllib.request.urlopen(f"{address}/docs", timeout=30) as response:
        page, policy = response.read().decode(), response.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    for asset in re.findall(r'(?:src|href)="([^"]+)"', page):
        with urllib.request.urlopen(f"{address}{asset}", timeout=30) as response:
            assert response.status == 200


def test_schemathesis_finds_no_difference(complete: Path, api: tuple[str, str], tmp_path: Path) -> None:
    assert _compared(complete, api, tmp_path, examples=60) >= LEAST_CASES


def test_schemathesis_finds_no_difference_on_databases(
    complete: Path, databases: tuple[str, str], tmp_path: Path
) -> None:
    assert _compared(complete, databases, tmp_path, examples=5) >= LEAST_CASES


def _compared(backend: Path, api: tuple[str, str], folder: Path, *, examples: int) -> int:
    """Run schemathesis with so many examples an operation and phase; return how many requests it made up."""
    address, token = api
    here = Path(__file__).parent
    command = [
        *(sys.executable, "-m", "schemathesis.cli", "--config-file", str(here / "schemathesis.toml")),
        *("run", str(backend / "openapi.yaml")),
        *("--url", address, "--header", f"Authorization: Bearer {token}"),
        *("--seed", "1", "--max-examples", str(examples), "--request-timeout", "60"),
        *("--no-color", "--workers", "1"),
    ]
    environment = {**os.environ, "SCHEMATHESIS_HOOKS": "schemathesis_hooks", "PYTHONPATH": str(here)}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=900
    )
    assert done.returncode == 0, done.stdout + done.stderr
    cases = re.search(r"(\d+) generated", done.stdout)
    assert cases is not None, done.stdout
    return int(cases[1])
