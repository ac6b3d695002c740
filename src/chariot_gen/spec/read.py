"""One file, from text to checked nodes."""

from __future__ import annotations

from typing import Protocol

import msgspec

from chariot_gen.spec.document import parse
from chariot_gen.spec.grammar import Record
from chariot_gen.spec.problems import Problems
from chariot_gen.spec.reader import Block
from chariot_gen.spec.shape import check
from chariot_gen.spec.source import SourceFile

__all__ = ["Read", "Source", "read"]


class Source(Protocol):
    """A file's text, and its path as the user shall see it."""

    @property
    def path(self) -> str:
        """The path in diagnostics."""

    @property
    def text(self) -> str:
        """The whole text."""


class Read(msgspec.Struct, frozen=True):
    """A file after the shape check; ``root`` is None where the YAML itself is broken."""

    problems: Problems
    root: Block | None


def read(file: Source, record: Record) -> Read:
    """Return the nodes of a file, and what is wrong with it so far."""
    problems = Problems(SourceFile(file.path, file.text))
    node = parse(problems)
    problems.next_stage()
    root = None if node is None else Block(file.path, check(node, record, problems), record)
    problems.next_stage()
    return Read(problems, root)
