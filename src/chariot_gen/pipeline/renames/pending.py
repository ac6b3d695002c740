"""Which of the renamings that specs declare are still to be carried out, and which cannot be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from chariot_gen.diagnostics import Diagnostic
from chariot_gen.errors import ConflictError, SpecError
from chariot_gen.model.backend import Backend
from chariot_gen.pipeline.inputs import Inputs, Source
from chariot_gen.pipeline.reconcile import Outcome
from chariot_gen.pipeline.record import formerly_key
from chariot_gen.spec.edit import undone
from chariot_gen.spec.problems import remedy_for
from chariot_gen.spec.renaming import Declared, Renaming, Subject, declared
from chariot_gen.workspace.conflicts import read_conflicts
from chariot_gen.workspace.manifest import Manifest
from chariot_gen.workspace.tree import Tree

__all__ = ["before_renaming", "pending", "refuse_unsettled"]


def pending(inputs: Inputs, backend: Backend, manifests: Mapping[str, Manifest]) -> tuple[Renaming, ...]:
    """Return the renamings that no run has carried out yet: those asked for, then the declared ones.

    One that is recorded as carried out is harmless. Raises SpecError for one that cannot
    be: the old name is still there, or nothing of that name was ever written.
    """
    found = sorted(declared(inputs.specs), key=lambda said: said.renaming.subject is not Subject.ENTITY)
    if not found:
        return inputs.renamings
    judge = _Judge(backend, manifests, inputs.renamings)
    complaints = [complaint for said in found for complaint in judge.complaints(said)]
    if complaints:
        raise SpecError(sorted(complaints, key=lambda complaint: complaint.location))
    return tuple(judge.pending)


class _Judge:
    """Compares what is declared with what the specs hold and with what was written last."""

    def __init__(
        self, backend: Backend, manifests: Mapping[str, Manifest], asked: Sequence[Renaming]
    ) -> None:
        self._present = {entity.names.go: entity for entity in backend.entities}
        self._written = {manifest.names["go"]: manifest for manifest in manifests.values() if manifest.names}
        self._is_new = "" not in manifests
        self.pending: list[Renaming] = [*asked]

    def complaints(self, said: Declared) -> Iterator[Diagnostic]:
        """Yield what is wrong with one; note it if it is to be carried out."""
        old, new = said.renaming.old, said.renaming.new
        noun = said.renaming.subject.value
        if old == new:
            yield said.complaint(f"`{old}` is the name that the {noun} has now", "remove `renamed_from`")
        elif self._stands(said):
            remedy = f"remove `{old}`, or remove `renamed_from` to have both"
            yield said.complaint(f"the {noun} `{old}` still exists", remedy)
        elif any(self._same_source(said.renaming, other) for other in self.pending):
            yield said.complaint(f"`{old}` is renamed twice", "say in one place only what became of it")
        else:
            yield from self._against_records(said)

    def _stands(self, said: Declared) -> bool:
        return said.renaming.old in self._names_now(said)

    def _same_source(self, one: Renaming, other: Renaming) -> bool:
        return (one.subject, one.entity, one.old) == (other.subject, other.entity, other.old)

    def _against_records(self, said: Declared) -> Iterator[Diagnostic]:
        old, new, noun = said.renaming.old, said.renaming.new, said.renaming.subject.value
        owner = self._owner(said)
        if self._is_new or (owner is None and said.renaming.subject is not Subject.ENTITY):
            return
        if owner is not None and owner.formerly.get(formerly_key(said.renaming)) == old:
            return
        written = self._names(said, owner)
        if old in written and new not in written:
            self.pending.append(said.renaming)
        elif old in written:
            message = f"`{new}` was generated before as well, so `{old}` cannot become it"
            yield said.complaint(message, "remove `renamed_from`; what was made for the old name then goes")
        else:
            gone = written - self._names_now(said)
            otherwise = "remove `renamed_from`"
            yield said.complaint(
                f"no {noun} `{old}` was ever generated here", remedy_for(old, gone, otherwise)
            )

    def _owner(self, said: Declared) -> Manifest | None:
        """Return what was last written for the entity, under the name that it had then."""
        before = next(
            (
                renaming.old
                for renaming in self.pending
                if renaming.subject is Subject.ENTITY and renaming.new == said.entity
            ),
            said.entity,
        )
        return self._written.get(before)

    def _names(self, said: Declared, owner: Manifest | None) -> set[str]:
        match said.renaming.subject:
            case Subject.ENTITY:
                return set(self._written)
            case Subject.FIELD:
                return set(owner.fields if owner else ())
            case Subject.SERVICE:
                return set(owner.services if owner else ())

    def _names_now(self, said: Declared) -> set[str]:
        if said.renaming.subject is Subject.ENTITY:
            return set(self._present)
        entity = self._present[said.entity]
        members = entity.fields if said.renaming.subject is Subject.FIELD else entity.services
        return {member.name for member in members}


def before_renaming(inputs: Inputs, renamings: Sequence[Renaming]) -> Inputs:
    """Return the inputs as they would be had nothing been renamed."""
    texts = undone({source.path: source.text for source in inputs.specs}, renamings)
    specs = tuple(Source(path, text) for path, text in texts.items())
    return replace(inputs, specs=specs, written={}, renamings=())


def refuse_unsettled(tree: Tree, outcome: Outcome) -> None:
    """Raise ConflictError where conflict markers are left, or were only just resolved."""
    marked = sorted({*read_conflicts(tree), *(state.path for state in outcome.states if state.markers)})
    if marked:
        raise ConflictError(
            "\n".join(
                f"{path}: holds a conflict that is not settled; resolve it, run chariot-gen regen, and rename"
                for path in marked
            ),
            marked,
        )
