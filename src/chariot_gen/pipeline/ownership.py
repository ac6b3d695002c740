"""Change who owns single files: adopted ones are merged from now on, released ones are the user's."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec
from msgspec.structs import replace

from chariot_gen.errors import UsageError
from chariot_gen.files import Ownership
from chariot_gen.pipeline.decisions import named
from chariot_gen.pipeline.generator import generator_digest
from chariot_gen.pipeline.inputs import gather
from chariot_gen.pipeline.memory import STATE_FILE
from chariot_gen.pipeline.prepare import Prepared, prepare
from chariot_gen.pipeline.reconcile import State
from chariot_gen.pipeline.record import encode
from chariot_gen.pipeline.request import Progress, Request, silent
from chariot_gen.pipeline.resolving import resolving_files
from chariot_gen.pipeline.texts import Texts
from chariot_gen.workspace.base import base_path, read_base
from chariot_gen.workspace.conflicts import read_conflicts
from chariot_gen.workspace.lock import locked
from chariot_gen.workspace.manifest import Entry, Manifest, read_manifests
from chariot_gen.workspace.transaction import commit, repair
from chariot_gen.workspace.tree import STATE, Tree, digest_of

__all__ = ["Transfer", "adopt", "release"]

_MERGED = "merged from now on; your edits stay"
_ANEW = "merged from now on, beginning with the present rendering: where yours differs from it, yours stays"
_YOURS = "yours from now on; chariot-gen neither writes nor removes it"


class Transfer(msgspec.Struct, frozen=True):
    """One file that changed hands; it leaves the records where ``entry`` is None."""

    path: str
    entity: str
    entry: Entry | None
    words: str
    base: str | None = None


def adopt(
    root: Path, paths: Sequence[str], progress: Progress = silent
) -> tuple[tuple[Transfer, ...], tuple[str, ...]]:
    """Have the edits of files merged, whoever owned the files before; return them and notices."""
    return _hand_over(root, paths, _adopted, progress)


def release(
    root: Path, paths: Sequence[str], progress: Progress = silent
) -> tuple[tuple[Transfer, ...], tuple[str, ...]]:
    """Let go of files for good; return them and notices."""
    return _hand_over(root, paths, _released, progress)


_Handler = Callable[[Tree, State, str, Texts], Transfer]


def _hand_over(
    root: Path, paths: Sequence[str], handler: _Handler, progress: Progress
) -> tuple[tuple[Transfer, ...], tuple[str, ...]]:
    """Change the records, and nothing else: the next run acts on them."""
    tree = Tree(root.resolve())
    with locked(tree.root, waiting=lambda: progress("waiting for another run to end")):
        notices = tuple(filter(None, [repair(tree)]))
        manifests = read_manifests(tree)
        inputs = gather(tree, Request(tree.root))
        prepared = prepare(tree, inputs, manifests, generator_digest(), progress)
        transfers = tuple(_transfers(tree, paths, prepared, manifests, handler))
        commit(tree, _records(tree, transfers, manifests, prepared.texts), {})
    return transfers, notices


def _transfers(
    tree: Tree, paths: Sequence[str], prepared: Prepared, manifests: Mapping[str, Manifest], handler: _Handler
) -> Iterator[Transfer]:
    owners = {path: owner for owner, manifest in manifests.items() for path in manifest.paths}
    owners |= {plan.path: plan.entity for plan in prepared.plans}
    states = {state.path: state for state in prepared.outcome.states}
    for path in dict.fromkeys(named(tree, path, states) for path in paths):
        state = states[path]
        if path.startswith(f"{STATE}/"):
            raise UsageError(f"{path}: is chariot-gen's own record; it cannot change hands")
        yield handler(tree, state, owners.get(path, ""), prepared.texts)


def _adopted(tree: Tree, state: State, entity: str, texts: Texts) -> Transfer:
    path, plan = state.path, state.plan
    if plan is None:
        raise UsageError(f"{path}: is no longer generated; make it your own with chariot-gen release {path}")
    if state.ours is None:
        raise UsageError(f"{path}: is not there; have it again with chariot-gen regen --restore {path}")
    if state.markers:
        raise UsageError(f"{path}: holds conflict markers; resolve them before it changes hands")
    digests = state.entry.digests if state.entry else ()
    kept = read_base(tree, path)
    if kept is not None and (digest_of(encode(kept)) in digests or (state.entry and not digests)):
        base, words = kept, _MERGED
    else:
        base, words = texts[path], _MERGED if state.theirs in digests else _ANEW
    written = () if plan.composed else (digest_of(encode(base)),)
    return Transfer(
        path, entity, Entry(path, Ownership.MERGED, plan.template, written, chosen=True), words, base
    )


def _released(_: Tree, state: State, entity: str, __: Texts) -> Transfer:
    if state.plan is None:
        return Transfer(state.path, entity, None, _YOURS)
    digests = state.entry.digests if state.entry else ()
    entry = Entry(state.path, Ownership.YOURS, state.plan.template, digests, chosen=True)
    return Transfer(state.path, entity, entry, _YOURS)


def _records(
    tree: Tree, transfers: Sequence[Transfer], manifests: Mapping[str, Manifest], texts: Texts
) -> dict[str, bytes | None]:
    """Return the manifests with the new entries, the bases, and the record of conflicts without them."""
    writes: dict[str, bytes | None] = {STATE_FILE: None}
    for entity in {transfer.entity for transfer in transfers}:
        manifest = manifests.get(entity) or Manifest(entity=entity)
        entries: dict[str, Entry | None] = {entry.path: entry for entry in manifest.entries}
        entries |= {transfer.path: transfer.entry for transfer in transfers if transfer.entity == entity}
        left = tuple(entry for _, entry in sorted(entries.items()) if entry is not None)
        changed = replace(manifest, entries=left)
        writes[changed.path] = encode(changed.to_text())
    for transfer in transfers:
        if transfer.base is not None:
            writes[base_path(transfer.path)] = encode(transfer.base)
        elif transfer.entry is None:
            writes[base_path(transfer.path)] = None
    before = read_conflicts(tree)
    paths = {transfer.path for transfer in transfers}
    marked = {path: mark for path, mark in before.items() if path not in paths}
    if marked != before:
        writes |= resolving_files(marked, before, texts)
    return writes
