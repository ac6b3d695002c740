"""Say of every file whether it is what the specs and this generator make of it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

import msgspec

from chariot_gen.files import Action, Change, Ownership
from chariot_gen.merge.decide import Verdict
from chariot_gen.pipeline.generator import generator_digest
from chariot_gen.pipeline.inputs import Inputs, gather
from chariot_gen.pipeline.prepare import prepare
from chariot_gen.pipeline.reconcile import State
from chariot_gen.pipeline.record import encode
from chariot_gen.pipeline.request import Progress, Request, silent
from chariot_gen.workspace.manifest import Manifest, read_manifests
from chariot_gen.workspace.transaction import repair
from chariot_gen.workspace.tree import Tree, digest_of

__all__ = ["Drift", "DriftKind", "DriftReport", "classify"]


class DriftKind(StrEnum):
    """What a file is, compared with what it should be."""

    CURRENT = "current"
    SPEC_NEWER = "spec newer"
    GENERATOR_NEWER = "generator newer"
    EDITED = "edited"
    MISSING = "missing"
    ORPHANED = "orphaned"
    CONFLICTED = "conflicted"


class Drift(msgspec.Struct, frozen=True):
    """One file. ``fails`` says that a person or a run has to do something about it."""

    path: str
    kind: DriftKind
    ownership: Ownership

    @property
    def fails(self) -> bool:
        """Report whether the file is drift: an edit of a merged file is none."""
        if self.kind is DriftKind.EDITED:
            return self.ownership is Ownership.GENERATED
        return self.kind is not DriftKind.CURRENT


class DriftReport(msgspec.Struct, frozen=True):
    """Every file of the backend, sorted by path, and what was repaired on the way."""

    root: Path
    files: tuple[Drift, ...]
    notices: tuple[str, ...] = ()

    @property
    def failing(self) -> tuple[Drift, ...]:
        """The files that are drift."""
        return tuple(drift for drift in self.files if drift.fails)


def classify(root: Path, progress: Progress = silent) -> DriftReport:
    """Classify every file that is planned or recorded; nothing is written."""
    tree = Tree(root.resolve())
    notices = tuple(filter(None, [repair(tree)]))
    manifests = read_manifests(tree)
    inputs = gather(tree, Request(tree.root))
    generator = generator_digest()
    prepared = prepare(tree, inputs, manifests, generator, progress)
    newer = _newer(inputs, manifests, generator)
    # What a renaming would move or edit is as it should be only once that is done.
    renamed = {change.path for change in prepared.carried.changes}
    files = tuple(
        Drift(
            state.path,
            DriftKind.SPEC_NEWER if state.path in renamed else _kind(state, change, newer),
            state.ownership,
        )
        for state, change in zip(prepared.outcome.states, prepared.outcome.changes, strict=True)
    )
    return DriftReport(tree.root, files, notices)


def _newer(inputs: Inputs, manifests: Mapping[str, Manifest], generator: str) -> DriftKind:
    """Say what a changed rendering is to be put down to: a spec if one changed."""
    recorded = {
        manifest.facts.get("spec", ""): manifest.facts.get("spec_sha256", "")
        for owner, manifest in manifests.items()
        if owner
    }
    present = {path: digest_of(encode(text)) for path, text in inputs.at_home().items()}
    backend = manifests.get("")
    upgraded = backend is not None and backend.facts.get("generator") != generator
    return DriftKind.GENERATOR_NEWER if recorded == present and upgraded else DriftKind.SPEC_NEWER


def _kind(state: State, change: Change, newer: DriftKind) -> DriftKind:
    """Return the class of a file; one whose merge is clean is only behind."""
    is_gone = state.entry is not None and state.ours is None and state.theirs is not None
    if is_gone and state.verdict is not Verdict.THEIR_OWN:
        return DriftKind.MISSING
    if state.markers or change.action is Action.CONFLICT:
        return DriftKind.CONFLICTED
    return _KINDS.get(state.verdict, newer)


_KINDS = {
    Verdict.CURRENT: DriftKind.CURRENT,
    Verdict.THEIR_OWN: DriftKind.CURRENT,
    Verdict.EDITED: DriftKind.EDITED,
    Verdict.DELETE: DriftKind.ORPHANED,
    Verdict.ORPHAN: DriftKind.ORPHANED,
}
