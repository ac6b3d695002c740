"""The emitted stores of nodes and edges, and Lambdas on top of them, against Neo4j itself."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from backends import CASES
from caller import Caller
from cloud import Cloud
from commandline import chariot_gen
from graph_server import GraphServer, neo4j
from runtime import function
from tools import go, go_environment, run

pytestmark = pytest.mark.compile

HAS_PORT = """\
entity: HasPort
kind: relationship
description: The edge from a host to one of its open ports.
relationship: { label: HAS_PORT, from: Host, to: Port }
key: "#hasport#{source}#{target}"
fields:
  username: { desc: Account that owns the edge. }
  capability: { desc: Capability that found the port. }
storage: { graph: { indexes: [capability] } }
triggers: [api]
"""
PORT = {"source": "#asset#a#b", "protocol": "tcp", "port": 443}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphServer]:
    """A Neo4j for these tests."""
    with neo4j(tmp_path_factory.mktemp("neo4j")) as started:
        yield started


@pytest.fixture(scope="module")
def backend(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backend with two kinds of nodes and the edge between them."""
    root = tmp_path_factory.mktemp("backend")
    specs = root / "written"
    specs.mkdir()
    for name in ("host", "port"):
        shutil.copy(CASES["examples"] / f"{name}.yaml", specs)
    (specs / "has_port.yaml").write_text(HAS_PORT, encoding="utf-8")
    target = root / "backend"
    done = chariot_gen("entity", *sorted(specs.glob("*.yaml")), f"--dest={target}", "--no-hooks")
    assert done.code == 0, done.out + done.err
    return target


@pytest.fixture(scope="module")
def callers(
    server: GraphServer, backend: Path, cloud: Cloud, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Caller]]:
    """An administrator's callers by Lambda, after the graph was prepared twice."""
    for _ in range(2):
        run([go(), "run", "./cmd/migrate"], backend, {**go_environment(), **server.environment})
    folder = tmp_path_factory.mktemp("lambdas")
    secret = cloud.secret("graph", server.secret)
    environment = {
        **cloud.environment,
        "TABLE_NAME": cloud.table("items-graph"),
        "NEO4J_URI": server.uri,
        "NEO4J_SECRET_NAME": secret,
    }
    token = cloud.token("graph-admin", "admin")
    with ExitStack() as stack:
        found = {}
        for command in ("host", "port", "hasport"):
            run([go(), "build", "-o", str(folder / command), f"./cmd/{command}"], backend)
            started = stack.enter_context(function(folder / command, environment, folder / f"{command}.log"))
            found[command] = Caller(started, "2.0", token)
        yield found


def test_the_stores_keep_the_contract(server: GraphServer, backend: Path) -> None:
    command = [go(), "test", "-tags", "integration", "-run", "Integration", "-race", "./pkg/neo4jclient"]
    run(command, backend, {**go_environment(), "CGO_ENABLED": "1", **server.environment})


def _made(caller: Caller, path: str, body: dict[str, Any]) -> str:
    status, created, _ = caller.send("POST", path, body)
    assert status == 201, created
    key: str = created["key"]
    return key


def test_an_edge_lives_as_long_as_its_nodes(callers: dict[str, Caller]) -> None:
    host = _made(callers["host"], "/api/host", {"ip": "198.51.100.7"})
    port = _made(callers["port"], "/api/port", PORT)
    edge = _made(callers["hasport"], "/api/hasport", {"source": host, "target": port, "capability": "scan"})

    item = f"/api/hasport/{quote(edge, safe='')}"
    status, got, _ = callers["hasport"].send("GET", item)
    assert (status, got["source"], got["target"]) == (200, host, port)
    status, page, _ = callers["hasport"].send("GET", "/api/hasport")
    assert status == 200
    assert [found["key"] for found in next(iter(page.values()))] == [edge]

    assert callers["host"].send("DELETE", f"/api/host/{quote(host, safe='')}")[0] == 204
    assert callers["hasport"].send("GET", item)[0] == 404
    assert callers["port"].send("GET", f"/api/port/{quote(port, safe='')}")[0] == 200


def test_an_edge_without_its_nodes_is_refused(callers: dict[str, Caller]) -> None:
    body = {"source": "#host#192.0.2.1", "target": "#port#none", "capability": "scan"}
    status, answer, _ = callers["hasport"].send("POST", "/api/hasport", body)
    assert (status, answer["code"]) == (422, "unprocessable"), answer


def test_tenants_do_not_see_each_other(callers: dict[str, Caller], cloud: Cloud) -> None:
    key = _made(callers["host"], "/api/host", {"ip": "203.0.113.9"})
    stranger = Caller(callers["host"].served, "2.0", cloud.token("graph-stranger", "admin"))
    assert stranger.send("GET", f"/api/host/{quote(key, safe='')}")[0] == 404
    status, page, _ = stranger.send("GET", "/api/host")
    assert (status, next(iter(page.values()))) == (200, [])


def test_a_wrong_password_is_told_to_nobody(server: GraphServer, backend: Path) -> None:
    environment = {
        **go_environment(),
        **server.environment,
        "NEO4J_SECRET": '{"username":"neo4j","password":"guess"}',
    }
    with pytest.raises(AssertionError) as refused:
        run([go(), "run", "./cmd/migrate"], backend, environment)
    assert "guess" not in str(refused.value)
    assert "Unauthorized" in str(refused.value)
