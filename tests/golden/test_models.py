"""Specs in, the model package out: one folder of pairs to read side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from chariot_gen.plan.plan import plan_files
from chariot_gen.render.renderer import render
from chariot_gen.resources import template_root
from stacks import backend, example

if TYPE_CHECKING:
    from pytest_golden.plugin import GoldenTestFixture

PREFIX = "pkg/model/model/"


def model_files(*specs: str) -> dict[str, str]:
    plans = [plan for plan in plan_files(backend(*specs)) if plan.path.startswith(PREFIX)]
    return {plan.path.removeprefix(PREFIX): render(plan, template_root()).text for plan in plans}


@pytest.mark.golden_test("render/model_*.yml")
def test_model(golden: GoldenTestFixture) -> None:
    specs = [example(name) for name in golden.get("examples") or ()]
    specs += golden.get("specs") or []
    assert model_files(*specs)[golden["file"]] == golden.out["output"]


def test_mixins_are_emitted_only_where_an_entity_embeds_them() -> None:
    shared = ["clock.go", "clock_test.go", "doc.go"]
    assert sorted(model_files(example("key"))) == [*shared, "key.go", "key_test.go"]
    assert sorted(model_files(example("person"))) == [
        *shared, "history.go", "history_test.go", "person.go", "person_test.go",
    ]  # fmt: skip
