"""What was written last, for whom: one small file per entity, made to merge well in git.

``.chariot/entities/<snake>.json`` belongs to one entity and ``.chariot/backend.json`` to
the files of the whole backend. Both hold one line per file, sorted. The hash of a file
that is composed from all entities is not in ``backend.json``, because two branches that
each add an entity would both change that line: its last content lies in ``.chariot/base``
instead, where git merges it exactly as it merges the file itself.

A manifest that holds git's conflict markers is read as the union of both sides: a file is
then taken for unedited if it is what either side wrote.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from json.encoder import encode_basestring_ascii as _quoted
from typing import Any

import msgspec
from msgspec.structs import replace

from chariot_gen.errors import WorkspaceError
from chariot_gen.files import Ownership
from chariot_gen.workspace.tree import STATE, Tree

__all__ = ["BACKEND", "FORMAT", "Entry", "Manifest", "manifest_path", "manifest_paths", "read_manifests"]

FORMAT = 1
BACKEND = f"{STATE}/backend.json"
_ENTITIES = f"{STATE}/entities"
_BLOCKS = ("names", "fields", "services", "formerly")
_LINE = re.compile(r'^\s*("(?:[^"\\]|\\.)*": .*?),?\s*$')
_MARKER = re.compile(r"^(<{7}|={7}|>{7}|\|{7})( .*)?$")


class Entry(msgspec.Struct, frozen=True):
    """One emitted file: ``digests`` holds what we last wrote (two after a merge in git).

    It is empty for a composed file, whose last content is in ``.chariot/base``. An owner
    that was ``chosen`` by adopting or releasing the file outweighs the planned one.
    """

    path: str
    ownership: Ownership
    template: str
    digests: tuple[str, ...] = ()
    chosen: bool = False


class Manifest(msgspec.Struct, frozen=True):
    """The emitted files of one entity, or of the backend where ``entity`` is empty.

    ``facts`` are strings such as the spec's digest; ``names`` are the locked names.
    ``fields`` and ``services`` are those of the spec, with what they are known by when one
    is renamed; ``formerly`` holds the ``renamed_from`` that was last carried out or found
    carried out, by ``entity``, ``field title`` or ``service shodan``.
    """

    entity: str = ""
    facts: Mapping[str, str] = msgspec.field(default_factory=dict)
    names: Mapping[str, str] = msgspec.field(default_factory=dict)
    fields: Mapping[str, str] = msgspec.field(default_factory=dict)
    services: Mapping[str, str] = msgspec.field(default_factory=dict)
    formerly: Mapping[str, str] = msgspec.field(default_factory=dict)
    entries: tuple[Entry, ...] = ()

    @property
    def path(self) -> str:
        """Where the manifest lies below the backend."""
        return manifest_path(self.entity)

    @property
    def paths(self) -> tuple[str, ...]:
        """The emitted files."""
        return tuple(entry.path for entry in self.entries)

    def to_text(self) -> str:
        """Return the file's text: JSON with one line per fact, name and file."""
        lines = ["{", f'  "format": {FORMAT},']
        if self.entity:
            lines.append(f'  "entity": {json.dumps(self.entity)},')
        lines += [f"  {json.dumps(key)}: {json.dumps(value)}," for key, value in sorted(self.facts.items())]
        for block in _BLOCKS:
            if items := getattr(self, block):
                lines += [f"  {json.dumps(block)}: {{", *_block(items.items()), "  },"]
        files = ((entry.path, _record(entry)) for entry in self.entries)
        return "\n".join([*lines, '  "files": {', *_block(files), "  }", "}"]) + "\n"


def manifest_path(entity: str) -> str:
    """Return the path of an entity's manifest; of the backend's for an empty name."""
    return f"{_ENTITIES}/{entity}.json" if entity else BACKEND


def manifest_paths(tree: Tree) -> tuple[str, ...]:
    """Return where the manifests of the backend are, its own first."""
    own = (BACKEND,) if tree.exists(BACKEND) else ()
    return *own, *map(manifest_path, _entities(tree))


def read_manifests(tree: Tree) -> dict[str, Manifest]:
    """Return every manifest of the backend by entity, the backend's own under ``""``."""
    found = {name: _read(tree, name) for name in ["", *_entities(tree)]}
    return {name: manifest for name, manifest in found.items() if manifest is not None}


def _entities(tree: Tree) -> list[str]:
    folder = tree.root / _ENTITIES
    return sorted(path.stem for path in folder.glob("*.json")) if folder.is_dir() else []


def _read(tree: Tree, entity: str) -> Manifest | None:
    path = manifest_path(entity)
    text = tree.read(path)
    if text is None:
        return None
    try:
        document = json.loads(text)
    except json.JSONDecodeError:
        return _from_lines(path, entity, text)
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise WorkspaceError(
            f"{path}: is not a manifest that this version reads; restore it from version control, "
            "or upgrade chariot-gen"
        )
    return Manifest(
        entity=entity,
        facts={key: value for key, value in document.items() if isinstance(value, str) and key != "entity"},
        **{block: document.get(block, {}) for block in _BLOCKS},
        entries=tuple(_entry(item, record) for item, record in sorted(document.get("files", {}).items())),
    )


def _from_lines(path: str, entity: str, text: str) -> Manifest:
    """Read both sides of an unresolved merge; facts that differ are dropped."""
    lines = text.splitlines()
    if not any(_MARKER.match(line) for line in lines):
        raise WorkspaceError(f"{path}: is not valid JSON; restore it from version control")
    facts: dict[str, set[str]] = {}
    entries: dict[str, Entry] = {}
    for line in lines:
        for key, value in _pair(line).items():
            if isinstance(value, dict) and "ownership" in value:
                known = entries[key].digests if key in entries else ()
                entry = _entry(key, value)
                digests = tuple(sorted({*known, *entry.digests}))
                entries[key] = replace(entry, digests=digests)
            elif isinstance(value, str):
                facts.setdefault(key, set()).add(value)
    agreed = {key: next(iter(values)) for key, values in facts.items() if len(values) == 1}
    agreed.pop("entity", None)
    return Manifest(entity=entity, facts=agreed, entries=tuple(entries[key] for key in sorted(entries)))


def _pair(line: str) -> dict[str, Any]:
    match = _LINE.match(line)
    if match is None:
        return {}
    try:
        pair = json.loads("{" + match[1] + "}")
    except json.JSONDecodeError:
        return {}
    return pair if isinstance(pair, dict) else {}


def _block(items: Iterable[tuple[str, str | Mapping[str, str]]]) -> list[str]:
    lines = [f"    {_quoted(key)}: {_inline(value)}" for key, value in sorted(items)]
    return [f"{line}," for line in lines[:-1]] + lines[-1:]


def _inline(value: str | Mapping[str, str]) -> str:
    """Return a text, or a mapping of texts, as JSON on one line."""
    if isinstance(value, str):
        return _quoted(value)
    return f"{{{', '.join(f'{_quoted(key)}: {_quoted(text)}' for key, text in value.items())}}}"


def _record(entry: Entry) -> dict[str, str]:
    record = {"ownership": entry.ownership.value, "template": entry.template}
    if entry.chosen:
        record["chosen"] = "yes"
    return {**record, "sha256": " ".join(entry.digests)} if entry.digests else record


def _entry(path: str, record: Mapping[str, str]) -> Entry:
    digests = tuple(record.get("sha256", "").split())
    chosen = record.get("chosen") == "yes"
    return Entry(path, Ownership(record["ownership"]), record.get("template", ""), digests, chosen)
