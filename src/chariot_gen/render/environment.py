"""The Jinja environments: delimiters that Go and CloudFormation never use.

``[[ x ]]`` prints, ``[% … %]`` and whole-line ``//%`` (Go) or ``#%`` (everything else)
control, ``[# … #]`` comments. There are no globals, no filters and no custom tests: a
template prints what a view has decided.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

__all__ = ["environment_for"]


@cache
def environment_for(root: Path, suffix: str) -> Environment:
    """Return the environment for templates below ``root`` whose output ends with ``suffix``."""
    environment = Environment(
        loader=FileSystemLoader(root),
        variable_start_string="[[",
        variable_end_string="]]",
        block_start_string="[%",
        block_end_string="%]",
        comment_start_string="[#",
        comment_end_string="#]",
        line_statement_prefix="//%" if suffix == ".go" else "#%",
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - the output is Go and YAML; literals are quoted by plan
    )
    environment.globals.clear()
    environment.filters.clear()
    return environment
