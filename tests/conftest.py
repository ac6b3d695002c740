"""Fixtures that several folders of tests stand on."""

from __future__ import annotations

from pathlib import Path

import pytest

from backends import CASES, generated


@pytest.fixture(scope="session", params=sorted(CASES))
def case(request: pytest.FixtureRequest) -> str:
    """The name of a case: the examples, the hazards."""
    name: str = request.param
    return name


@pytest.fixture(scope="session")
def backend(case: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The generated backend of a case."""
    return generated(case, tmp_path_factory)


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The generated backend of the examples."""
    return generated("examples", tmp_path_factory)
