"""Carry a backend over to its new names, in thought: nothing here writes.

Before, everything was brought up to date under the old names, so that a real difference
is met where a person knows it. Here each file is paired with itself under the new name.
One that nobody edited is simply the new rendering; in an edited one, and in Go files that
people wrote, what refers to a renamed thing follows. The tree that comes out is what an
ordinary run would find had the names been the new ones all along.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from chariot_gen.errors import ConflictError
from chariot_gen.files import Action, Change, Ownership
from chariot_gen.pipeline.record import encode
from chariot_gen.pipeline.renames import strangers
from chariot_gen.pipeline.renames.follow import Followed, Rendering, follow
from chariot_gen.pipeline.renames.known import known_as
from chariot_gen.pipeline.renames.moves import Move, folders_that_move, moves, owners
from chariot_gen.pipeline.renames.outward import notices
from chariot_gen.pipeline.renames.sides import Carried, Side
from chariot_gen.pipeline.texts import Texts
from chariot_gen.spec.renaming import Renaming
from chariot_gen.workspace.base import base_path, has_base
from chariot_gen.workspace.manifest import Entry, Manifest, manifest_path
from chariot_gen.workspace.overlay import Overlay, laid_over
from chariot_gen.workspace.tree import Tree, digest_of

__all__ = ["carry"]


class _Moved(msgspec.Struct, frozen=True):
    """One recorded file after the renaming: its text there, and whether a person's text is in it."""

    move: Move
    entry: Entry
    rendered: str
    text: str | None
    edited: bool
    notes: tuple[str, ...] = ()


def carry(
    tree: Tree, manifests: Mapping[str, Manifest], old: Side, new: Side, renamings: Sequence[Renaming]
) -> Carried:
    """Return the backend under its new names.

    Raises ConflictError where a file of somebody else stands in the way.
    """
    heirs = owners(old.backend, new.backend, renamings)
    paired = moves(old.plans, new.plans, heirs)
    renderings = {move.old.path: _rendering(tree, move, old, new) for move in _concerned(paired, old, new)}
    others = dict(_others(tree, old, renderings))
    module, layout = old.backend.settings.module, new.texts.laid_out
    followed = follow(module, tuple(renderings.values()), others, layout)
    followed = _laid_out(new.texts, followed, others)
    entries = {entry.path: entry for manifest in manifests.values() for entry in manifest.entries}
    ours = [
        _moved(move, renderings[move.old.path], entries[move.old.path], followed.get(move.old.path))
        for move in paired
        if move.old.path in renderings and move.old.path in entries and not move.is_left_to_the_run
    ]
    planned = {move.old.path for move in paired}
    found = strangers.strangers(tree, folders_that_move(paired), planned, followed.keys() - renderings.keys())
    _refuse_occupied(tree, ours, found)
    writes = {**dict(_writes(ours)), **dict(strangers.writes(tree, found, followed))}
    records = [known_as(_manifest(manifest, heirs, ours), renamings) for manifest in manifests.values()]
    writes |= {manifest_path(owner): None for owner in manifests if heirs.get(owner, owner) != owner}
    return Carried(
        Overlay(tree.root, {**laid_over(tree), **writes}),
        {manifest.entity: manifest for manifest in records},
        writes,
        {path: tree.digest(path) for path in writes},
        (*_changes(ours), *strangers.changes(found, followed)),
        notices(old.backend, new.backend, renamings),
    )


def _concerned(paired: Sequence[Move], old: Side, new: Side) -> list[Move]:
    """Return the moves of all files that the renaming moves or changes; their texts are made at once."""
    before, after = old.texts.digests(), new.texts.digests()
    found = [
        move
        for move in paired
        if move.old.path != move.new.path or before[move.old.path] != after[move.new.path]
    ]
    old.texts.make(move.old.path for move in found)
    new.texts.make(move.new.path for move in found)
    return found


def _rendering(tree: Tree, move: Move, old: Side, new: Side) -> Rendering:
    path = move.old.path
    written = old.standing[path] if path in old.standing else tree.read(path)
    is_theirs = move.old.ownership in {Ownership.SEEDED, Ownership.YOURS}
    return Rendering(path, old.texts[path], new.texts[move.new.path], written, is_theirs)


