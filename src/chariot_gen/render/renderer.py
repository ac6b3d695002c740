"""Render one planned file; say template and line when a template of ours is wrong."""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import Any

import msgspec
from jinja2 import TemplateError as JinjaError
from jinja2 import TemplateSyntaxError
from msgspec.structs import asdict

from chariot_gen.errors import TemplateError
from chariot_gen.files import FilePlan, RenderedFile
from chariot_gen.render.environment import environment_for

__all__ = ["render", "variables"]


def render(plan: FilePlan, root: Path) -> RenderedFile:
    """Return the file's text.

    The fields of the plan's view are the template's variables, by their own names.
    Raises TemplateError, which is a bug of chariot-gen, naming template and line.
    """
    environment = environment_for(root, posixpath.splitext(plan.path)[1])
    try:
        text = environment.get_template(plan.template).render(variables(plan.view))
    except JinjaError as error:
        raise TemplateError(_explain(plan, error)) from error
    return RenderedFile(plan=plan, text=text.rstrip("\n") + "\n")


def variables(view: Any) -> dict[str, Any]:  # noqa: ANN401 - each view is a type of its own
    """Return what a template sees of a view: its fields, by their own names."""
    return asdict(view) if isinstance(view, msgspec.Struct) else dict(view)


def _explain(plan: FilePlan, error: JinjaError) -> str:
    line = error.lineno if isinstance(error, TemplateSyntaxError) else _line_of(error)
    return (
        f"{plan.template}:{line}: {error}; this is a bug in chariot-gen, "
        f"please report it with the spec that produces {plan.path}"
    )


def _line_of(error: JinjaError) -> int:
    line, traceback = 1, error.__traceback__
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename.endswith(".jinja"):
            line = traceback.tb_lineno
        traceback = traceback.tb_next
    return line
