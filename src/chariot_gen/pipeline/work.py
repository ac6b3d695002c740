"""The stages of a run that has something to do: load, plan, render, decide, check, record."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from msgspec.structs import replace

from chariot_gen import spec
from chariot_gen.diagnostics import Severity
from chariot_gen.errors import CheckError, ConflictError, UsageError
from chariot_gen.files import Action, Change, FilePlan
from chariot_gen.merge.gomod import requirements
from chariot_gen.model.backend import Backend
from chariot_gen.pipeline.decisions import NONE, Decisions, owned
from chariot_gen.pipeline.extras import extra_plans
from chariot_gen.pipeline.gate import judge
from chariot_gen.pipeline.inputs import Inputs
from chariot_gen.pipeline.locks import hold_names
from chariot_gen.pipeline.memory import known_renders
from chariot_gen.pipeline.reconcile import Outcome, State, reconcile, survey
from chariot_gen.pipeline.record import Facts, bookkeeping, contents, encode
from chariot_gen.pipeline.request import Progress, Report, Request
from chariot_gen.pipeline.resolving import followed, resolved_files
from chariot_gen.pipeline.sources import sources
from chariot_gen.pipeline.texts import Texts
from chariot_gen.pipeline.understanding import UNDERSTANDING, Understanding
from chariot_gen.plan.plan import plan_files
from chariot_gen.workspace.conflicts import read_conflicts
from chariot_gen.workspace.manifest import Manifest, read_manifests
from chariot_gen.workspace.transaction import commit
from chariot_gen.workspace.tree import Tree

__all__ = ["Prepared", "bring_up_to_date", "completed", "prepare", "with_own_files"]


class Prepared(msgspec.Struct, frozen=True):
    """Everything decided and nothing written."""

    backend: Backend
    plans: tuple[FilePlan, ...]
    texts: Texts
    outcome: Outcome
    understanding: bytes


def bring_up_to_date(
    tree: Tree, request: Request, inputs: Inputs, generator: str, progress: Progress
) -> Report:
    """Do all of a run that comes after its inputs are read."""
    manifests = read_manifests(tree)
    prepared = prepare(tree, inputs, manifests, generator, progress, decisions=request.decisions)
    backend, changes = prepared.backend, prepared.outcome.changes
    _refuse_other_module(request, backend)
    _refuse_conflicts(changes)
    own = {path: encode(text) for path, text in inputs.written.items()}
    progress("checking")
    judgement = judge(
        tree,
        resolved_files(tree, prepared.outcome) | contents(changes) | own,
        prepared.plans,
        resolve=_needs_resolving(tree, backend, changes),
        checks=request.hooks,
    )
    if any(finding.severity is Severity.ERROR for finding in judgement.findings):
        raise CheckError(judgement.findings)
    changes = tuple(_resolved(tree, change, dict(judgement.resolved)) for change in changes)
    reported = with_own_files(tree, changes, inputs)
    if not request.dry_run:
        progress("writing")
        facts = Facts(backend, inputs, generator)
        records = bookkeeping(tree, facts, prepared.outcome, prepared.texts, manifests)
        records[UNDERSTANDING] = prepared.understanding
        commit(tree, {**contents(changes), **own, **records}, _seen(prepared.outcome.states))
    return Report(
        root=tree.root,
        changes=reported,
        diagnostics=judgement.findings,
        notices=judgement.notices,
        timings=(*prepared.texts.timings, *judgement.timings),
        dry_run=request.dry_run,
        module=backend.settings.module,
        module_assumed=inputs.module_assumed,
    )


def completed(tree: Tree, prepared: Prepared) -> tuple[Change, ...]:
    """Return the changes of a run, with module files completed and nothing checked."""
    changes = prepared.outcome.changes
    resolve = _needs_resolving(tree, prepared.backend, changes)
    judgement = judge(tree, contents(changes), prepared.plans, resolve=resolve, checks=False)
    return tuple(_resolved(tree, change, dict(judgement.resolved)) for change in changes)


def prepare(
    tree: Tree,
    inputs: Inputs,
    manifests: Mapping[str, Manifest],
    generator: str,
    progress: Progress,
    *,
    decisions: Decisions = NONE,
) -> Prepared:
    """Load the specs, plan, render and format what is needed, decide on every file."""
    progress("reading specs")
    known = Understanding(tree, generator)
    backend, understood = _load(inputs, manifests, generator, known)
    progress("rendering")
    planned = sorted((*plan_files(backend), *extra_plans()), key=lambda plan: plan.path)
    plans = owned(planned, manifests)
    texts = Texts(plans, known_renders(tree), generator, tree.root, sources(inputs, backend))
    decisions = decisions.among(tree, plans, manifests)
    states = survey(tree, plans, texts.digests(), manifests, decisions)
    states = followed(tree, states, read_conflicts(tree))
    outcome = reconcile(tree, states, texts, decisions.choices)
    return Prepared(backend, plans, texts, outcome, known.content(understood))


def _load(
    inputs: Inputs, manifests: Mapping[str, Manifest], generator: str, known: Understanding
) -> tuple[Backend, dict[str, spec.Understood]]:
    """Return the model of the specs, each entity knowing its spec's place in the backend.

    With it comes what was understood of the specs that lie there as they were read.
    """
    backend, understood = spec.load_again(inputs.settings, inputs.specs, known)
    entities = tuple(
        entity
        if inputs.homes[entity.spec_path] == entity.spec_path
        else replace(entity, spec_path=inputs.homes[entity.spec_path])
        for entity in backend.entities
    )
    hold_names(entities, inputs, manifests, generator)
    at_home = {
        path: found
        for path, found in understood.items()
        if inputs.homes[path] == path and path not in inputs.written
    }
    return replace(backend, entities=entities), at_home


def _refuse_other_module(request: Request, backend: Backend) -> None:
    if request.module and request.module != backend.settings.module:
        raise UsageError(
            f"chariot.yaml: says module {backend.settings.module}, --module says {request.module}; change "
            "chariot.yaml or leave --module out"
        )


def _refuse_conflicts(changes: tuple[Change, ...]) -> None:
    conflicts = [change for change in changes if change.action is Action.CONFLICT]
    if conflicts:
        raise ConflictError(
            "\n".join(change.reason for change in conflicts), [change.path for change in conflicts]
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


def with_own_files(tree: Tree, changes: tuple[Change, ...], inputs: Inputs) -> tuple[Change, ...]:
    """Return the changes with those to the user's own files: settings and specs brought in."""
    own = [
        Change(path, Action.CREATE if tree.read(path) is None else Action.UPDATE, text)
        for path, text in inputs.written.items()
        if tree.read(path) != text
    ]
    return tuple(sorted((*changes, *own), key=lambda change: change.path))
