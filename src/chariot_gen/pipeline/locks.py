"""Hold an entity to the names it was first written with, whatever a new generator would derive."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import asdict

from chariot_gen.diagnostics import Diagnostic
from chariot_gen.errors import SpecError
from chariot_gen.model.entity import Entity
from chariot_gen.pipeline.inputs import Inputs
from chariot_gen.workspace.manifest import Manifest
from chariot_gen.workspace.tree import digest_of

__all__ = ["hold_names"]


def hold_names(
    entities: Sequence[Entity], inputs: Inputs, manifests: Mapping[str, Manifest], generator: str
) -> None:
    """Raise SpecError where a newer chariot-gen derives another name from the same spec."""
    backend = manifests.get("")
    if backend is None or backend.facts.get("generator") == generator:
        return
    digests = {
        inputs.homes[source.path]: digest_of(source.text.encode("utf-8", "surrogateescape"))
        for source in inputs.specs
    }
    complaints = [
        complaint
        for entity in entities
        for complaint in _renamed(entity, manifests.get(entity.names.snake), digests[entity.spec_path])
    ]
    if complaints:
        raise SpecError(complaints)


def _renamed(entity: Entity, manifest: Manifest | None, digest: str) -> Iterator[Diagnostic]:
    if manifest is None or manifest.facts.get("spec_sha256") != digest:
        return
    for kind, name in sorted(asdict(entity.names).items()):
        locked = manifest.names.get(kind, name)
        if locked != name:
            yield Diagnostic(
                location=entity.location,
                message=f"this version of chariot-gen would rename {kind} {locked!r} to {name!r}",
                remedy=f"keep the old name with names: {{ {kind}: {locked} }}, or write the new one there",
            )
