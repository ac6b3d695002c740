#!/usr/bin/env python3
"""The least a generator could do: import its libraries; render prepared values; write the files."""

import pickle
import sys
from pathlib import Path

import click  # noqa: F401 - the import is what is measured
import jinja2
import yaml  # noqa: F401

TEMPLATES = Path(__file__).resolve().parents[1] / "template" / "backend"


def environment(prefix: str) -> jinja2.Environment:
    """Return an environment that reads our templates."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        variable_start_string="[[",
        variable_end_string="]]",
        block_start_string="[%",
        block_end_string="%]",
        comment_start_string="[#",
        comment_end_string="#]",
        line_statement_prefix=prefix,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - the output is Go and YAML
    )


def render(prepared: Path, target: Path) -> None:
    """Render every prepared plan below the target."""
    environments = {".go": environment("//%"), "": environment("#%")}
    for path, template, values in pickle.loads(prepared.read_bytes()):  # noqa: S301 - written by run.py
        chosen = environments.get(Path(path).suffix, environments[""])
        file = target / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(chosen.get_template(template).render(values))


if __name__ == "__main__":
    if sys.argv[1] == "render":
        render(Path(sys.argv[2]), Path(sys.argv[3]))
