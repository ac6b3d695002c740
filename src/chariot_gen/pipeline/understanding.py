"""What the specs came to the last time, so that only changed ones are read.

Kept in ``.chariot/cache/specs.bin``: for each spec under ``specs/`` its hashes, the types it
declares, and its entity as a pickle. The pickles may name the classes of the model and
nothing else, so that a file from a stranger can do no more than be wrong; one of another
generator, of another Python, or damaged, is no file.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import pickle
import sys
from collections.abc import Iterator, Mapping

import msgspec

from chariot_gen.model.entity import Entity
from chariot_gen.model.types import NamedKind
from chariot_gen.spec import Understood
from chariot_gen.workspace.tree import STATE, Tree

__all__ = ["UNDERSTANDING", "Understanding"]

UNDERSTANDING = f"{STATE}/cache/specs.bin"
_CLASSES = ("chariot_gen.model.", "chariot_gen.diagnostics")


class _Kept(msgspec.Struct, frozen=True, array_like=True):
    text: str
    key: str
    symbols: dict[str, NamedKind]
    entity: bytes


class _File(msgspec.Struct, frozen=True, array_like=True):
    maker: str
    specs: dict[str, _Kept]


class Understanding(Mapping[str, Understood]):
    """What is known of each spec, by its path in the backend."""

    def __init__(self, tree: Tree, generator: str) -> None:
        """Read the file, if it is this generator's."""
        self._maker = f"{generator} {sys.version} {msgspec.__version__}"
        self._kept: dict[str, _Kept] = {}
        self._entities: dict[str, Entity] = {}
        # Whatever is wrong with the file, it is then none of ours.
        with contextlib.suppress(Exception):
            self._load(tree.read_bytes(UNDERSTANDING) or b"")

    def __getitem__(self, path: str) -> Understood:
        kept = self._kept[path]
        return Understood(kept.text, kept.key, kept.symbols, self._entities[path])

    def __iter__(self) -> Iterator[str]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)

    def content(self, understood: Mapping[str, Understood]) -> bytes:
        """Return the file for the next run."""
        specs = {path: self._keep(path, spec) for path, spec in sorted(understood.items())}
        return msgspec.msgpack.encode(_File(self._maker, specs))

    def _keep(self, path: str, spec: Understood) -> _Kept:
        before = self._kept.get(path)
        if before is not None and (before.text, before.key) == (spec.text, spec.key):
            return before
        return _Kept(spec.text, spec.key, dict(spec.symbols), pickle.dumps(spec.entity, 5))

    def _load(self, content: bytes) -> None:
        file = msgspec.msgpack.decode(content, type=_File)
        if file.maker == self._maker:
            self._entities = {path: _entity(kept.entity) for path, kept in file.specs.items()}
            self._kept = file.specs


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> object:
        if module.startswith(_CLASSES):
            found = getattr(importlib.import_module(module), name)
            if isinstance(found, type) and found.__module__ == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no part of the model")


def _entity(content: bytes) -> Entity:
    entity = _Reader(io.BytesIO(content)).load()
    if not isinstance(entity, Entity):
        raise pickle.UnpicklingError("this is no entity")
    return entity
