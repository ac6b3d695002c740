"""The stages of a run that has something to do: load, plan, render, decide, check, record."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from chariot_gen.diagnostics import Severity
from chariot_gen.errors import CheckError, UsageError
from chariot_gen.files import Action, Change
from chariot_gen.merge.decide import Verdict
from chariot_gen.merge.gomod import requirements
from chariot_gen.model.backend import Backend
from chariot_gen.pipeline.blame import Blame
from chariot_gen.pipeline.gate import judge
from chariot_gen.pipeline.inputs import Inputs
from chariot_gen.pipeline.prepare import Prepared, prepare, refuse_conflicts
from chariot_gen.pipeline.reconcile import State
from chariot_gen.pipeline.record import Facts, bookkeeping, contents, encode
from chariot_gen.pipeline.renames.lookalike import refuse_lookalikes
from chariot_gen.pipeline.renames.sides import spec_changes
from chariot_gen.pipeline.request import Progress, Report, Request
from chariot_gen.pipeline.resolving import resolved_files
from chariot_gen.workspace.base import base_path
from chariot_gen.workspace.git import move_in_index
from chariot_gen.workspace.manifest import read_manifests
from chariot_gen.workspace.overlay import laid_over, on_disk
from chariot_gen.workspace.transaction import commit
from chariot_gen.workspace.tree import STATE, Tree

__all__ = ["all_changes", "bring_up_to_date", "completed"]


def bring_up_to_date(
    tree: Tree, request: Request, inputs: Inputs, generator: str, progress: Progress
) -> Report:
    """Do all of a run that comes after its inputs are read."""
    manifests = read_manifests(tree)
    prepared = prepare(tree, inputs, manifests, generator, progress, decisions=request.decisions)
    backend, changes, carried = prepared.backend, prepared.outcome.changes, prepared.carried
    _refuse_other_module(request, backend)
    refuse_lookalikes(carried.tree, backend, carried.manifests, prepared.outcome, request.removed)
    refuse_conflicts(prepared.outcome, inputs)
    own = {**laid_over(tree), **{path: encode(text) for path, text in inputs.written.items()}}
    made = new = contents(changes)
    progress("checking")
    judgement = judge(
        on_disk(tree),
        resolved_files(tree, prepared.outcome) | {**_outside_of_the_state(carried.writes), **new, **own},
        _blame(tree, prepared),
        resolve=_needs_resolving(tree, backend, changes),
        checks=request.hooks,
    )
    if any(finding.severity is Severity.ERROR for finding in judgement.findings):
        raise CheckError(judgement.findings)
    if judgement.resolved:
        changes = tuple(_resolved(tree, change, dict(judgement.resolved)) for change in changes)
        new = contents(changes)
    reported = all_changes(tree, prepared, changes, inputs)
    notices = (*carried.notices, *judgement.notices)
    if not request.dry_run:
        progress("writing")
        facts = Facts(backend, inputs, generator, made)
        records = bookkeeping(carried.tree, facts, prepared.outcome, prepared.texts, carried.manifests)
        writes = {**carried.writes, **new, **own, **records, **prepared.caches}
        commit(on_disk(tree), writes, {**_seen(prepared.outcome.states), **carried.seen})
        notices = (*notices, *filter(None, [move_in_index(tree.root, _moves(reported))]))
    return Report(
        root=tree.root,
        changes=reported,
        diagnostics=judgement.findings,
        notices=notices,
        timings=(*prepared.texts.timings, *judgement.timings),
        dry_run=request.dry_run,
        module=backend.settings.module,
        module_assumed=inputs.module_assumed,
    )


def completed(tree: Tree, prepared: Prepared) -> tuple[Change, ...]:
    """Return the changes of a run, with module files completed and nothing checked."""
    changes = prepared.outcome.changes
    resolve = _needs_resolving(tree, prepared.backend, changes)
    judgement = judge(tree, contents(changes), _blame(tree, prepared), resolve=resolve, checks=False)
    return tuple(_resolved(tree, change, dict(judgement.resolved)) for change in changes)


def _blame(tree: Tree, prepared: Prepared) -> Blame:
    orphans = [state.path for state in prepared.outcome.states if state.verdict is Verdict.ORPHAN]
    return Blame(on_disk(tree), {plan.path: plan for plan in prepared.plans}, orphans)


def _refuse_other_module(request: Request, backend: Backend) -> None:
    if request.module and request.module != backend.settings.module:
        raise UsageError(
            f"chariot.yaml: says module {backend.settings.module}, --module says {request.module}; change "
            "chariot.yaml or leave --module out"
        )


def _needs_resolving(tree: Tree, backend: Backend, changes: tuple[Change, ...]) -> bool:
    """Report whether go.mod may need more than the emitted requirements.

    It may where it is a person's own, and where Tabularium comes in.
    """
    touched = [
        change
        for change in changes
        if change.path in {"go.mod", "go.sum"} and change.action is not Action.KEEP
    ]
    tabularium = backend.settings.tabularium
    if tabularium is None:
        return any(change.action is Action.MERGE for change in touched)
    required = requirements(tree.read("go.mod") or "")
    return bool(touched) or tabularium.module not in {requirement.path for requirement in required}


def _resolved(tree: Tree, change: Change, resolved: Mapping[str, str]) -> Change:
    """Return a change with the text that a hook completed, if it is of such a file."""
    text = resolved.get(change.path)
    if text is None:
        return change
    if text == tree.read(change.path):
        return Change(change.path, Action.KEEP)
    return replace(change, text=text, action=Action.UPDATE if change.action is Action.KEEP else change.action)


def _seen(states: tuple[State, ...]) -> dict[str, str | None]:
    return {state.path: state.ours for state in states}


def _moves(changes: tuple[Change, ...]) -> dict[str, str]:
    """Return where files were and where they are now, with what is kept of each."""
    moved = {change.was: change.path for change in changes if change.action is Action.MOVE and change.was}
    return moved | {base_path(old): base_path(new) for old, new in moved.items()}


def _outside_of_the_state(writes: Mapping[str, bytes | None]) -> dict[str, bytes | None]:
    return {path: content for path, content in writes.items() if not path.startswith(f"{STATE}/")}


def all_changes(
    tree: Tree, prepared: Prepared, changes: tuple[Change, ...], inputs: Inputs
) -> tuple[Change, ...]:
    """Return the changes with those to the user's own files: settings, specs, what follows a renaming."""
    disk = on_disk(tree)
    own = [*spec_changes(tree)] + [
        Change(path, Action.CREATE if disk.read(path) is None else Action.UPDATE, text)
        for path, text in inputs.written.items()
        if disk.read(path) != text
    ]
    found = {change.path: change for change in (*changes, *own, *prepared.carried.changes)}
    return tuple(sorted(found.values(), key=lambda change: change.path))
