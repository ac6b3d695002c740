"""All the specs of a backend, of which only those are read that could mean something new."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial

import msgspec

from chariot_gen.model.backend import Backend, Settings
from chariot_gen.model.entity import Entity
from chariot_gen.model.types import NamedKind
from chariot_gen.spec.build import build_entity
from chariot_gen.spec.document import Mapping as MappingNode
from chariot_gen.spec.problems import Problems
from chariot_gen.spec.reach import reached
from chariot_gen.spec.read import Read, Source, read
from chariot_gen.spec.reader import Block
from chariot_gen.spec.rules import Subject
from chariot_gen.spec.source import SourceFile
from chariot_gen.spec.types import TypeReader
from chariot_gen.spec.vocabulary import ENTITY

__all__ = ["Specs", "Understood"]


class Understood(msgspec.Struct, frozen=True):
    """What a sound spec comes to: its entity, and the types that it declares for all.

    It holds for as long as ``text`` is the hash of its text, and ``key`` that of the
    texts of all the specs that it reaches.
    """

    text: str
    key: str
    symbols: Mapping[str, NamedKind]
    entity: Entity


class Specs:
    """The specs by path; ``known`` is what earlier runs understood of them."""

    def __init__(self, files: Sequence[Source], known: Mapping[str, Understood]) -> None:
        """Read what has to be read and build the entities."""
        self._files = {file.path: file for file in files}
        self._texts = {file.path: _digest([file.text]) for file in files}
        self._known = {
            path: known[path]
            for path, text in self._texts.items()
            if path in known and known[path].text == text
        }
        self._reads: dict[str, Read] = {}
        self._entities = {path: spec.entity for path, spec in self._known.items()}
        self._symbols: dict[str, Mapping[str, NamedKind]] = {
            path: spec.symbols for path, spec in self._known.items()
        }
        self._take([path for path in self._files if path not in self._known])
        self._reach = self._reached()
        self._keys = {
            path: _digest(part for other in sorted(near) for part in (other, self._texts[other]))
            for path, near in self._reach.items()
        }
        self._take([path for path, spec in self._known.items() if spec.key != self._keys[path]])

    @cached_property
    def problems(self) -> list[Problems]:
        """What is wrong with each file so far, in the order of the files."""
        return [
            self._reads[path].problems if path in self._reads else Problems(SourceFile(path, file.text))
            for path, file in self._files.items()
        ]

    @cached_property
    def subjects(self) -> tuple[Subject, ...]:
        """What the rules look at, in the order of the files."""
        return tuple(
            Subject(self._entities[path], problems, partial(self._root, path), path in self._known)
            for path, problems in zip(self._files, self.problems, strict=True)
            if path in self._entities
        )

    def backend(self, settings: Settings) -> Backend:
        """Return the backend of sound specs."""
        entities = sorted(self._entities.values(), key=lambda entity: entity.names.go)
        reach = {
            self._entities[path].names.go: frozenset(self._entities[other].names.go for other in near)
            for path, near in self._reach.items()
        }
        return Backend(settings, tuple(entities), reach)

    @property
    def understood(self) -> dict[str, Understood]:
        """What the next run may take for granted of sound specs."""
        return {
            path: self._known.get(path)
            or Understood(self._texts[path], self._keys[path], self._symbols[path], entity)
            for path, entity in self._entities.items()
        }

    def _take(self, paths: Sequence[str]) -> None:
        """Read these files, whatever is known of them, and build their entities."""
        for path in paths:
            self._known.pop(path, None)
            self._reads[path] = read(self._files[path], ENTITY)
            root = self._reads[path].root
            self._symbols[path] = {} if root is None else dict(_declared(root))
        symbols = {name: kind for path in self._files for name, kind in self._symbols[path].items()}
        types = TypeReader(symbols)
        for path in paths:
            found = self._reads[path]
            if found.root is not None:
                self._entities[path] = build_entity(found.root, types, found.problems)

    def _root(self, path: str) -> Block:
        found = self._reads.get(path) or read(self._files[path], ENTITY)
        assert found.root is not None  # noqa: S101 - an entity was built from it
        return found.root

    def _reached(self) -> dict[str, frozenset[str]]:
        paths = list(self._files)
        declared = [self._names(path) for path in paths]
        near = reached([self._files[path].text for path in paths], declared)
        return {
            path: frozenset(paths[number] for number in numbers)
            for path, numbers in zip(paths, near, strict=True)
        }

    def _names(self, path: str) -> set[str]:
        """Return every name by which another spec can mean something in this one."""
        entity = self._entities.get(path)
        return {*self._symbols[path], *([entity.names.go] if entity else [])}


def _declared(root: Block) -> Iterator[tuple[str, NamedKind]]:
    yield root.text("entity"), NamedKind.ENTITY
    for key, kind in (("types", NamedKind.STRUCT), ("enums", NamedKind.ENUM)):
        node = root.value(key)
        if isinstance(node, MappingNode):
            yield from ((entry.key, kind) for entry in node.entries)


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()
