"""Renamings: said on the command line, or with ``renamed_from`` in a spec."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Protocol

import msgspec

from chariot_gen.diagnostics import Diagnostic
from chariot_gen.spec.document import Entry, Mapping, Scalar, parse
from chariot_gen.spec.problems import Problems
from chariot_gen.spec.source import SourceFile

__all__ = ["Declared", "Renaming", "Subject", "declared", "members"]

_KEY = "renamed_from"


class Subject(StrEnum):
    """What can be renamed."""

    ENTITY = "entity"
    FIELD = "field"
    SERVICE = "service"


class Renaming(msgspec.Struct, frozen=True):
    """``old`` becomes ``new``. ``entity`` owns the field or the service; for an entity it is empty."""

    subject: Subject
    old: str
    new: str
    entity: str = ""

    @property
    def undone(self) -> Renaming:
        """The way back."""
        return Renaming(self.subject, self.new, self.old, self.entity)

    def __str__(self) -> str:
        owner = f"{self.entity}." if self.entity else ""
        return f"{self.subject} {owner}{self.old} is now {owner}{self.new}"


class Declared(msgspec.Struct, frozen=True):
    """A renaming that the spec of ``entity`` declares."""

    renaming: Renaming
    entity: str
    source: SourceFile
    entry: Entry

    def complaint(self, message: str, remedy: str) -> Diagnostic:
        """Return a finding at the old name."""
        return self.source.diagnostic(self.entry.value.place, message, remedy)


class Source(Protocol):
    """A spec's text, and its path as the user shall see it."""

    @property
    def path(self) -> str:
        """The path in diagnostics."""

    @property
    def text(self) -> str:
        """The whole text."""


def declared(specs: Iterable[Source]) -> tuple[Declared, ...]:
    """Return every renaming that the specs declare, in the order of the files.

    The specs have been checked before; one without the key is not even parsed.
    """
    return tuple(found for spec in specs if _KEY in spec.text for found in _declared(spec))


def _declared(spec: Source) -> Iterator[Declared]:
    source = SourceFile(spec.path, spec.text)
    root = parse(Problems(source))
    name = root.entry("entity") if root else None
    if root is None or name is None or not isinstance(name.value, Scalar):
        return
    entity = name.value.text
    for entry in root.entries:
        if entry.key == _KEY:
            renaming = Renaming(Subject.ENTITY, _text(entry), entity)
            yield Declared(renaming, entity, source, entry)
    for subject in (Subject.FIELD, Subject.SERVICE):
        for owner in members(root, subject):
            said = owner.value.entry(_KEY) if isinstance(owner.value, Mapping) else None
            if said is not None:
                renaming = Renaming(subject, _text(said), owner.key, entity)
                yield Declared(renaming, entity, source, said)


def members(root: Mapping, subject: Subject) -> list[Entry]:
    """Return the fields or the services of an entity's spec."""
    if subject is Subject.SERVICE:
        return _entries(root, "services")
    sets = (entry.value for entry in _entries(root, "field_sets"))
    fields = [inner for group in sets if isinstance(group, Mapping) for inner in _entries(group, "fields")]
    return [*fields, *_entries(root, "fields")]


def _entries(node: Mapping, key: str) -> list[Entry]:
    entry = node.entry(key)
    return list(entry.value.entries) if entry is not None and isinstance(entry.value, Mapping) else []


def _text(entry: Entry) -> str:
    return entry.value.text if isinstance(entry.value, Scalar) else ""
