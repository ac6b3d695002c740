"""The shape of the code as tests: who may import whom, how long a room may be, what a template may do."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from jinja2 import nodes

from chariot_gen.render.environment import environment_for
from chariot_gen.resources import template_root

SOURCE = Path(__file__).resolve().parents[2] / "src" / "chariot_gen"
PACKAGE = "chariot_gen"

# Lowest first; a module may import from lower rows, and from its own package.
LAYERS = [
    {"diagnostics", "names", "resources"},
    {"errors", "files"},
    {"model"},
    {"spec", "plan"},
    {"render", "merge", "workspace", "hooks"},
    {"pipeline"},
    {"report"},
    {"cli"},
]
LONGEST_MODULE = 260
LONGEST_FUNCTION = 50

# What a template may do: print, loop, test a flag, include.
TEMPLATE_NODES = (
    nodes.Const,
    nodes.For,
    nodes.Getattr,
    nodes.If,
    nodes.Include,
    nodes.Name,
    nodes.Not,
    nodes.Output,
    nodes.Template,
    nodes.TemplateData,
)


def _modules() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def _room(module: Path) -> str:
    return module.relative_to(SOURCE).with_suffix("").parts[0]


def _layer(room: str) -> int:
    return next(index for index, rooms in enumerate(LAYERS) if room in rooms)


def _imports(tree: ast.AST) -> set[str]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return {name.split(".")[1] for name in found if name.startswith(f"{PACKAGE}.")}


def _name(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


@pytest.mark.parametrize("module", _modules(), ids=_name)
def test_imports_only_go_down(module: Path) -> None:
    room = _room(module)
    if room in {"__init__", "__main__"}:
        return
    known = set().union(*LAYERS)
    for target in _imports(ast.parse(module.read_text(encoding="utf-8"))) & known - {room}:
        assert _layer(target) < _layer(room), f"{_name(module)} imports {target}, which is not below it"


def test_every_room_has_its_place_in_the_table() -> None:
    rooms = {_room(module) for module in _modules()} - {"__init__", "__main__"}
    assert rooms == set().union(*LAYERS)


@pytest.mark.parametrize("module", _modules(), ids=_name)
def test_modules_and_functions_are_read_in_one_go(module: Path) -> None:
    text = module.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST_MODULE
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            assert node.end_lineno - node.lineno < LONGEST_FUNCTION, f"{node.name} does not fit a screen"


@pytest.mark.parametrize("module", _modules(), ids=_name)
def test_values_are_quick_to_import(module: Path) -> None:
    """A frozen dataclass takes 0.7 ms to define, at every start; a msgspec.Struct a sixtieth of that."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        assert not (isinstance(node, ast.ImportFrom) and node.module == "dataclasses"), (
            "write class Name(msgspec.Struct, frozen=True); replace and asdict are in msgspec.structs"
        )


@pytest.mark.parametrize("module", _modules(), ids=_name)
def test_every_module_says_what_it_is_for(module: Path) -> None:
    assert ast.get_docstring(ast.parse(module.read_text(encoding="utf-8")))


def _templates() -> list[str]:
    root = template_root()
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*.jinja"))


def _parse(template: str) -> nodes.Template:
    suffix = Path(template.removesuffix(".jinja")).suffix
    environment = environment_for(template_root(), suffix)
    return environment.parse((template_root() / template).read_text(encoding="utf-8"))


@pytest.mark.parametrize("template", _templates())
def test_templates_print_and_never_decide(template: str) -> None:
    for node in _parse(template).find_all(nodes.Node):
        assert isinstance(node, TEMPLATE_NODES), f"line {node.lineno}: {type(node).__name__}"


@pytest.mark.parametrize("template", _templates())
def test_literals_are_quoted_by_code_that_knows_the_language(template: str) -> None:
    text = (template_root() / template).read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), start=1):
        for quote in ('"', "`"):
            hole = f"{quote}[["
            # An import path is the one literal that is a name of ours and never spec text.
            allowed = '"[[ module ]]' in line and quote == '"'
            assert hole not in line or allowed, f"line {number}: a template quotes a hole: {line.strip()}"
