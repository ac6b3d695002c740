"""The components that emitted backends are tried against, each started from a package."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cloud import Cloud, moto
from dynamodb import dynamodb


@pytest.fixture(scope="session")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    """AWS as moto plays it, for the whole run of this worker."""
    with moto(tmp_path_factory.mktemp("moto") / "log") as started:
        yield started


@pytest.fixture(scope="session")
def table_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of DynamoDB Local, for the whole run of this worker."""
    with dynamodb(tmp_path_factory.mktemp("dynamodb") / "log") as address:
        yield address
