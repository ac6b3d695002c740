"""The components that emitted backends are tried against, each started from a package."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cloud import Cloud, moto


@pytest.fixture(scope="session")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    """AWS as moto plays it, for the whole run of this worker."""
    with moto(tmp_path_factory.mktemp("moto") / "log") as started:
        yield started
