"""Turn a verdict into a change, and say in words what a person has to do about a conflict."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import msgspec

from chariot_gen.files import Action, Change, Ownership
from chariot_gen.merge.decide import Verdict
from chariot_gen.merge.gomod import unite_mod, unite_sum
from chariot_gen.merge.result import Conflict, Merged

__all__ = ["Texts", "settle"]


class Texts(msgspec.Struct, frozen=True):
    """The three versions of one file; None where there is none, or where it is not kept."""

    base: str | None
    ours: str | None
    theirs: str | None


_MARKERS = re.compile(r"^(<{7}|>{7}) ", re.MULTILINE)
_BASE = ".chariot/base"

Merger = Callable[[Texts], str | None]


def settle(path: str, ownership: Ownership, verdict: Verdict, texts: Texts) -> Change:
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
        case Verdict.MERGE | Verdict.FOREIGN | Verdict.GONE:
            return _combine(path, ownership, verdict, texts)
        case _:
            return Change(path, Action.KEEP, reason=_KEPT[verdict])


def _combine(path: str, ownership: Ownership, verdict: Verdict, texts: Texts) -> Change:
    if ownership is Ownership.GENERATED and texts.ours is not None and _MARKERS.search(texts.ours):
        return Change(path, Action.UPDATE, texts.theirs, reason="held conflict markers of git; written anew")
    if path not in _MERGERS and ownership is Ownership.MERGED and verdict is Verdict.MERGE:
        return _merge(path, texts)
    merger = _MERGERS.get(path, _refuse)
    merged = merger(texts) if texts.ours is not None else None
    if merged is None:
        return Change(path, Action.CONFLICT, reason=_conflict(path, ownership, verdict))
    if merged == texts.ours:
        return Change(path, Action.KEEP, reason=_KEPT[Verdict.EDITED])
    return Change(path, Action.MERGE, merged, reason="your lines and the new ones are united")


def _merge(path: str, texts: Texts) -> Change:
    """Merge an entity's file by its structure; what both sides changed is left to a person."""
    if texts.base is None or texts.ours is None or texts.theirs is None:
        return Change(path, Action.CONFLICT, reason=_no_base(path))
    merged = _merge_texts(path, texts.base, texts.ours, texts.theirs)
    if merged.conflicts:
        reason = "\n".join([_conflict(path, Ownership.MERGED, Verdict.MERGE), *map(_shown, merged.conflicts)])
        return Change(path, Action.CONFLICT, reason=reason)
    if merged.text == texts.ours:
        return Change(path, Action.KEEP, reason=_KEPT[Verdict.EDITED])
    reason = "; ".join(["your edits and the new rendering are united", *merged.notes])
    return Change(path, Action.MERGE, merged.text, reason=reason)


def _merge_texts(path: str, base: str, ours: str, theirs: str) -> Merged:
    # Each needs a parser that no other run does.
    if path.endswith(".go"):
        from chariot_gen.merge.golang import merge_go  # noqa: PLC0415

        return merge_go(base, ours, theirs)
    if path.endswith((".yaml", ".yml")):
        from chariot_gen.merge.yaml import merge_yaml  # noqa: PLC0415

        return merge_yaml(base, ours, theirs)
    from chariot_gen.merge.lines import merge_lines  # noqa: PLC0415

    return merge_lines(base, ours, theirs)


def _shown(conflict: Conflict) -> str:
    """Return a conflict with its three texts, as a person compares them."""
    sides = (
        ("last generated", conflict.base),
        ("yours", conflict.ours),
        ("newly generated", conflict.theirs),
    )
    lines = [f"  {conflict.where}"]
    for label, text in sides:
        lines.append(f"    {label}:")
        lines += [f"      {line}" for line in (text or "(nothing)").splitlines()]
    return "\n".join(lines)


def _no_base(path: str) -> str:
    return (
        f"{path}: was edited by hand, and what was last generated for it is not known, because "
        f"{_BASE}/{path} is missing or was changed; put that file back from version control and run again"
    )


def _refuse(_: Texts) -> str | None:
    """Merge nothing: an edited file whose rendering changed is left to a person."""
    return None


def _unite_mod(texts: Texts) -> str | None:
    return unite_mod(texts.ours or "", texts.theirs or "")


def _unite_sum(texts: Texts) -> str | None:
    return unite_sum(texts.ours or "", texts.theirs or "")


_MERGERS: Mapping[str, Merger] = {"go.mod": _unite_mod, "go.sum": _unite_sum}

_KEPT: Mapping[Verdict, str] = {
    Verdict.EDITED: "edited by hand",
    Verdict.THEIR_OWN: "yours; chariot-gen does not touch it",
    Verdict.ORPHAN: "no longer generated, but edited by hand; remove it when you no longer need it",
    Verdict.REMOVED: "removed by hand; chariot-gen regen --restore brings it back",
}


def _conflict(path: str, ownership: Ownership, verdict: Verdict) -> str:
    if verdict is Verdict.FOREIGN:
        way_out = "" if ownership is Ownership.GENERATED else ", or give the entity another name"
        return f"{path}: exists and was not written by chariot-gen; move it away{way_out}"
    if verdict is Verdict.GONE:
        return (
            f"{path}: was removed by hand, and what is generated for it changed; have it again with "
            "chariot-gen regen --restore, or take back the change of the spec"
        )
    if ownership is Ownership.GENERATED:
        return (
            f"{path}: belongs to chariot-gen and was edited by hand; move the edit to a file of your own, "
            "remove this one and run again"
        )
    return (
        f"{path}: your edit and the new rendering change the same place; change yours to what both want, or "
        f"put the place back as in {_BASE}/{path}, and run again"
    )
