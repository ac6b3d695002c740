"""Merge pieces, each for itself: whatever touches different pieces cannot clash."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from chariot_gen.merge.golang.align import Slot, align, in_order
from chariot_gen.merge.golang.containers import Container, containers_in
from chariot_gen.merge.golang.outcome import Outcome, clash
from chariot_gen.merge.golang.parts import merge_parts
from chariot_gen.merge.golang.piece import Piece
from chariot_gen.merge.golang.rows import Chunk, Row, merge_rows
from chariot_gen.merge.golang.source import is_go
from chariot_gen.merge.golang.twins import Twins, twins_of
from chariot_gen.merge.labels import Labels
from chariot_gen.merge.result import Conflict

__all__ = ["IMPORTS", "merge_pieces"]

IMPORTS = "\0imports"

Pieces = Sequence[Piece]


def merge_pieces(
    pieces: tuple[Pieces, Pieces, Pieces], labels: Labels, parent: str = "", *, is_ordered: bool = False
) -> Outcome:
    """Merge the pieces of base, ours and theirs; imports come out as the row ``IMPORTS``."""
    slots = align(*pieces)
    usual = _usual_gap(pieces)
    lines: list[str] = []
    conflicts: list[Conflict] = []
    previous: Slot | None = None
    for slot in in_order(slots, pieces, is_ordered=is_ordered):
        outcome = _merge_slot(slot, labels, parent)
        if outcome is None:
            continue
        lines += [""] * _gap(slot, previous, usual)
        lines += outcome.lines
        conflicts += outcome.conflicts
        previous = slot
    return Outcome(tuple(lines), tuple(conflicts))


def _usual_gap(pieces: tuple[Pieces, Pieces, Pieces]) -> int:
    gaps = Counter(piece.gap for side in pieces for piece in side if piece.gap is not None)
    return max(gaps, key=lambda gap: (gaps[gap], gap), default=0)


def _gap(slot: Slot, previous: Slot | None, usual: int) -> int:
    """Return how many blank lines stand above a piece; a comment of its own keeps its distance."""
    if previous is None:
        return 0
    gaps = [piece.gap if piece else None for piece in (slot.base, slot.ours, slot.theirs)]
    base, ours, theirs = gaps
    chosen = theirs if ours is None or ours == base else ours
    chosen = ours if chosen is None else chosen
    least = 1 if previous.any.identity.kind == "comment" else 0
    return max(usual if chosen is None else chosen, least)


def _merge_slot(slot: Slot, labels: Labels, parent: str) -> Outcome | None:
    """Return the merged piece; None when it is gone."""
    base, ours, theirs = slot.base, slot.ours, slot.theirs
    piece = slot.any
    if piece.identity.kind == "import":
        return Outcome((IMPORTS,))
    where = f"{piece.identity.label} of {parent.removeprefix('type ')}" if parent else piece.identity.label
    if base is not None and ours is not None and theirs is not None:
        return _merge_piece((base, ours, theirs), labels, where, is_whole=not parent)
    if base is None:
        if ours is None or theirs is None or ours.keys == theirs.keys:
            return Outcome(piece.lines)
    elif (ours or base).keys == base.keys == (theirs or base).keys:
        return None
    sides = [None if side is None else side.lines for side in (base, ours, theirs)]
    return clash(where, labels, *sides)


def _merge_piece(
    versions: tuple[Piece, Piece, Piece], labels: Labels, where: str, *, is_whole: bool
) -> Outcome:
    base, ours, theirs = versions
    if theirs.keys in (base.keys, ours.keys):
        return Outcome(ours.lines)
    if ours.keys == base.keys:
        return Outcome(theirs.lines)
    twins = twins_of(*(containers_in(piece.source, piece) for piece in versions))
    outcome = _merge_around(versions, twins, labels, where)
    if outcome.conflicts:
        parts = merge_parts(*versions)
        return outcome if parts is None else Outcome(parts)
    if is_whole and not _stands(outcome.lines):
        return clash(where, labels, *(piece.lines for piece in versions))
    return outcome


def _stands(lines: tuple[str, ...]) -> bool:
    """Say whether merged rows are Go: edits of one declaration can be good only each by itself."""
    text = "\n".join(lines) + "\n"
    return is_go(text) or is_go(f"package p\n{text}")


def _merge_around(
    versions: tuple[Piece, Piece, Piece], twins: Sequence[Twins], labels: Labels, where: str
) -> Outcome:
    """Merge what stands outside of the containers by rows, and each container by its pieces.

    Where that makes a container come out twice or not at all, what changed in it would
    be dropped in silence: then its rows are merged as rows.
    """
    sides = [_rows(piece, [containers[side] for containers in twins]) for side, piece in enumerate(versions)]
    chunks = list(merge_rows(*sides))
    places = [row.key for chunk in chunks for row in chunk.rows if row.key.startswith("\0")]
    hidden = {row.key for chunk in chunks for side in chunk.versions or () for row in side}
    if any(places.count(f"\0{i}") + (f"\0{i}" in hidden) != 1 for i in range(len(twins))):
        return _merge_around(versions, (), labels, where)
    inner = {f"\0{i}": _merge_containers(containers, labels, where) for i, containers in enumerate(twins)}
    merged = [_outcome(chunk, inner, twins, labels, where) for chunk in chunks]
    lines = tuple(line for part in merged for line in part.lines)
    return Outcome(lines, tuple(conflict for part in merged for conflict in part.conflicts))


def _rows(piece: Piece, containers: Sequence[Container]) -> list[Row]:
    rows, at = [], piece.start
    for index, container in enumerate(containers):
        rows += [Row(piece.source.keys[row], piece.source.lines[row]) for row in range(at, container.start)]
        rows.append(Row(f"\0{index}", ""))
        at = container.end
    return rows + [Row(piece.source.keys[row], piece.source.lines[row]) for row in range(at, piece.end)]


def _merge_containers(containers: Twins, labels: Labels, where: str) -> Outcome:
    base, ours, theirs = (container.pieces for container in containers)
    return merge_pieces((base, ours, theirs), labels, where, is_ordered=containers[0].is_ordered)


def _outcome(
    chunk: Chunk, inner: dict[str, Outcome], twins: Sequence[Twins], labels: Labels, where: str
) -> Outcome:
    if chunk.versions is None:
        parts = [inner.get(row.key) or Outcome((row.text,)) for row in chunk.rows]
        lines = tuple(line for part in parts for line in part.lines)
        return Outcome(lines, tuple(conflict for part in parts for conflict in part.conflicts))
    sides = [_written(rows, [pair[side] for pair in twins]) for side, rows in enumerate(chunk.versions)]
    return clash(where, labels, *sides)


def _written(rows: Sequence[Row], containers: Sequence[Container]) -> list[str]:
    """Return rows as one version has them, its containers included."""
    held = {f"\0{index}": container for index, container in enumerate(containers)}
    return [line for row in rows for line in (held[row.key].lines if row.key in held else (row.text,))]
