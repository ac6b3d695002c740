"""The components that emitted backends are tried against, each started from a package."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from backends import COMPLETE, generated
from cloud import Cloud, moto
from dynamodb import dynamodb
from outside import outside_services, told_of
from people import Person, person, serving
from tools import go, run


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


@pytest.fixture(scope="session")
def outside() -> Iterator[str]:
    """The address of the outside services of every entity."""
    with outside_services() as address:
        yield address


@pytest.fixture(scope="session")
def complete(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The generated backend of the examples and of entities that offer all the rest."""
    return generated(COMPLETE, tmp_path_factory)


@pytest.fixture(scope="session")
def command(complete: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command that serves every entity of the complete backend."""
    program = tmp_path_factory.mktemp("command") / "local"
    run([go(), "build", "-o", str(program), "./cmd/local"], complete)
    return program


@pytest.fixture(scope="module", params=["memory", "table"])
def address(
    request: pytest.FixtureRequest,
    command: Path,
    cloud: Cloud,
    outside: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """Where the complete backend is, which keeps its items in memory or in what moto plays."""
    name = request.module.__name__.replace("_", "-")
    environment = {**cloud.environment, "RATE_LIMIT": "10000", "RATE_LIMIT_BURST": "10000"}
    if request.param == "memory":
        environment |= told_of(outside)
    else:
        environment |= told_of(outside, cloud.secret(f"outside-{name}", "secret"))
        environment["TABLE_NAME"] = cloud.table(name, {"created": "S", "pages": "N", "status": "S"})
        environment["BUCKET_NAME"] = cloud.bucket(name)
        environment["TOKEN_SIGNING_SECRET_NAME"] = cloud.secret(f"tokens-{name}", "s" * 64)
    with serving(command, environment, tmp_path_factory.mktemp("log") / "log") as url:
        yield url


@pytest.fixture
def ann(address: str, cloud: Cloud) -> Person:
    """An administrator whom nobody knows yet."""
    return person(address, cloud, "admin")


@pytest.fixture
def bob(address: str, cloud: Cloud) -> Person:
    """Another one."""
    return person(address, cloud, "admin")
