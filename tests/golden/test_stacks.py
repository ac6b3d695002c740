"""Specs in, CloudFormation out: one folder of pairs to read side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from stacks import backend, example, stacks

if TYPE_CHECKING:
    from pytest_golden.plugin import GoldenTestFixture


@pytest.mark.golden_test("render/*resources*.yml")
def test_stack(golden: GoldenTestFixture) -> None:
    specs = [example(name) for name in golden["examples"]]
    assert stacks(backend(*specs))[golden["path"]] == golden.out["output"]
