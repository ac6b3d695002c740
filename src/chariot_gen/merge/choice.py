"""What a user wants done where an edit and the new rendering change the same place."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from chariot_gen.merge.markers import Side

__all__ = ["STOP", "Choice", "Choices"]


class Choice(StrEnum):
    """One way to go on, by git's names: ours is the file on disk, theirs the new rendering."""

    STOP = "stop"
    MARK = "mark"
    OURS = "ours"
    THEIRS = "theirs"

    @property
    def side(self) -> Side | None:
        """The side that this choice takes, if it takes one."""
        return Side(self.value) if self in {Choice.OURS, Choice.THEIRS} else None


class Choices(msgspec.Struct, frozen=True):
    """One choice for every file, and others for the paths that were named."""

    everywhere: Choice = Choice.STOP
    paths: Mapping[str, Choice] = {}

    def of(self, path: str) -> Choice:
        """Return what was chosen for a path."""
        return self.paths.get(path, self.everywhere)


STOP = Choices()
