"""Turn an outcome into everything that is written: files, their kept copies, manifests, caches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec
from msgspec.structs import asdict

from chariot_gen.files import Action, Change, Ownership
from chariot_gen.merge.decide import Verdict
from chariot_gen.model.backend import Backend
from chariot_gen.model.entity import Entity
from chariot_gen.pipeline.inputs import Inputs
from chariot_gen.pipeline.memory import RENDERS, STATE_FILE, renders_text, state_text
from chariot_gen.pipeline.reconcile import Outcome, State, needs_base
from chariot_gen.pipeline.resolving import marks, resolving_files
from chariot_gen.pipeline.texts import Texts
from chariot_gen.spec.renaming import Declared, Renaming, declared
from chariot_gen.spec.types import spell
from chariot_gen.workspace.base import base_path, has_base
from chariot_gen.workspace.conflicts import Marked, read_conflicts
from chariot_gen.workspace.manifest import Entry, Manifest
from chariot_gen.workspace.tree import Tree, digest_of

__all__ = ["Facts", "bookkeeping", "contents", "encode", "formerly_key"]


def encode(text: str) -> bytes:
    """Return the bytes of a text that was read with its undecodable bytes kept."""
    return text.encode("utf-8", "surrogateescape")


def contents(changes: Sequence[Change]) -> dict[str, bytes | None]:
    """Return what every changed path will hold, None where the file goes."""
    return {
        change.path: None if change.text is None else encode(change.text)
        for change in changes
        if change.action not in {Action.KEEP, Action.CONFLICT}
    }


class Facts(msgspec.Struct, frozen=True):
    """What the records say beside the files: the model, its inputs, the generator's hash.

    ``made`` holds what the outcome puts at every path that it changes.
    """

    backend: Backend
    inputs: Inputs
    generator: str
    made: Mapping[str, bytes | None]


def bookkeeping(
    tree: Tree, facts: Facts, outcome: Outcome, texts: Texts, manifests: Mapping[str, Manifest]
) -> dict[str, bytes | None]:
    """Return everything under ``.chariot`` that records the outcome."""
    marked = marks(tree, outcome, texts)
    recorded = _manifests(facts, outcome, manifests, marked)
    writes: dict[str, bytes | None] = {manifest.path: None for manifest in manifests.values()}
    kept = {manifest.path: encode(manifest.to_text()) for manifest in recorded}
    writes |= kept
    writes |= dict(_bases(tree, outcome, texts, marked, facts.made))
    writes |= resolving_files(marked, read_conflicts(tree), texts)
    # A tree with markers is never settled: the next run has to look at them.
    unsettled = marked or any(state.markers for state in outcome.states)
    state = state_text(facts.inputs.digest(facts.generator), _standing(outcome), kept)
    writes[STATE_FILE] = None if unsettled else encode(state)
    writes[RENDERS] = encode(renders_text(texts.renders()))
    return writes


def _bases(
    tree: Tree,
    outcome: Outcome,
    texts: Texts,
    marked: Mapping[str, Marked],
    made: Mapping[str, bytes | None],
) -> Iterator[tuple[str, bytes | None]]:
    for state, change in zip(outcome.states, outcome.changes, strict=True):
        if state.path in marked:
            continue
        if needs_base(tree, state) and not _is_foreign(state):
            text = texts[state.path]
            # Most often the file itself becomes that very text.
            content = made.get(state.path) if change.text is text else None
            yield base_path(state.path), encode(text) if content is None else content
        elif (state.plan is None or not has_base(state.plan)) and _is_dropped(state):
            yield base_path(state.path), None


def _is_dropped(state: State) -> bool:
    """Report whether a file that is no longer generated leaves the records too."""
    return state.plan is None and state.verdict is not Verdict.ORPHAN


def _is_foreign(state: State) -> bool:
    """Report whether a file gave way to one that was there before us."""
    return state.verdict is Verdict.THEIR_OWN and state.ownership not in _LEFT_ALONE


_LEFT_ALONE = {Ownership.SEEDED, Ownership.YOURS}


def _standing(outcome: Outcome) -> list[str]:
    """Return the paths that exist once the outcome is written."""
    return [
        change.path
        for state, change in zip(outcome.states, outcome.changes, strict=True)
        if change.text is not None or (state.ours is not None and change.action is not Action.DELETE)
    ]


def _manifests(
    facts: Facts, outcome: Outcome, manifests: Mapping[str, Manifest], marked: Mapping[str, Marked]
) -> list[Manifest]:
    owners = {entry.path: owner for owner, manifest in manifests.items() for entry in manifest.entries}
    entries: dict[str, list[Entry]] = {
        "": [],
        **{entity.names.snake: [] for entity in facts.backend.entities},
    }
    for state in outcome.states:
        if not _is_dropped(state) and not _is_foreign(state):
            owner = state.plan.entity if state.plan else owners[state.path]
            entries.setdefault(owner, []).append(
                state.entry if state.entry and state.path in marked else _entry(state)
            )
    entities = {entity.names.snake: entity for entity in facts.backend.entities}
    former = declared(facts.inputs.specs)
    specs = facts.inputs.at_home()
    return [
        Manifest(
            entity=owner,
            facts=_entity_facts(entities[owner], specs, manifests.get(owner), facts.inputs.asked)
            if owner in entities
            else {},
            entries=tuple(found),
            **(_entity_blocks(entities[owner], former) if owner in entities else {}),
        )
        if owner
        else Manifest(facts={"generator": facts.generator}, entries=tuple(found))
        for owner, found in sorted(entries.items())
        if found or not owner or owner in entities
    ]


def _entity_blocks(entity: Entity, former: Sequence[Declared]) -> dict[str, dict[str, str]]:
    """Return what a later run compares a renamed entity, field or service with."""
    said = [found.renaming for found in former if found.entity == entity.names.go]
    return {
        "names": asdict(entity.names),
        "fields": {field.name: spell(field.type) for field in entity.fields},
        "services": {service.name: service.base_url for service in entity.services},
        "formerly": {formerly_key(renaming): renaming.old for renaming in said},
    }


def formerly_key(renaming: Renaming) -> str:
    """Return how the records call what was renamed."""
    return f"{renaming.subject} {renaming.new}" if renaming.entity else renaming.subject.value


def _entry(state: State) -> Entry:
    if state.plan is None or state.theirs is None:
        assert state.entry is not None  # noqa: S101 - a path is planned or recorded
        return state.entry
    if state.ownership in _LEFT_ALONE and state.entry is not None:
        return state.entry
    digests = () if state.plan.composed else (state.theirs,)
    chosen = state.entry is not None and state.entry.chosen
    return Entry(state.path, state.ownership, state.plan.template, digests, chosen)


def _entity_facts(
    entity: Entity, specs: Mapping[str, str], before: Manifest | None, asked: Sequence[str]
) -> dict[str, str]:
    """Return the spec's place and hash, and the hash it had when it was last handed to a run by name."""
    home = entity.spec_path
    digest = digest_of(encode(specs[home]))
    copied = digest if home in asked else (before.facts.get("copied", "") if before else "")
    known = {"spec": home, "spec_sha256": digest}
    return {**known, "copied": copied} if copied else known
