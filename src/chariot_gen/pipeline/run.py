"""The whole of a run, flat: load, plan, render, decide, check, commit, report."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import replace

from chariot_gen.diagnostics import Severity
from chariot_gen.errors import CheckError, ConflictError, UsageError
from chariot_gen.files import Action, Change, FilePlan
from chariot_gen.model.backend import Backend
from chariot_gen.pipeline.extras import extra_plans
from chariot_gen.pipeline.gate import judge
from chariot_gen.pipeline.generator import generator_digest
from chariot_gen.pipeline.inputs import Inputs, gather
from chariot_gen.pipeline.locks import hold_names
from chariot_gen.pipeline.memory import is_settled, known_renders
from chariot_gen.pipeline.reconcile import Outcome, State, reconcile, survey
from chariot_gen.pipeline.record import Facts, bookkeeping, contents, encode
from chariot_gen.pipeline.request import Progress, Report, Request, silent
from chariot_gen.pipeline.texts import Texts
from chariot_gen.workspace.lock import locked
from chariot_gen.workspace.manifest import Manifest, read_manifests
from chariot_gen.workspace.transaction import commit, repair
from chariot_gen.workspace.tree import STATE, Tree

__all__ = ["Prepared", "load_backend", "prepare", "run", "with_own_files"]


def run(request: Request, progress: Progress = silent) -> Report:
    """Bring the backend up to date with its specs, in one step or not at all.

    A dry run does all of it but the commit, and so tells the truth.
    """
    tree = Tree(request.root.resolve())
    with _alone(tree, request, progress):
        notices = tuple(filter(None, [repair(tree)])) if tree.exists(STATE) else ()
        manifests = read_manifests(tree)
        inputs = gather(tree, request, manifests)
        fresh = not manifests
        report = Report(tree.root, notices=notices, dry_run=request.dry_run, fresh=fresh)
        generator = generator_digest()
        if not inputs.written and not request.restore and is_settled(tree, inputs.digest(generator)):
            return report
        progress("reading specs")
        backend = load_backend(inputs, manifests, generator)
        _refuse_other_module(request, backend)
        prepared = prepare(tree, backend, manifests, generator, progress, restore=request.restore)
        changes = prepared.outcome.changes
        _refuse_conflicts(changes)
        reported = with_own_files(tree, changes, inputs)
        writes = contents(changes) | {path: encode(text) for path, text in inputs.written.items()}
        progress("checking")
        judgement = judge(
            tree, writes, prepared.plans, resolve=_needs_resolving(backend, changes), checks=request.hooks
        )
        if any(finding.severity is Severity.ERROR for finding in judgement.findings):
            raise CheckError(judgement.findings)
        writes |= {path: encode(text) for path, text in judgement.resolved if path in writes}
        if not request.dry_run:
            progress("writing")
            facts = Facts(backend, inputs, generator)
            records = bookkeeping(tree, facts, prepared.outcome, prepared.texts, manifests)
            commit(tree, {**writes, **records}, _seen(prepared.outcome.states))
        return replace(
            report,
            changes=reported,
            diagnostics=judgement.findings,
            timings=(*prepared.texts.timings, *judgement.timings),
            module=backend.settings.module,
            module_assumed=inputs.module_assumed,
        )


class Prepared:
    """Everything decided and nothing written."""

    def __init__(self, plans: tuple[FilePlan, ...], texts: Texts, outcome: Outcome) -> None:
        """Keep the plans, their texts, and what is to happen to each file."""
        self.plans, self.texts, self.outcome = plans, texts, outcome


def load_backend(inputs: Inputs, manifests: Mapping[str, Manifest], generator: str) -> Backend:
    """Return the model of the specs, each entity knowing its spec's place in the backend."""
    from chariot_gen import spec  # noqa: PLC0415 - YAML is slow to import

    backend = spec.load(inputs.settings, inputs.specs)
    entities = tuple(replace(entity, spec_path=inputs.homes[entity.spec_path]) for entity in backend.entities)
    hold_names(entities, inputs, manifests, generator)
    return replace(backend, entities=entities)


def prepare(
    tree: Tree,
    backend: Backend,
    manifests: Mapping[str, Manifest],
    generator: str,
    progress: Progress,
    *,
    restore: bool = False,
) -> Prepared:
    """Plan, render and format what is needed, and decide on every file."""
    from chariot_gen.plan.plan import plan_files  # noqa: PLC0415 - the views are many modules

    progress("planning")
    plans = tuple(sorted((*plan_files(backend), *extra_plans()), key=lambda plan: plan.path))
    texts = Texts(plans, known_renders(tree), generator, tree.root)
    progress("rendering")
    states = survey(tree, plans, texts.digests(), manifests, restore=restore)
    return Prepared(plans, texts, reconcile(tree, states, texts))


@contextlib.contextmanager
def _alone(tree: Tree, request: Request, progress: Progress) -> Iterator[None]:
    """Keep other runs out; a dry run in a folder that is none leaves none behind."""
    if request.dry_run and not tree.exists(STATE):
        yield
        return
    with locked(tree.root, waiting=lambda: progress("waiting for another run to end")):
        yield


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


def _needs_resolving(backend: Backend, changes: tuple[Change, ...]) -> bool:
    """Report whether go.mod may need more than the emitted requirements.

    It does where the backend registers with Tabularium, or had a go.mod of its own.
    """
    touched = [
        change
        for change in changes
        if change.path in {"go.mod", "go.sum"} and change.action is not Action.KEEP
    ]
    return any(change.action is Action.MERGE or backend.settings.tabularium is not None for change in touched)


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
