"""Compare what is recorded, what lies on disk and what is rendered; decide on every file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
from msgspec.structs import replace

from chariot_gen.files import Action, Change, FilePlan, Ownership
from chariot_gen.merge.choice import Choices
from chariot_gen.merge.decide import Verdict, decide
from chariot_gen.merge.labels import Labels
from chariot_gen.merge.markers import Side, markers_in, take
from chariot_gen.merge.settle import Texts as Sides
from chariot_gen.merge.settle import settle
from chariot_gen.merge.wording import lines_text
from chariot_gen.pipeline.blame import Source
from chariot_gen.pipeline.decisions import NONE, Decisions
from chariot_gen.pipeline.texts import Texts
from chariot_gen.workspace.base import base_path, has_base
from chariot_gen.workspace.manifest import Entry, Manifest
from chariot_gen.workspace.tree import Tree, digest_of

__all__ = ["Outcome", "State", "reconcile", "survey"]

_COMBINED = frozenset({Verdict.MERGE, Verdict.FOREIGN, Verdict.GONE, Verdict.MARKED})
_WRITTEN = frozenset({Verdict.CREATE, Verdict.UPDATE, *_COMBINED})


class State(msgspec.Struct, frozen=True):
    """One path in three versions, by hash, with the verdict on it.

    ``plan`` is None for a file that is no longer generated; ``entry`` is None for one
    that never was. ``kept`` is where the text of the base lies, and ``markers`` are the
    lines on which conflicts begin in a file that a person may edit.
    """

    path: str
    ownership: Ownership
    plan: FilePlan | None
    entry: Entry | None
    base: str | None
    ours: str | None
    theirs: str | None
    verdict: Verdict
    kept: str = ""
    markers: tuple[int, ...] = ()


class Outcome(msgspec.Struct, frozen=True):
    """Every state, and the change that each leads to, both sorted by path."""

    states: tuple[State, ...]
    changes: tuple[Change, ...]


def survey(
    tree: Tree,
    plans: Sequence[FilePlan],
    digests: Mapping[str, str],
    manifests: Mapping[str, Manifest],
    decisions: Decisions = NONE,
) -> tuple[State, ...]:
    """Return the state of every file that is planned or recorded, sorted by path."""
    planned = {plan.path: plan for plan in plans}
    recorded = {entry.path: entry for manifest in manifests.values() for entry in manifest.entries}
    states = []
    for path in sorted(planned.keys() | recorded.keys()):
        plan, entry = planned.get(path), recorded.get(path)
        ownership = plan.ownership if plan else recorded[path].ownership
        ours, theirs = tree.digest(path), digests.get(path)
        base = _base(tree, entry, ours, theirs)
        known = plan is not None and (entry is not None or ours is None)
        if known and decisions.restores(path, ownership, is_there=ours is not None):
            base = ours
        verdict = decide(ownership, base, _as_written(tree, path, ownership, (ours, base, theirs)), theirs)
        if verdict is Verdict.FOREIGN and plan is not None and plan.yields:
            verdict = Verdict.THEIR_OWN
        states.append(State(path, ownership, plan, entry, base, ours, theirs, verdict, base_path(path)))
    return tuple(states)


def reconcile(tree: Tree, states: Sequence[State], texts: Texts, choices: Choices) -> Outcome:
    """Return the change for every state, rendering only what is going to be written."""
    texts.make(
        state.path
        for state in states
        if state.plan is not None and (state.verdict in _WRITTEN or needs_base(tree, state))
    )
    changes = [_change(tree, state, texts, choices) for state in states]
    return Outcome(tuple(states), _laid_out(changes, texts))


def needs_base(tree: Tree, state: State) -> bool:
    """Report whether the kept copy of what we wrote last has to be written anew."""
    if state.plan is None or not has_base(state.plan):
        return False
    return tree.digest(base_path(state.path)) != state.theirs


def _change(tree: Tree, state: State, texts: Texts, choices: Choices) -> Change:
    theirs = texts[state.path] if state.verdict in _WRITTEN else None
    combined = state.verdict in _COMBINED
    sides = Sides(
        base=_known_base(tree, state) if combined else None,
        ours=tree.read(state.path) if combined else None,
        theirs=theirs,
    )
    choice, labels = choices.of(state.path), _labels(state, theirs)
    change = settle(state.path, state.ownership, state.verdict, sides, choice=choice, labels=labels)
    if change.action is Action.KEEP and state.markers:
        return replace(change, reason=lines_text(state.markers))
    return change


def _laid_out(changes: Sequence[Change], texts: Texts) -> tuple[Change, ...]:
    """Return the changes with every merged text in the formatters' layout, all in one go."""
    merged = {change.path: change.text for change in changes if change.action is Action.MERGE and change.text}
    new = texts.laid_out(merged)
    return tuple(
        replace(change, text=new[change.path]) if change.path in new else change for change in changes
    )


def _as_written(
    tree: Tree, path: str, ownership: Ownership, versions: tuple[str | None, str | None, str | None]
) -> str | None:
    """Return the hash of a file of ours without the line endings that a checkout on Windows gives it."""
    ours, base, theirs = versions
    if ownership is not Ownership.GENERATED or ours is None or ours in (base, theirs):
        return ours
    content = tree.read_bytes(path) or b""
    return digest_of(content.replace(b"\r\n", b"\n")) if b"\r\n" in content else ours


def _labels(state: State, theirs: str | None) -> Labels:
    """Return what the markers call the versions: the new one goes back to a spec."""
    return Labels(source=Source(state.plan, theirs or "")) if state.plan else Labels()


def _known_base(tree: Tree, state: State) -> str | None:
    """Return what we last wrote, if the kept copy is what the records say it is.

    Where git left conflicts in the copy, its side is as good as the other: both were ours.
    """
    if tree.digest(state.kept) != state.base:
        return None
    text = tree.read(state.kept) or ""
    return take(text, Side.OURS) if markers_in(state.path, text) else text


def _base(tree: Tree, entry: Entry | None, ours: str | None, theirs: str | None) -> str | None:
    """Return the hash of what we last wrote; after a merge in git, the one that fits best.

    Git merges the kept copy exactly as it merges the file, so it fits where no hash does.
    """
    if entry is None:
        return None
    fitting = next((digest for digest in (ours, theirs) if digest in entry.digests), None)
    if fitting is not None:
        return fitting
    kept = tree.digest(base_path(entry.path))
    if len(entry.digests) == 1 and kept != ours:
        return entry.digests[0]
    return kept or next(iter(entry.digests), None)
