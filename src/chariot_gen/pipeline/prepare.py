"""The stages of a run up to the point where everything is decided and nothing written."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from msgspec.structs import replace

from chariot_gen import spec
from chariot_gen.errors import ConflictError
from chariot_gen.files import Action, FilePlan
from chariot_gen.merge.decide import Verdict
from chariot_gen.merge.wording import FOREIGN_WAYS
from chariot_gen.model.backend import Backend
from chariot_gen.pipeline.decisions import NONE, Decisions, owned
from chariot_gen.pipeline.extras import extra_plans
from chariot_gen.pipeline.inputs import Inputs
from chariot_gen.pipeline.locks import hold_names
from chariot_gen.pipeline.memory import known_renders
from chariot_gen.pipeline.pieces import PIECES, KnownPieces
from chariot_gen.pipeline.reconcile import Outcome, reconcile, survey
from chariot_gen.pipeline.renames.pending import before_renaming, pending, refuse_unsettled
from chariot_gen.pipeline.renames.sides import Carried, Side, standing
from chariot_gen.pipeline.request import Progress
from chariot_gen.pipeline.resolving import followed
from chariot_gen.pipeline.sources import sources
from chariot_gen.pipeline.texts import Texts
from chariot_gen.pipeline.understanding import UNDERSTANDING, Understanding
from chariot_gen.plan.plan import plan_files
from chariot_gen.workspace.conflicts import read_conflicts
from chariot_gen.workspace.manifest import Manifest
from chariot_gen.workspace.tree import Tree

__all__ = ["Prepared", "prepare", "refuse_conflicts"]


class Prepared(msgspec.Struct, frozen=True):
    """Everything decided and nothing written; ``caches`` are the files that spare the next run work."""

    backend: Backend
    plans: tuple[FilePlan, ...]
    texts: Texts
    outcome: Outcome
    caches: Mapping[str, bytes]
    carried: Carried


def prepare(
    tree: Tree,
    inputs: Inputs,
    manifests: Mapping[str, Manifest],
    generator: str,
    progress: Progress,
    *,
    decisions: Decisions = NONE,
) -> Prepared:
    """Load the specs, plan, render and format what is needed, decide on every file.

    What is renamed is carried over to its new name before.
    """
    progress("reading specs")
    known, pieces = Understanding(tree, generator), KnownPieces(tree, generator)
    read = spec.load_again(inputs.settings, inputs.specs, known)
    backend = _at_home(read[0], inputs, manifests, generator)
    renamings = pending(inputs, backend, manifests)
    progress("rendering")
    side, carried = _planned(tree, inputs, backend, generator, pieces), Carried(tree, manifests)
    if renamings:
        from chariot_gen.pipeline.renames.carry import carry  # noqa: PLC0415 - rarely asked, slow to import

        before = before_renaming(inputs, renamings)
        backend_before = _at_home(spec.load(before.settings, before.specs), before, manifests, generator)
        old = _owned(_planned(tree, before, backend_before, generator, pieces), manifests)
        outcome = _decided(carried, old)
        refuse_conflicts(outcome, inputs)
        refuse_unsettled(tree, outcome)
        carried = carry(tree, manifests, replace(old, standing=standing(outcome.changes)), side, renamings)
    side = _owned(side, carried.manifests)
    outcome = _decided(carried, side, decisions)
    caches = {UNDERSTANDING: known.content(_kept(read[1], inputs)), PIECES: pieces.content()}
    return Prepared(backend, side.plans, side.texts, outcome, caches, carried)


def _planned(tree: Tree, inputs: Inputs, backend: Backend, generator: str, pieces: KnownPieces) -> Side:
    made_from = sources(inputs, backend)
    planned = plan_files(backend, pieces.recall(made_from))
    plans = tuple(sorted((*planned, *extra_plans()), key=lambda plan: plan.path))
    texts = Texts(plans, known_renders(tree), generator, tree.root, made_from)
    return Side(backend, plans, texts)


def _owned(side: Side, manifests: Mapping[str, Manifest]) -> Side:
    return replace(side, plans=tuple(owned(side.plans, manifests)))


def _decided(carried: Carried, side: Side, decisions: Decisions = NONE) -> Outcome:
    tree, manifests = carried.tree, carried.manifests
    decisions = decisions.among(tree, side.plans, manifests)
    states = survey(tree, side.plans, side.texts.digests(), manifests, decisions)
    states = followed(tree, states, read_conflicts(tree))
    return reconcile(tree, states, side.texts, decisions.choices)


def _at_home(backend: Backend, inputs: Inputs, manifests: Mapping[str, Manifest], generator: str) -> Backend:
    """Return the model with every entity knowing its spec's place in the backend."""
    entities = tuple(
        entity
        if inputs.homes[entity.spec_path] == entity.spec_path
        else replace(entity, spec_path=inputs.homes[entity.spec_path])
        for entity in backend.entities
    )
    hold_names(entities, inputs, manifests, generator)
    return replace(backend, entities=entities)


def _kept(understood: Mapping[str, spec.Understood], inputs: Inputs) -> dict[str, spec.Understood]:
    """Return what was understood of the specs that lie in the backend as they were read."""
    return {
        path: found
        for path, found in understood.items()
        if inputs.homes[path] == path and path not in inputs.written
    }


def refuse_conflicts(outcome: Outcome, inputs: Inputs) -> None:
    """Raise ConflictError with everything that a person has to decide."""
    conflicts = [change for change in outcome.changes if change.action is Action.CONFLICT]
    if not conflicts:
        return
    reasons = [change.reason for change in conflicts]
    # A spec that is only brought in is not known to other commands yet.
    if not inputs.written and any(state.verdict is Verdict.FOREIGN for state in outcome.states):
        reasons.append(FOREIGN_WAYS)
    raise ConflictError("\n".join(reasons), [change.path for change in conflicts])
