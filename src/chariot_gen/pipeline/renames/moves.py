"""Pair every file under its old name with the same file under its new one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

import msgspec
from msgspec.structs import replace

from chariot_gen.diagnostics import Location
from chariot_gen.files import FilePlan, Ownership
from chariot_gen.model.backend import Backend
from chariot_gen.spec.renaming import Renaming, Subject

__all__ = ["Move", "folders_that_move", "moves", "owners"]

_START = Location("")


class Move(msgspec.Struct, frozen=True):
    """One planned file before and after; both may have the same path."""

    old: FilePlan
    new: FilePlan

    @property
    def is_left_to_the_run(self) -> bool:
        """Report whether an ordinary run does all there is to do.

        It does where the file stays, and nobody edits it or no names can be told in it.
        """
        known = self.new.path.endswith((".go", ".yaml", ".yml"))
        stays = self.old.path == self.new.path
        return stays and (self.new.ownership is Ownership.GENERATED or not known)


def owners(old: Backend, new: Backend, renamings: Sequence[Renaming]) -> dict[str, str]:
    """Return by each entity's snake-case name before the one that it has after the renamings."""
    after = {entity.names.go: entity.names.snake for entity in new.entities}
    renamed = {said.old: said.new for said in renamings if said.subject is Subject.ENTITY}
    return {
        entity.names.snake: after[renamed.get(entity.names.go, entity.names.go)] for entity in old.entities
    }


def moves(old: Sequence[FilePlan], new: Sequence[FilePlan], owners: Mapping[str, str]) -> tuple[Move, ...]:
    """Return every plan with its successor, by the old path.

    Two plans are of the same file if the same template makes them for the same entity;
    where it makes several, as one for each service, they stand in the order of the spec,
    which no renaming changes.
    """
    before = _grouped(old, {"": "", **owners})
    after = _grouped(new, {plan.entity: plan.entity for plan in new})
    return tuple(
        # Whoever owns the file goes on to own it.
        Move(plan, replace(heir, ownership=plan.ownership))
        for key, plans in sorted(before.items())
        for plan, heir in zip(plans, after[key], strict=True)
    )


def _grouped(plans: Sequence[FilePlan], names: Mapping[str, str]) -> dict[tuple[str, str], list[FilePlan]]:
    groups: dict[tuple[str, str], list[FilePlan]] = defaultdict(list)
    for plan in sorted(plans, key=lambda plan: (plan.origin or _START, plan.path)):
        # A file that no template makes is the same by its path.
        groups[plan.template or plan.path, names[plan.entity]].append(plan)
    return groups


def folders_that_move(found: Sequence[Move]) -> dict[str, str]:
    """Return the folders that all of their planned files leave for one other folder.

    What else lies in such a folder belongs to what is renamed, and goes with it.
    """
    targets: dict[str, set[str]] = defaultdict(set)
    for move in found:
        targets[_folder(move.old.path)].add(_folder(move.new.path))
    return {
        folder: next(iter(there))
        for folder, there in targets.items()
        if folder and len(there) == 1 and there != {folder}
    }


def _folder(path: str) -> str:
    folder = PurePosixPath(path).parent.as_posix()
    return "" if folder == "." else folder
