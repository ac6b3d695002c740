"""What a run is asked to do, and what it says it did."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from chariot_gen.diagnostics import Diagnostic
from chariot_gen.files import Action, Change
from chariot_gen.hooks.timing import Timing
from chariot_gen.pipeline.decisions import NONE, Decisions

if TYPE_CHECKING:
    from chariot_gen.spec.renaming import Renaming

__all__ = ["Progress", "Report", "Request", "silent"]

# Called with a few words whenever a stage begins.
Progress = Callable[[str], None]


def silent(_: str) -> None:
    """Show no progress."""


class Request(msgspec.Struct, frozen=True):
    """One run. ``root`` is the backend's folder; it need not exist.

    ``specs`` are spec files to bring in, from anywhere. ``module`` is the Go module
    path of a new backend. ``decisions`` are about single files. ``hooks`` turns the
    checkers on; formatters always run. ``renaming`` is carried out in the specs first.
    ``removed`` names entities, and fields as ``Entity.field``, that are gone for good,
    however much something new is like them.
    """

    root: Path
    specs: tuple[Path, ...] = ()
    module: str = ""
    hooks: bool = True
    dry_run: bool = False
    decisions: Decisions = NONE
    renaming: Renaming | None = None
    removed: tuple[str, ...] = ()


class Report(msgspec.Struct, frozen=True):
    """What a run did, or would do. ``changes`` names every file it looked at, sorted.

    ``module`` is the backend's module path, and ``module_assumed`` says that nobody
    chose it.
    """

    root: Path
    changes: tuple[Change, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    notices: tuple[str, ...] = ()
    timings: tuple[Timing, ...] = ()
    dry_run: bool = False
    module: str = ""
    module_assumed: bool = False

    @property
    def changed(self) -> tuple[Change, ...]:
        """The changes that touch the tree."""
        return tuple(change for change in self.changes if change.action not in {Action.KEEP, Action.CONFLICT})

    @property
    def marked(self) -> tuple[Change, ...]:
        """The files that conflict markers were written into."""
        return tuple(change for change in self.changes if change.action is Action.MARK)

    @property
    def kept(self) -> tuple[Change, ...]:
        """The files that are not as rendered and were left alone, each with its reason."""
        return tuple(change for change in self.changes if change.action is Action.KEEP and change.reason)
