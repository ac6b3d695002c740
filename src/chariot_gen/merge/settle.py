"""Turn a verdict into a change: write, unite, keep, mark, or leave it to a person."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec
from msgspec.structs import replace

from chariot_gen.files import Action, Change, Ownership
from chariot_gen.merge.choice import Choice
from chariot_gen.merge.decide import Verdict
from chariot_gen.merge.gomod import unite_mod, unite_sum
from chariot_gen.merge.labels import Labels
from chariot_gen.merge.markers import leftovers, markers_in, take
from chariot_gen.merge.result import Merged
from chariot_gen.merge.wording import (
    KEPT,
    OWNED,
    conflict_text,
    marked_text,
    no_base_text,
    owned_remedy,
    stopped_text,
)

__all__ = ["Texts", "settle"]


class Texts(msgspec.Struct, frozen=True):
    """The three versions of one file; None where there is none, or where it is not kept."""

    base: str | None
    ours: str | None
    theirs: str | None


Merger = Callable[[Texts], str | None]
_LABELS = Labels()


def settle(  # noqa: PLR0911 - a verdict, a return
    path: str,
    ownership: Ownership,
    verdict: Verdict,
    texts: Texts,
    *,
    choice: Choice = Choice.STOP,
    labels: Labels = _LABELS,
) -> Change:
    """Return what happens to a file. ``texts`` is only read where the verdict needs it."""
    match verdict:
        case Verdict.CURRENT:
            return Change(path, Action.KEEP)
        case Verdict.CREATE:
            return Change(path, Action.CREATE, texts.theirs)
        case Verdict.UPDATE:
            return Change(path, Action.UPDATE, texts.theirs)
        case Verdict.DELETE:
            return Change(path, Action.DELETE, reason="no longer generated, and nobody edited it")
        case Verdict.MERGE | Verdict.FOREIGN:
            return _combine(path, ownership, verdict, texts, choice, labels)
        case Verdict.GONE:
            return _gone(path, ownership, texts, choice)
        case Verdict.MARKED:
            return _resolve(path, ownership, texts, choice, labels)
        case Verdict.EDITED if ownership is Ownership.GENERATED:
            return Change(path, Action.KEEP, reason=f"{OWNED}; {owned_remedy(path)}")
        case _:
            return Change(path, Action.KEEP, reason=KEPT[verdict])


def _combine(
    path: str, ownership: Ownership, verdict: Verdict, texts: Texts, choice: Choice, labels: Labels
) -> Change:
    if ownership is Ownership.GENERATED and texts.ours is not None and markers_in(path, texts.ours):
        return Change(path, Action.UPDATE, texts.theirs, reason="held conflict markers of git; written anew")
    merger = _MERGERS.get(path)
    if merger is None and ownership is Ownership.MERGED and verdict is Verdict.MERGE:
        return _merge(path, texts, choice, labels)
    merged = merger(texts) if merger and texts.ours is not None else None
    if merged is None:
        return Change(path, Action.CONFLICT, reason=stopped_text(path, ownership, verdict))
    if merged == texts.ours:
        return Change(path, Action.KEEP, reason=KEPT[Verdict.EDITED])
    return Change(path, Action.MERGE, merged, reason="your lines and the new ones are united")


def _merge(path: str, texts: Texts, choice: Choice, labels: Labels) -> Change:
    """Merge an entity's file by its structure; what both sides changed is left to a person."""
    if texts.base is None or texts.ours is None or texts.theirs is None:
        return Change(path, Action.CONFLICT, reason=no_base_text(path))
    merged = _merge_texts(path, Texts(texts.base, texts.ours, texts.theirs), labels)
    if merged.conflicts:
        return _undecided(path, texts.ours, merged, choice, labels)
    if merged.text == texts.ours:
        return Change(path, Action.KEEP, reason=KEPT[Verdict.EDITED])
    reason = "; ".join(["your edits and the new rendering are united", *merged.notes])
    return Change(path, Action.MERGE, merged.text, reason=reason)


