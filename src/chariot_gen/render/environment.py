"""The Jinja environments: delimiters that Go and CloudFormation never use.

``[[ x ]]`` prints, ``[% … %]`` and whole-line ``//%`` (Go) or ``#%`` (everything else)
control, ``[# … #]`` comments. There are no globals, no filters and no custom tests: a
template prints what a view has decided.
"""

from __future__ import annotations

import contextlib
import marshal
import pickle
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import (
    BytecodeCache,
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    StrictUndefined,
    Template,
)
from jinja2.bccache import bc_magic

from chariot_gen.resources import cache_root

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from jinja2.bccache import Bucket

__all__ = ["environment_for"]


@cache
def environment_for(root: Path, suffix: str) -> Environment:
    """Return the environment for templates below ``root`` whose output ends with ``suffix``."""
    environment = _Environment(
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
        autoescape=False,
        bytecode_cache=_compiled(),
    )
    environment.globals.clear()
    environment.filters.clear()
    return environment


class _Environment(Environment):
    """Gives a template that is loaded as it is: templates do not change while a run lasts."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - Jinja's own
        super().__init__(**settings)
        self._loaded: dict[str, Template] = {}

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - Jinja's own
    ) -> Template:
        """Return a template by its path below the root, whoever includes it."""
        if isinstance(name, Template):
            return name
        found = self._loaded.get(name)
        if found is None:
            found = self._loaded[name] = super().get_template(name, parent, globals)
        return found


class _Forgiving(FileSystemBytecodeCache):
    """Jinja's cache of compiled templates, where a full disk costs time and nothing else."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read an entry at once: from a file, ``marshal`` asks for every few bytes anew."""
        head = bc_magic + pickle.dumps(bucket.checksum, 2)
        with contextlib.suppress(OSError, EOFError, ValueError, TypeError):
            content = Path(self._get_cache_filename(bucket)).read_bytes()
            if content.startswith(head):
                bucket.code = marshal.loads(memoryview(content)[len(head) :])  # noqa: S302 - our own folder

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
