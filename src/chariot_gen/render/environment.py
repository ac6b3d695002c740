"""The Jinja environments: delimiters that Go and CloudFormation never use.

``[[ x ]]`` prints, ``[% … %]`` and whole-line ``//%`` (Go) or ``#%`` (everything else)
control, ``[# … #]`` comments. There are no globals, no filters and no custom tests: a
template prints what a view has decided.
"""

from __future__ import annotations

import contextlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import BytecodeCache, Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined

from chariot_gen.resources import cache_root

if TYPE_CHECKING:
    from jinja2.bccache import Bucket

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
        bytecode_cache=_compiled(),
    )
    environment.globals.clear()
    environment.filters.clear()
    return environment


class _Forgiving(FileSystemBytecodeCache):
    """Jinja's cache of compiled templates, where a full disk costs time and nothing else."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        with contextlib.suppress(OSError):
            super().dump_bytecode(bucket)


def _compiled() -> BytecodeCache | None:
    """Return the cache of compiled templates in the user's own folder, or None where there can be none.

    Compiling takes most of a run's time. Jinja checks each entry against the template's
    text, its own version and Python's.
    """
    folder = cache_root() / "templates"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        return None
    return _Forgiving(str(folder))
