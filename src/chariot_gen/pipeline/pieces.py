"""What single entities bring to the files of the whole backend, so that only changed ones are asked.

Kept in ``.chariot/cache/pieces.bin``: texts by a key over the generator and all that they are
made from. Nothing but texts is read from it; one that is damaged is no file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from functools import cached_property

import msgspec

from chariot_gen.model.entity import Entity
from chariot_gen.plan.recall import Pieces, Recall
from chariot_gen.workspace.tree import STATE, Tree

__all__ = ["PIECES", "KnownPieces"]

PIECES = f"{STATE}/cache/pieces.bin"


class KnownPieces:
    """The pieces that the last run made, and those that this one has asked for."""

    def __init__(self, tree: Tree, generator: str) -> None:
        """Read nothing yet."""
        self._tree, self._generator = tree, generator
        self._asked: dict[str, Pieces] = {}

    def recall(self, sources: Mapping[str, str]) -> Recall:
        """Return what gives pieces of entities whose files are made from these ``sources``."""

        def recalled(entity: Entity, about: str, make: Callable[[], Pieces]) -> Pieces:
            made_from = f"{self._generator}\0{sources[entity.names.snake]}\0{about}"
            key = hashlib.sha256(made_from.encode()).hexdigest()
            found = self._kept.get(key)
            self._asked[key] = make() if found is None else found
            return self._asked[key]

        return recalled

    def content(self) -> bytes:
        """Return the file for the next run: what this one has asked for."""
        return msgspec.msgpack.encode(self._asked)

    @cached_property
    def _kept(self) -> dict[str, Pieces]:
        try:
            return msgspec.msgpack.decode(self._tree.read_bytes(PIECES) or b"\x80", type=dict[str, Pieces])
        except msgspec.MsgspecError:
            return {}
