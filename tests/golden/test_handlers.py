"""Specs in, HTTP handlers and mains out: one folder of pairs to read side by side."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

import pytest

from chariot_gen.model.api import Operation
from chariot_gen.plan.plan import plan_files
from chariot_gen.render.renderer import render
from chariot_gen.resources import template_root
from stacks import backend, example

if TYPE_CHECKING:
    from pytest_golden.plugin import GoldenTestFixture


def emitted(path: str, *specs: str) -> str:
    plan = next(plan for plan in plan_files(backend(*specs)) if plan.path == path)
    return render(plan, template_root()).text


OPERATIONS = """
entity: Gadget
kind: table
description: A gadget.
key: "#gadget#{{serial}}"
fields:
  serial: {{ desc: Serial number., required: true }}
  title: {{ desc: Its title. }}
  maker: {{ desc: Who made it. }}
services:
  catalogue:
    base_url: https://catalogue.example.com
    calls:
      find:
        path: /{{serial}}
        params: {{ serial: {{ in: path, field: serial }} }}
        response: {{ maker: {{}} }}
        map: {{ maker: maker }}
api: {{ operations: [{operations}] }}
"""
SUBSETS = [
    subset
    for size in (1, 2)
    for subset in itertools.combinations([operation.value for operation in Operation], size)
]


def unused_imports(text: str) -> list[str]:
    """Return the imports of a Go file of which its code does not speak."""
    block = re.search(r"(?s)^import \((.*?)^\)|^import (\S+)$", text, re.MULTILINE)
    paths = re.findall(r'"([^"]+)"', block[0]) if block else []
    code = re.sub(r'//.*|"(?:[^"\\\n]|\\.)*"', "", text.replace(block[0], "") if block else text)
    return [path for path in paths if not re.search(rf"\b{path.rpartition('/')[2]}\.", code)]


@pytest.mark.parametrize("subset", SUBSETS, ids="-".join)
@pytest.mark.parametrize("file", ["gadget_handler.go", "gadget_handler_test.go", "handlers_test.go"])
def test_a_handler_imports_what_its_operations_use_and_no_more(subset: tuple[str, ...], file: str) -> None:
    text = emitted(f"pkg/handler/handlers/{file}", OPERATIONS.format(operations=", ".join(subset)))
    assert unused_imports(text) == []


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
