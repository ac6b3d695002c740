"""Specs in, HTTP handlers and mains out: one folder of pairs to read side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from chariot_gen.plan.plan import plan_files
from chariot_gen.render.renderer import render
from chariot_gen.resources import template_root
from stacks import backend, example

if TYPE_CHECKING:
    from pytest_golden.plugin import GoldenTestFixture


def emitted(path: str, *specs: str) -> str:
    plan = next(plan for plan in plan_files(backend(*specs)) if plan.path == path)
    return render(plan, template_root()).text


@pytest.mark.golden_test("render/handler_*.yml", "render/command_*.yml")
def test_handler(golden: GoldenTestFixture) -> None:
    specs = [example(name) for name in golden.get("examples") or ()] + list(golden.get("specs") or ())
    assert emitted(golden["path"], *specs) == golden.out["output"]


def test_what_no_entity_needs_is_not_emitted() -> None:
    paths = {plan.path for plan in plan_files(backend("entity: Note\nkind: plain\ndescription: A note.\n"))}
    assert not {path for path in paths if path.startswith("pkg/handler/handlers/")}
    assert {path for path in paths if path.startswith("cmd/")} == {
        "cmd/local/backend.go",
        "cmd/local/docs.go",
        "cmd/local/docs.html",
        "cmd/local/docs.js",
        "cmd/local/issuer.go",
        "cmd/local/main.go",
        "cmd/local/main_test.go",
    }
