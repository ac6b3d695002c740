"""What need not be done again: kept in ``.chariot/cache``, ignored by git, never trusted blindly.

``state.json`` says for which inputs the tree was last brought up to date. ``renders.json``
maps each path to a key over its view and template, and to the hash of the text they made:
a text is a pure function of that key, so an equal key needs no Jinja and no gofmt. What the
specs came to lies beside them, see ``understanding``, and so do ``pieces`` of shared files.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from chariot_gen.files import FilePlan
from chariot_gen.workspace.manifest import manifest_paths
from chariot_gen.workspace.tree import STATE, Tree, digest_of

__all__ = ["RENDERS", "STATE_FILE", "is_settled", "known_renders", "render_key", "renders_text", "state_text"]

STATE_FILE = f"{STATE}/cache/state.json"
RENDERS = f"{STATE}/cache/renders.json"


def is_settled(tree: Tree, inputs: str) -> bool:
    """Report whether the last run saw these very inputs and what it left still stands.

    The manifests tell: version control takes them back together with the files.
    """
    state = _load(tree, STATE_FILE)
    files = state.get("files")
    if state.get("inputs") != inputs or not isinstance(files, list) or not tree.present(files):
        return False
    kept = {path: tree.read_bytes(path) for path in manifest_paths(tree)}
    return state.get("manifests") == _digest_of_all(kept)


def state_text(inputs: str, files: Iterable[str], manifests: Mapping[str, bytes]) -> str:
    """Return the state for a tree that holds these files, and these manifests by path."""
    return _lines({"inputs": inputs, "files": sorted(files), "manifests": _digest_of_all(manifests)})


def _digest_of_all(files: Mapping[str, bytes | None]) -> str:
    """Return one hash of the contents of files and of where they are."""
    digests = (f"{path} {digest_of(content or b'')}\n" for path, content in sorted(files.items()))
    return digest_of("".join(digests))


def render_key(plan: FilePlan, generator: str, source: str) -> str:
    """Return the key of a rendering: equal keys, equal text.

    ``source`` is a hash of all that the file is made from; where it is empty, the view is.
    """
    made_from = source.encode() or _spelled(plan.view)
    key = hashlib.sha256(f"{generator}\0{plan.template}\0{plan.path}\0".encode())
    key.update(made_from)
    return key.hexdigest()


def _spelled(view: object) -> bytes:
    """Return a view as bytes, equal for equal ones; some are megabytes, for which ``repr`` is slow."""
    try:
        return msgspec.msgpack.encode(view)
    except (TypeError, UnicodeEncodeError):
        return repr(view).encode()


def known_renders(tree: Tree) -> Mapping[str, tuple[str, str]]:
    """Return key and text hash by path; empty if the cache is missing or damaged."""
    return {
        path: (pair[0], pair[1])
        for path, pair in _load(tree, RENDERS).items()
        if isinstance(pair, list) and len(pair) == 2  # noqa: PLR2004 - a pair
    }


def renders_text(renders: Mapping[str, tuple[str, str]]) -> str:
    """Return the cache file for these keys and hashes."""
    return _lines(dict(sorted(renders.items())))


def _lines(document: object) -> str:
    return msgspec.json.format(msgspec.json.encode(document), indent=1).decode() + "\n"


def _load(tree: Tree, path: str) -> dict[str, Any]:
    try:
        document = msgspec.json.decode(tree.read_bytes(path) or b"{}")
    except msgspec.MsgspecError:
        return {}
    return document if isinstance(document, dict) else {}
