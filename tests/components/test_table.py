"""The emitted store on DynamoDB itself: the contract of all stores, and how long a call takes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tools import go, go_environment, run

pytestmark = pytest.mark.compile

# What the seed asks of the 95th percentile, in milliseconds.
GOALS = {"create": 150.0, "get": 100.0}


def test_the_store_keeps_its_contract(table_server: str, examples: Path) -> None:
    """Run the suite that every store passes."""
    done = integration(table_server, examples, "-race", "-v", "-run=Integration")
    assert "--- PASS: TestDynamoDBIntegration/filter" in done


def test_calls_are_as_fast_as_promised(table_server: str, examples: Path) -> None:
    """Measure single calls, one after the other; the best of three, as other tests run meanwhile."""
    rounds = ("-benchtime=200x", "-count=3")
    done = integration(table_server, examples, "-run=^$", "-bench=Integration/(create|get)", *rounds)
    found = re.findall(r"BenchmarkDynamoDBIntegration/(\w+)\S*\s.*?([\d.]+) ms/p95", done)
    for name, goal in GOALS.items():
        assert min(float(p95) for call, p95 in found if call == name) < goal, done


def integration(endpoint: str, backend: Path, *options: str) -> str:
    """Return what the tests of the store print that want a DynamoDB."""
    environment = {**go_environment(), "DYNAMODB_ENDPOINT": endpoint}
    command = [go(), "test", "-count=1", "-tags=integration", *options, "./pkg/store"]
    return run(command, backend, environment)
