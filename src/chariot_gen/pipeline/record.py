"""Turn an outcome into everything that is written: files, their kept copies, manifests, caches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from chariot_gen.files import Action, Change
from chariot_gen.model.backend import Backend
from chariot_gen.model.entity import Entity
from chariot_gen.pipeline.inputs import Inputs
from chariot_gen.pipeline.memory import RENDERS, STATE_FILE, renders_text, state_text
from chariot_gen.pipeline.reconcile import Outcome, State, needs_base
from chariot_gen.pipeline.texts import Texts
from chariot_gen.workspace.base import base_path, has_base
from chariot_gen.workspace.manifest import Entry, Manifest
from chariot_gen.workspace.tree import SETTINGS, Tree, digest_of

__all__ = ["bookkeeping", "contents", "encode"]


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


def bookkeeping(
    tree: Tree,
    backend: Backend,
    inputs: Inputs,
    outcome: Outcome,
    texts: Texts,
    manifests: Mapping[str, Manifest],
    generator: str,
) -> dict[str, bytes | None]:
    """Return everything under ``.chariot`` that records the outcome."""
    writes: dict[str, bytes | None] = {}
    gone = {change.path for change in outcome.changes if change.action is Action.DELETE}
    for state in outcome.states:
        if needs_base(tree, state):
            writes[base_path(state.path)] = encode(texts[state.path])
        elif (state.plan is None or not has_base(state.plan)) and tree.exists(base_path(state.path)):
            writes[base_path(state.path)] = None
    for manifest in _manifests(backend, inputs, outcome, manifests, generator):
        writes[manifest.path] = encode(manifest.to_text())
    kept = {manifest.path for manifest in _manifests(backend, inputs, outcome, manifests, generator)}
    writes |= {manifest.path: None for manifest in manifests.values() if manifest.path not in kept}
    expected = [
        state.path
        for state in outcome.states
        if state.path not in gone and (state.ours is not None or _appears(state, outcome))
    ]
    writes[STATE_FILE] = encode(state_text(inputs.digest(generator), expected))
    writes[RENDERS] = encode(renders_text(texts.renders()))
    return writes
