"""Follow files that hold conflict markers: marked by a run, by git, or just resolved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from chariot_gen.files import Action, Ownership
from chariot_gen.merge.decide import Verdict, decide
from chariot_gen.merge.markers import Side, leftovers, markers_in, take
from chariot_gen.pipeline.reconcile import Outcome, State
from chariot_gen.pipeline.texts import Texts
from chariot_gen.workspace.conflicts import CONFLICTS, Marked, conflicts_text, theirs_path
from chariot_gen.workspace.tree import Tree, digest_of

__all__ = ["followed", "marks", "resolved_files", "resolving_files"]

_LOOKED_INTO = frozenset({Verdict.EDITED, Verdict.MERGE})


def followed(tree: Tree, states: Sequence[State], marked: Mapping[str, Marked]) -> tuple[State, ...]:
    """Return the states, those of files with markers or just without them put right."""
    return tuple(_followed(tree, state, marked.get(state.path)) for state in states)


def _followed(tree: Tree, state: State, mark: Marked | None) -> State:
    if state.ownership is not Ownership.MERGED or state.plan is None or state.ours == state.base:
        return state
    if mark is not None:
        return _in_resolution(tree, state, mark)
    if state.verdict not in _LOOKED_INTO:
        return state
    lines = markers_in(state.path, tree.read(state.path) or "")
    if not lines:
        return state
    verdict = Verdict.MARKED if state.verdict is Verdict.MERGE else state.verdict
    return replace(state, markers=lines, verdict=verdict)


def _in_resolution(tree: Tree, state: State, mark: Marked) -> State:
    """Take the rendering that the markers are about for what we wrote last, once they are gone."""
    kept = theirs_path(state.path)
    if tree.digest(kept) != mark.theirs:
        kept, base = state.kept, state.base
    else:
        base = mark.theirs
    lines = leftovers(state.path, tree.read(state.path) or "")
    if lines:
        return replace(state, base=base, kept=kept, markers=lines, verdict=Verdict.MARKED)
    if mark.before and state.ours == mark.before:
        return state
    verdict = decide(state.ownership, base, state.ours, state.theirs)
    return replace(state, base=base, kept=kept, verdict=verdict)


def resolved_files(tree: Tree, outcome: Outcome) -> dict[str, bytes | None]:
    """Return the files that were resolved since the last run: no hook has seen them yet."""
    found = {}
    for state in outcome.states:
        if state.kept == theirs_path(state.path) and state.ours is not None:
            found[state.path] = tree.read_bytes(state.path)
    return found


def marks(tree: Tree, outcome: Outcome, texts: Texts) -> dict[str, Marked]:
    """Return the files that the outcome leaves with markers."""
    found = {}
    for state, change in zip(outcome.states, outcome.changes, strict=True):
        if change.action is Action.MARK and change.text is not None:
            taken = take(change.text, Side.OURS) or ""
            before = tree.read(state.path) or ""
            put_back = "" if taken == before else digest_of(before.encode("utf-8", "surrogateescape"))
            found[state.path] = Marked(digest_of(texts[state.path]), put_back)
    return found


def resolving_files(
    found: Mapping[str, Marked], before: Mapping[str, Marked], texts: Texts
) -> dict[str, bytes | None]:
    """Return what records the files with markers, and what goes of those that have none any more."""
    writes: dict[str, bytes | None] = {theirs_path(path): None for path in before if path not in found}
    writes |= {theirs_path(path): texts[path].encode() for path in found if found[path] != before.get(path)}
    if found or before:
        writes[CONFLICTS] = conflicts_text(found).encode() if found else None
    return writes
