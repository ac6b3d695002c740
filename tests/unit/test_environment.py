"""A variable is read, documented and, where a stack sets it, of some effect: all three or none."""

from __future__ import annotations

import re

from chariot_gen.resources import template_root
from trees import REPOSITORY

READ = re.compile(
    r'\.(?:Bool|Count|Duration|Level|List|Origins|Required|String|URL)\((?:(\S*)\+)?"([A-Z][A-Z0-9_]+|_[A-Z_]+)"'
)
OF_A_SERVICE = "<SERVICE>"


def _read() -> set[str]:
    commands = [
        path.read_text(encoding="utf-8")
        for path in template_root().rglob("*.go.jinja")
        if not path.name.endswith("_test.go.jinja")
    ]
    found = [match for text in commands for match in READ.findall(text)]
    return {f"{OF_A_SERVICE}{name}" if prefix else name for prefix, name in found}


def _documented() -> set[str]:
    page = (REPOSITORY / "docs" / "backend.md").read_text(encoding="utf-8")
    table = page.partition("## The environment")[2].partition("\n\n## ")[0]
    cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    return {name for cell in cells for name in re.findall(r"`([^`]+)`", cell)}


def _set() -> set[str]:
    stacks = [path.read_text(encoding="utf-8") for path in (template_root() / "cf-templates").iterdir()]
    blocks = [block for text in stacks for block in text.split("Variables:\n")[1:]]
    return {
        name for block in blocks for name in re.findall(r"^ {10}([A-Z][A-Z0-9_]+): ", block, re.MULTILINE)
    }


def test_every_variable_that_is_read_is_documented() -> None:
    assert _documented() == _read()


def test_every_variable_that_a_stack_sets_is_read() -> None:
    assert "TABLE_NAME" in _set()
    assert _set() <= _read()


def test_the_function_alone_decides_what_it_logs() -> None:
    """Lambda takes lines without a level, as those of metrics are, for INFO, and would drop them at WARN."""
    function = (template_root() / "cf-templates" / "_function.yaml.jinja").read_text(encoding="utf-8")
    assert re.findall(r"ApplicationLogLevel: (.+)", function) == ["TRACE"]
    assert "LOG_LEVEL: !Ref LogLevel" in function
