"""The records of an entity, as they would read had it always had its new names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from chariot_gen.spec.renaming import Renaming, Subject
from chariot_gen.workspace.manifest import Manifest

__all__ = ["known_as"]


def known_as(manifest: Manifest, renamings: Sequence[Renaming]) -> Manifest:
    """Return the records with the entity, its fields and its services called by their new names."""
    for said in renamings:
        name = manifest.names.get("go")
        if said.subject is Subject.ENTITY and said.old == name:
            manifest = replace(manifest, names={**manifest.names, "go": said.new})
        elif said.subject is Subject.FIELD and said.entity == name:
            manifest = replace(manifest, fields=_renamed(manifest.fields, said))
        elif said.subject is Subject.SERVICE and said.entity == name:
            manifest = replace(manifest, services=_renamed(manifest.services, said))
    return manifest


def _renamed(items: Mapping[str, str], said: Renaming) -> dict[str, str]:
    return {said.new if name == said.old else name: item for name, item in items.items()}
