"""The way from files to a backend, stage by stage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

import msgspec

from chariot_gen.diagnostics import Diagnostic
from chariot_gen.errors import SpecError
from chariot_gen.model.backend import Backend, Settings
from chariot_gen.model.types import NamedKind
from chariot_gen.spec.build import build_entity, build_settings
from chariot_gen.spec.document import Mapping, parse
from chariot_gen.spec.grammar import Record
from chariot_gen.spec.problems import Problems
from chariot_gen.spec.reader import Block
from chariot_gen.spec.rules import Subject, check_all
from chariot_gen.spec.shape import check
from chariot_gen.spec.source import SourceFile
from chariot_gen.spec.types import TypeReader
from chariot_gen.spec.vocabulary import ENTITY, SETTINGS

__all__ = ["Source", "load"]


class Source(Protocol):
    """A file's text, and its path as the user shall see it."""

    @property
    def path(self) -> str:
        """The path in diagnostics."""

    @property
    def text(self) -> str:
        """The whole text."""


class _Read(msgspec.Struct, frozen=True):
    """A file after the shape check; ``root`` is None where the YAML itself is broken."""

    problems: Problems
    root: Block | None


def load(settings_file: Source, spec_files: Sequence[Source]) -> Backend:
    """Return the backend that these files describe.

    SpecError carries every complaint about every file, in the order of the files and
    then of the lines.
    """
    settings_read = _read(settings_file, SETTINGS)
    reads = [_read(source, ENTITY) for source in spec_files]
    settings = build_settings(settings_read.root) if settings_read.root else None
    types = TypeReader(_symbols(reads))
    subjects = tuple(
        Subject(build_entity(read.root, types, read.problems), read.root, read.problems)
        for read in reads
        if read.root is not None
    )
    check_all(subjects)
    found = [_in_order(read.problems.found) for read in (settings_read, *reads)]
    if any(found) or settings is None:
        raise SpecError([diagnostic for diagnostics in found for diagnostic in diagnostics])
    return _backend(settings, subjects)


def _backend(settings: Settings, subjects: tuple[Subject, ...]) -> Backend:
    entities = sorted((subject.entity for subject in subjects), key=lambda entity: entity.names.go)
    return Backend(settings, tuple(entities))


def _read(file: Source, record: Record) -> _Read:
    problems = Problems(SourceFile(file.path, file.text))
    node = parse(problems)
    problems.next_stage()
    root = None if node is None else Block(file.path, check(node, record, problems), record)
    problems.next_stage()
    return _Read(problems, root)


def _symbols(reads: Sequence[_Read]) -> dict[str, NamedKind]:
    symbols: dict[str, NamedKind] = {}
    for root in (read.root for read in reads if read.root is not None):
        symbols.update(_declared(root))
    return symbols


def _declared(root: Block) -> Iterator[tuple[str, NamedKind]]:
    yield root.text("entity"), NamedKind.ENTITY
    for key, kind in (("types", NamedKind.STRUCT), ("enums", NamedKind.ENUM)):
        node = root.value(key)
        if isinstance(node, Mapping):
            yield from ((entry.key, kind) for entry in node.entries)


def _in_order(diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    return sorted(diagnostics, key=lambda diagnostic: diagnostic.location)
