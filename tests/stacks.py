"""The CloudFormation of a backend, from spec text to rendered templates, for tests."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from chariot_gen.files import FilePlan, Ownership
from chariot_gen.model.backend import Backend
from chariot_gen.plan.views.api_stack import api_stack_view
from chariot_gen.plan.views.stack import data_stack_view, entity_stack_view, root_stack_view
from chariot_gen.render.renderer import render
from chariot_gen.resources import template_root
from chariot_gen.spec.load import load

__all__ = ["SETTINGS", "backend", "example", "stacks", "write_stacks"]

EXAMPLES = Path(__file__).resolve().parents[1] / "examples" / "specs"
SETTINGS = "module: example.com/chariot\nname: chariot\ndescription: An inventory of assets.\n"


@dataclass(frozen=True, slots=True)
class _File:
    path: str
    text: str


def example(name: str) -> str:
    """Return the text of one of the examples."""
    return (EXAMPLES / f"{name}.yaml").read_text(encoding="utf-8")


def backend(*specs: str, settings: str = SETTINGS) -> Backend:
    """Return the backend of these specs."""
    files = [_File(f"specs/{number}.yaml", text) for number, text in enumerate(specs)]
    return load(_File("chariot.yaml", settings), files)


def stacks(described: Backend) -> dict[str, str]:
    """Return every template of the backend by its path."""
    plans = [
        FilePlan(
            "template.yaml", "template.yaml.jinja", Ownership.GENERATED, partial(root_stack_view, described)
        ),
        FilePlan(
            "cf-templates/data_resources.yaml",
            "cf-templates/data_resources.yaml.jinja",
            Ownership.GENERATED,
            partial(data_stack_view, described),
        ),
    ]
    for entity in described.rest:
        path = f"cf-templates/{entity.names.snake}_resources.yaml"
        view = partial(entity_stack_view, described, entity)
        plans.append(FilePlan(path, "cf-templates/ENTITY_resources.yaml.jinja", Ownership.MERGED, view))
    if described.chariot:
        path = "cf-templates/api_resources.yaml"
        view = partial(api_stack_view, described)
        plans.append(FilePlan(path, f"{path}.jinja", Ownership.GENERATED, view))
    return {plan.path: render(plan, template_root()).text for plan in plans}


def write_stacks(described: Backend, root: Path) -> list[str]:
    """Write every template below ``root`` and return the paths."""
    texts = stacks(described)
    for path, text in texts.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return sorted(texts)