def _others(tree: Tree, old: Side, ours: Mapping[str, Rendering]) -> Iterator[tuple[str, str]]:
    """Yield every Go file that the renaming does not concern by itself."""
    for path in sorted({*tree.sources(), *old.standing}):
        if path.endswith(".go") and path not in ours:
            text = old.standing[path] if path in old.standing else tree.read(path)
            if text is not None:
                yield path, text


def _laid_out(
    texts: Texts, followed: Mapping[str, Followed], others: Mapping[str, str]
) -> dict[str, Followed]:
    """Format what the formatters had formatted before: names of another length are aligned otherwise."""
    before = {path: others[path] for path in followed if path in others}
    as_it_was = texts.laid_out(before)
    raw = {path: found.text for path, found in followed.items() if as_it_was.get(path) == before.get(path)}
    after = texts.laid_out(raw)
    return {path: replace(found, text=after.get(path, found.text)) for path, found in followed.items()}


def _moved(move: Move, rendering: Rendering, entry: Entry, followed: Followed | None) -> _Moved:
    seeded = move.new.ownership is Ownership.SEEDED and rendering.written is not None
    untouched = seeded and digest_of(encode(rendering.written or "")) in entry.digests
    if followed is None or untouched:
        text = None if rendering.written is None else rendering.new
        return _Moved(move, entry, rendering.new, text, edited=False)
    return _Moved(move, entry, rendering.new, followed.text, edited=True, notes=followed.notes)


def _writes(ours: Sequence[_Moved]) -> Iterator[tuple[str, bytes | None]]:
    for moved in ours:
        old, new = moved.move.old, moved.move.new
        if old.path != new.path:
            yield old.path, None
            if has_base(old):
                yield base_path(old.path), None
    for moved in ours:
        new = moved.move.new
        if moved.text is not None:
            yield new.path, encode(moved.text)
        if has_base(new):
            yield base_path(new.path), encode(moved.rendered)


def _refuse_occupied(tree: Tree, ours: Sequence[_Moved], others: Mapping[str, str]) -> None:
    """Refuse to move a file to where one of somebody else stands."""
    targets = {moved.move.old.path: moved.move.new.path for moved in ours} | dict(others)
    occupied = sorted(new for new in set(targets.values()) - targets.keys() if tree.exists(new))
    if occupied:
        raise ConflictError(
            "\n".join(
                f"{path}: exists and was not written by chariot-gen, so {old} cannot move there; move it "
                "away, or choose another name"
                for path in occupied
                for old in sorted(old for old, new in targets.items() if new == path)
            ),
            occupied,
        )


def _manifest(manifest: Manifest, heirs: Mapping[str, str], ours: Sequence[_Moved]) -> Manifest:
    found = {moved.entry.path: _entry(moved) for moved in ours}
    entries = sorted(
        (found.get(entry.path, entry) for entry in manifest.entries), key=lambda entry: entry.path
    )
    return replace(manifest, entity=heirs.get(manifest.entity, manifest.entity), entries=tuple(entries))


def _entry(moved: _Moved) -> Entry:
    """Return the record of a file: the new rendering is what we wrote last, even where it was edited."""
    entry, new = moved.entry, moved.move.new
    theirs = moved.edited and new.ownership in {Ownership.SEEDED, Ownership.YOURS}
    digests = entry.digests if theirs or not entry.digests else (digest_of(encode(moved.rendered)),)
    return replace(entry, path=new.path, digests=digests)


def _changes(ours: Sequence[_Moved]) -> Iterator[Change]:
    for moved in ours:
        old, new = moved.move.old.path, moved.move.new.path
        reason = "; ".join(("your edits came along", *moved.notes)) if moved.edited else ""
        if old != new and moved.text is not None:
            yield Change(new, Action.MOVE, moved.text, reason, was=old)
        elif moved.edited:
            yield Change(new, Action.MERGE, moved.text, reason)
        elif moved.text is not None:
            yield Change(new, Action.UPDATE, moved.text)
