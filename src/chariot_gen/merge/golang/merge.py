"""Merge three versions of a Go file by what they declare."""

from __future__ import annotations

from collections.abc import Sequence

from chariot_gen.merge.golang.containers import file_pieces
from chariot_gen.merge.golang.imports import is_laid_out, merge_imports
from chariot_gen.merge.golang.outcome import Outcome
from chariot_gen.merge.golang.piece import Piece
from chariot_gen.merge.golang.sequence import IMPORTS, merge_pieces
from chariot_gen.merge.golang.source import is_go, parse
from chariot_gen.merge.golang.usage import Usage
from chariot_gen.merge.labels import Labels
from chariot_gen.merge.lines import merge_lines, trivial
from chariot_gen.merge.result import Merged
from chariot_gen.merge.shape import plain

__all__ = ["merge_go"]

Pieces = Sequence[Piece]

_LABELS = Labels()
_SIDES = ("what was last generated", "your version", "the new version")


def merge_go(base: str, ours: str, theirs: str, labels: Labels = _LABELS) -> Merged:
    """Return what is new in ``theirs`` since ``base``, in ``ours``.

    Everything that only one side changed is as that side has it; the rest, its order and
    its form (line endings, byte order mark, last line ending) are as in ours. What both
    changed is merged in the smallest part that has an identity; a part that cannot be
    decided is a conflict, with markers around it. A version that cannot be taken apart
    is merged by lines, and a note says so.
    """
    same = trivial(base, ours, theirs)
    if same is not None:
        return Merged(same)
    (old, base_shape), (mine, our_shape), (new, their_shape) = plain(base), plain(ours), plain(theirs)
    shape = our_shape.merged_with(base_shape, their_shape)
    outcome, note = _merge_texts((old, mine, new), labels)
    if outcome is None:
        merged = merge_lines(base, ours, theirs, labels)
        return Merged(merged.text, merged.conflicts, (f"{note}; merged by lines", *merged.notes))
    return Merged(shape.apply(_text(outcome.lines)), outcome.conflicts)


def _merge_texts(texts: tuple[str, str, str], labels: Labels) -> tuple[Outcome | None, str]:
    """Return what the merge came to; None with the reason where there is nothing to merge by."""
    pieces: list[tuple[Piece, ...]] = []
    for text, side in zip(texts, _SIDES, strict=True):
        source = parse(text)
        if source is None:
            return None, f"{side} is not Go that can be read"
        found = file_pieces(source)
        if found is None:
            return None, f"{side} has several declarations on a line"
        if not is_laid_out(_imports(found)):
            return None, f"{side} has imports, or text beside them, that are not one a line"
        pieces.append(found)
    base, ours, theirs = pieces
    outcome = _with_imports(merge_pieces((base, ours, theirs), labels), (base, ours, theirs))
    if not outcome.conflicts and not is_go(_text(outcome.lines)):
        return None, "the merged declarations are not Go that can be read"
    return outcome, ""


def _text(lines: Sequence[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _with_imports(outcome: Outcome, pieces: tuple[Pieces, Pieces, Pieces]) -> Outcome:
    if IMPORTS not in outcome.lines:
        return outcome
    place = outcome.lines.index(IMPORTS)
    above, below = outcome.lines[:place], outcome.lines[place + 1 :]
    code = [
        "\n".join(line for piece in side if piece.identity.kind != "import" for line in piece.lines)
        for side in pieces
    ]
    base, ours, theirs = (_imports(side) for side in pieces)
    merged = merge_imports(base, ours, theirs, Usage(code, "\n".join(below)))
    while not merged and above and not above[-1]:
        above = above[:-1]
    return Outcome((*above, *merged, *below), outcome.conflicts)


def _imports(pieces: Pieces) -> list[str]:
    return [line for piece in pieces if piece.identity.kind == "import" for line in piece.lines]
