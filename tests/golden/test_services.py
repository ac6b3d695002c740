"""Specs in, clients of outside services out: one folder of pairs to read side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from chariot_gen.plan.plan import plan_files
from chariot_gen.render.renderer import render
from chariot_gen.resources import template_root
from stacks import backend, example

if TYPE_CHECKING:
    from pytest_golden.plugin import GoldenTestFixture


def service_files(*specs: str) -> dict[str, str]:
    plans = [plan for plan in plan_files(backend(*specs)) if plan.path.startswith("pkg/service/")]
    return {plan.path.removeprefix("pkg/service/"): render(plan, template_root()).text for plan in plans}


@pytest.mark.golden_test("render/service_*.yml")
def test_service(golden: GoldenTestFixture) -> None:
    specs = [example(name) for name in golden.get("examples") or ()]
    specs += [golden["spec"]] if golden.get("spec") else []
    assert service_files(*specs)[golden["file"]] == golden.out["output"]


def test_a_backend_without_services_has_no_package_for_them() -> None:
    assert service_files(example("key")) == {}


def test_a_backend_has_a_client_and_a_test_for_each_service() -> None:
    assert sorted(service_files(example("new_entity"), example("host"))) == [
        "doc.go",
        "errors.go",
        "external_service_client.go",
        "external_service_client_test.go",
        "path.go",
        "replies_test.go",
        "shodan_client.go",
        "shodan_client_test.go",
    ]
