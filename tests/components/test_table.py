"""The emitted store on DynamoDB itself: the contract of all stores."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import go, go_environment, run

pytestmark = pytest.mark.compile


def test_the_store_keeps_its_contract(table_server: str, examples: Path) -> None:
    """Run the suite that every store passes."""
    done = integration(table_server, examples, "-race", "-v", "-run=Integration")
    assert "--- PASS: TestDynamoDBIntegration/filter" in done


def integration(endpoint: str, backend: Path, *options: str) -> str:
    """Return what the tests of the store print that want a DynamoDB."""
    environment = {**go_environment(), "DYNAMODB_ENDPOINT": endpoint}
    command = [go(), "test", "-count=1", "-tags=integration", *options, "./pkg/store"]
    return run(command, backend, environment)
