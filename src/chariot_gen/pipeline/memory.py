"""What need not be done again: kept in ``.chariot/cache``, ignored by git, never trusted blindly.

``state.json`` says for which inputs the tree was last brought up to date. ``renders.json``
maps each path to a key over its view and template, and to the hash of the text they made:
a text is a pure function of that key, so an equal key needs no Jinja and no gofmt.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from chariot_gen.files import FilePlan
from chariot_gen.workspace.tree import STATE, Tree

__all__ = ["RENDERS", "STATE_FILE", "is_settled", "known_renders", "render_key", "renders_text", "state_text"]

STATE_FILE = f"{STATE}/cache/state.json"
RENDERS = f"{STATE}/cache/renders.json"


def is_settled(tree: Tree, inputs: str) -> bool:
    """Report whether the last run saw these very inputs and what it left still stands."""
    state = _load(tree, STATE_FILE)
    files = state.get("files")
    return state.get("inputs") == inputs and isinstance(files, list) and tree.present(files)


def state_text(inputs: str, files: Iterable[str]) -> str:
    """Return the state for a tree that holds these files."""
    return json.dumps({"inputs": inputs, "files": sorted(files)}, indent=0) + "\n"


def render_key(plan: FilePlan, generator: str) -> str:
    """Return the key of a rendering: equal keys, equal text."""
    return hashlib.sha256(f"{generator}\0{plan.template}\0{plan.path}\0{plan.view!r}".encode()).hexdigest()


def known_renders(tree: Tree) -> Mapping[str, tuple[str, str]]:
    """Return key and text hash by path; empty if the cache is missing or damaged."""
    return {
        path: (pair[0], pair[1])
        for path, pair in _load(tree, RENDERS).items()
        if isinstance(pair, list) and len(pair) == 2  # noqa: PLR2004 - a pair
    }


def renders_text(renders: Mapping[str, tuple[str, str]]) -> str:
    """Return the cache file for these keys and hashes."""
    return json.dumps({path: list(pair) for path, pair in sorted(renders.items())}, indent=0) + "\n"


def _load(tree: Tree, path: str) -> dict[str, Any]:
    try:
        document = json.loads(tree.read(path) or "{}")
    except ValueError:
        return {}
    return document if isinstance(document, dict) else {}