def _undecided(path: str, ours: str, merged: Merged, choice: Choice, labels: Labels) -> Change:
    """Do with places in conflict what the user chose; everything beside them is united."""
    if choice is Choice.MARK:
        where = ", ".join(conflict.where for conflict in merged.conflicts)
        return Change(path, Action.MARK, merged.text, reason=where)
    text = take(merged.text, choice.side) if choice.side else None
    if text is None:
        return Change(path, Action.CONFLICT, reason=conflict_text(path, merged.conflicts, labels))
    count = len(merged.conflicts)
    taken = "yours" if choice is Choice.OURS else "the new rendering"
    reason = f"{taken} taken at {count} place{'s' if count > 1 else ''} in conflict"
    if text == ours:
        return Change(path, Action.KEEP, reason=reason)
    return Change(path, Action.MERGE, text, reason=f"{reason}; the rest is united")


def _gone(path: str, ownership: Ownership, texts: Texts, choice: Choice) -> Change:
    if choice is Choice.THEIRS:
        return Change(path, Action.CREATE, texts.theirs)
    if choice is Choice.OURS:
        return Change(path, Action.KEEP, reason=KEPT[Verdict.REMOVED])
    return Change(path, Action.CONFLICT, reason=stopped_text(path, ownership, Verdict.GONE))


def _resolve(path: str, ownership: Ownership, texts: Texts, choice: Choice, labels: Labels) -> Change:
    """Decide the marked places for one side, or say where they are."""
    ours = texts.ours or ""
    decided = take(ours, choice.side) if choice.side else None
    if decided is None:
        lines = markers_in(path, ours) or leftovers(path, ours)
        return Change(path, Action.CONFLICT, reason=marked_text(path, lines))
    if texts.base == texts.theirs:
        change = Change(path, Action.KEEP)
    else:
        sides = replace(texts, ours=decided)
        change = _combine(path, ownership, Verdict.MERGE, sides, choice, labels)
    if change.action is not Action.KEEP:
        return change
    taken = "yours" if choice is Choice.OURS else "the new rendering"
    return Change(path, Action.MERGE, decided, reason=f"{taken} taken where conflict markers were left")


def _merge_texts(path: str, texts: Texts, labels: Labels) -> Merged:
    """Merge by structure. Parsers want text, so bytes that are none stand in as characters that are."""
    base, ours, theirs = (
        (text or "").translate(_STAND_IN) for text in (texts.base, texts.ours, texts.theirs)
    )
    merged = _merge_structure(path, base, ours, theirs, labels)
    return replace(merged, text=merged.text.translate(_STOOD_IN))


# Of the plane that is for private use: from where nobody takes characters for a Go or YAML file.
_STAND_IN = {0xDC00 + byte: 0x10FE00 + byte for byte in range(0x80, 0x100)}
_STOOD_IN = {stand_in: byte for byte, stand_in in _STAND_IN.items()}


def _merge_structure(path: str, base: str, ours: str, theirs: str, labels: Labels) -> Merged:
    # Each needs a parser that no other run does.
    if path.endswith(".go"):
        from chariot_gen.merge.golang import merge_go  # noqa: PLC0415

        return merge_go(base, ours, theirs, labels)
    if path.endswith((".yaml", ".yml")):
        from chariot_gen.merge.yaml import merge_yaml  # noqa: PLC0415

        return merge_yaml(base, ours, theirs, labels)
    from chariot_gen.merge.lines import merge_lines  # noqa: PLC0415

    return merge_lines(base, ours, theirs, labels)


def _unite_mod(texts: Texts) -> str | None:
    return unite_mod(texts.ours or "", texts.theirs or "")


def _unite_sum(texts: Texts) -> str | None:
    return unite_sum(texts.ours or "", texts.theirs or "")


_MERGERS: Mapping[str, Merger] = {"go.mod": _unite_mod, "go.sum": _unite_sum}
