"""Find the spec line that caused a line of an emitted file.

Only done for a file that a tool complained about. The file is rendered once more with
its templates changed at load: every ``for`` body opens and closes with a private-use
character, and names the item it stands for. A line belongs to the innermost item around
it that has an ``origin``. The lines are then aligned with those of the formatted file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from pathlib import Path, PurePosixPath

import msgspec
from jinja2 import Environment, nodes

from chariot_gen.diagnostics import Location
from chariot_gen.files import FilePlan
from chariot_gen.render.environment import environment_for
from chariot_gen.render.renderer import variables

__all__ = ["origins"]

_OPEN, _END, _CLOSE = "\ue000", "\ue001", "\ue002"
_FILTER = "origin_of"


def origins(plan: FilePlan, root: Path, formatted: str) -> Mapping[int, Location | None]:
    """Return every line of the formatted file that is as rendered, counted from 1, with its origin.

    The origin is None where no item around the line has one.
    """
    marks: list[Location | None] = []
    environment = _tracing(environment_for(root, PurePosixPath(plan.path).suffix), marks)
    text = environment.get_template(plan.template).render(variables(plan.view))
    traced = list(_lines(text, marks))
    aligned = SequenceMatcher(
        None,
        ["".join(line.text.split()) for line in traced],
        ["".join(line.split()) for line in formatted.splitlines()],
        autojunk=False,
    )
    return {
        after + offset + 1: traced[before + offset].origin
        for before, after, size in aligned.get_matching_blocks()
        for offset in range(size)
    }


class _Line(msgspec.Struct, frozen=True):
    text: str
    origin: Location | None


class _TracingEnvironment(Environment):
    """Marks the body of every loop; what a template prints is otherwise the same."""

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for loop in list(tree.find_all(nodes.For)):
            item = loop.target if isinstance(loop.target, nodes.Name) else None
            if item is not None:
                subject = nodes.Name(item.name, "load", lineno=loop.lineno)
                mark = nodes.Filter(subject, _FILTER, [], [], None, None, lineno=loop.lineno)
                close = nodes.TemplateData(_CLOSE, lineno=loop.lineno)
                loop.body = [
                    nodes.Output([mark], lineno=loop.lineno),
                    *loop.body,
                    nodes.Output([close], lineno=loop.lineno),
                ]
                for node in loop.body:
                    node.set_environment(self)
        return tree


def _tracing(plain: Environment, marks: list[Location | None]) -> Environment:
    """Return an environment like ``plain`` that notes the origin of each item in ``marks``."""

    def note(item: object) -> str:
        origin = getattr(item, "origin", None)
        marks.append(origin if isinstance(origin, Location) else None)
        return f"{_OPEN}{len(marks) - 1}{_END}"

    environment = _TracingEnvironment(
        loader=plain.loader,
        variable_start_string=plain.variable_start_string,
        variable_end_string=plain.variable_end_string,
        block_start_string=plain.block_start_string,
        block_end_string=plain.block_end_string,
        comment_start_string=plain.comment_start_string,
        comment_end_string=plain.comment_end_string,
        line_statement_prefix=plain.line_statement_prefix,
        undefined=plain.undefined,
        trim_blocks=plain.trim_blocks,
        lstrip_blocks=plain.lstrip_blocks,
        keep_trailing_newline=plain.keep_trailing_newline,
        autoescape=False,
        cache_size=0,
    )
    environment.globals.clear()
    environment.filters.clear()
    environment.filters[_FILTER] = note
    return environment


def _lines(text: str, marks: list[Location | None]) -> Iterator[_Line]:
    """Split a marked text; a line takes the origin around its first visible character."""
    around: list[Location | None] = []
    for raw in text.split("\n"):
        plain: list[str] = []
        origin: Location | None = None
        position = 0
        while position < len(raw):
            character = raw[position]
            if character == _OPEN:
                end = raw.index(_END, position)
                own = marks[int(raw[position + 1 : end])]
                around.append(own or (around[-1] if around else None))
                position = end
            elif character == _CLOSE:
                around.pop()
            else:
                plain.append(character)
                if origin is None and not character.isspace() and around:
                    origin = around[-1]
            position += 1
        yield _Line("".join(plain), origin)
