"""Show what a run would do without doing it: a patch, or a plan with every derived name."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from chariot_gen.files import Action, Change
from chariot_gen.merge.lines import split_lines
from chariot_gen.model.entity import Entity
from chariot_gen.pipeline.decisions import NONE, Decisions
from chariot_gen.pipeline.generator import generator_digest
from chariot_gen.pipeline.inputs import gather
from chariot_gen.pipeline.prepare import prepare
from chariot_gen.pipeline.renames.lookalike import refuse_lookalikes
from chariot_gen.pipeline.request import Progress, Request, silent
from chariot_gen.pipeline.work import all_changes, completed
from chariot_gen.workspace.base import read_base
from chariot_gen.workspace.manifest import read_manifests
from chariot_gen.workspace.transaction import repair
from chariot_gen.workspace.tree import STATE, Tree

__all__ = ["Patch", "Preview", "patch", "preview"]


class Patch(msgspec.Struct, frozen=True):
    """A patch that ``git apply`` takes, and the reasons why a run would stop instead."""

    text: str
    conflicts: tuple[Change, ...] = ()


class Preview(msgspec.Struct, frozen=True):
    """The entities asked for, and every change a run would make, with the owner of each path."""

    entities: tuple[Entity, ...]
    changes: tuple[Change, ...]
    owners: dict[str, str]


def patch(root: Path, decisions: Decisions = NONE, progress: Progress = silent) -> Patch:
    """Return what ``regen`` would change, kept copies and manifests left out.

    A file in conflict is shown as the change of its rendering since it was last written.
    Raises ConflictError where ``regen`` asks whether something is renamed.
    """
    tree = Tree(root.resolve())
    repair(tree)
    manifests = read_manifests(tree)
    inputs = gather(tree, Request(tree.root))
    generator = generator_digest()
    prepared = prepare(tree, inputs, manifests, generator, progress, decisions=decisions)
    carried = prepared.carried
    refuse_lookalikes(carried.tree, prepared.backend, carried.manifests, prepared.outcome, ())
    text = ""
    conflicts = []
    for change in all_changes(tree, prepared, completed(tree, prepared), inputs):
        if change.path.startswith(f"{STATE}/"):
            continue
        if change.action is Action.CONFLICT:
            conflicts.append(change)
            text += _file_patch(change.path, read_base(tree, change.path), prepared.texts[change.path])
        elif change.action is Action.MOVE:
            before = tree.read(change.was)
            text += _file_patch(change.was, before, None)
            text += _file_patch(change.path, None, before if change.text is None else change.text)
        elif change.action is not Action.KEEP:
            text += _file_patch(change.path, tree.read(change.path), change.text)
    return Patch(text, tuple(conflicts))


def preview(request: Request, progress: Progress = silent) -> Preview:
    """Return the plan for the specs of the request, or for the whole backend if it names none."""
    tree = Tree(request.root.resolve())
    manifests = read_manifests(tree)
    inputs = gather(tree, request)
    generator = generator_digest()
    prepared = prepare(tree, inputs, manifests, generator, progress)
    entities = tuple(
        entity
        for entity in prepared.backend.entities
        if not request.specs or entity.spec_path in inputs.asked
    )
    owners = {plan.path: plan.entity for plan in prepared.plans}
    return Preview(entities, all_changes(tree, prepared, prepared.outcome.changes, inputs), owners)


def _file_patch(path: str, before: str | None, after: str | None) -> str:
    """Return a patch without git's own header.

    With it, git takes paths from the top of the repository, and in a backend further down
    ``git apply`` would pass over every file in silence.
    """
    lines = difflib.unified_diff(
        split_lines(before or ""),
        split_lines(after or ""),
        "/dev/null" if before is None else f"a/{path}",
        "/dev/null" if after is None else f"b/{path}",
    )
    return "".join(_terminated(lines))


def _terminated(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
