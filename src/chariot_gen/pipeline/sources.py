"""What each entity's files are made from, as one hash."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from chariot_gen.model.backend import Backend
from chariot_gen.pipeline.inputs import Inputs
from chariot_gen.workspace.tree import digest_of

__all__ = ["sources"]


def sources(inputs: Inputs, backend: Backend) -> Mapping[str, str]:
    """Return, by the entity's name in paths, a hash of the settings and of every spec that it reaches.

    The plan of such a file sees nothing else, see ``Backend.around``: an equal hash means
    an equal text, and so neither its view nor its text need be made.
    """
    settings = digest_of(inputs.settings.text.encode("utf-8", "surrogateescape"))
    texts = {
        path: digest_of(text.encode("utf-8", "surrogateescape")) for path, text in inputs.at_home().items()
    }
    specs = {entity.names.go: f"{entity.spec_path}\0{texts[entity.spec_path]}" for entity in backend.entities}
    return {
        entity.names.snake: hashlib.sha256(
            "\0".join(
                [settings, entity.names.go, *(specs[go] for go in sorted(backend.reach[entity.names.go]))]
            ).encode()
        ).hexdigest()
        for entity in backend.entities
    }
