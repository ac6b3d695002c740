"""Say in words why a file is left as it is, or why a run stops at it and what the ways on are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from chariot_gen.files import Ownership
from chariot_gen.merge.decide import Verdict
from chariot_gen.merge.labels import Labels
from chariot_gen.merge.result import Conflict

__all__ = [
    "FOREIGN_WAYS",
    "KEPT",
    "OWNED",
    "conflict_text",
    "lines_text",
    "marked_text",
    "no_base_text",
    "owned_remedy",
    "stopped_text",
]

_BASE = ".chariot/base"

KEPT: Mapping[Verdict, str] = {
    Verdict.EDITED: "edited by hand",
    Verdict.THEIR_OWN: "yours; chariot-gen does not touch it",
    Verdict.ORPHAN: "no longer generated, but edited by hand; remove it when you no longer need it",
    Verdict.REMOVED: "removed by hand; chariot-gen regen --restore brings it back",
}

FOREIGN_WAYS = (
    "if chariot-gen did write a file, its record is lost: put .chariot back from version control, or take "
    "the file as it is with chariot-gen adopt PATH; a file of your own stays there with chariot-gen release "
    "PATH"
)
OWNED = "belongs to chariot-gen and was edited by hand"


def conflict_text(path: str, conflicts: Sequence[Conflict], labels: Labels) -> str:
    """Return what both sides changed, each place in its three versions, and the ways on."""
    head = (
        f"{path}: your edit and the new rendering change the same place; change yours to what both want and "
        f"run again, or put the place back as in {_BASE}/{path}, or decide with --on-conflict: ours keeps "
        "yours there, theirs takes the new rendering, mark writes both into the file"
    )
    return "\n".join([head, *(_shown(conflict, labels) for conflict in conflicts)])


def stopped_text(path: str, ownership: Ownership, verdict: Verdict) -> str:
    """Return why a file that cannot be merged stops the run, and the ways on."""
    if verdict is Verdict.FOREIGN:
        way_out = "" if ownership is Ownership.GENERATED else ", or give the entity another name"
        return f"{path}: exists and was not written by chariot-gen; move it away{way_out}"
    if verdict is Verdict.GONE:
        return (
            f"{path}: was removed by hand, and what is generated for it changed; have it again with "
            f"--on-conflict theirs={path}, leave it out with --on-conflict ours={path}, or for good with "
            f"chariot-gen release {path}"
        )
    return f"{path}: {OWNED}; {owned_remedy(path)}"


def owned_remedy(path: str) -> str:
    """Return the three ways on from an edit of a file that is always ours."""
    return (
        f"have your edits merged from now on with chariot-gen adopt {path}, make the file your own with "
        f"chariot-gen release {path}, or discard your edits with chariot-gen regen --restore {path}"
    )


def marked_text(path: str, lines: Sequence[int]) -> str:
    """Return where the markers stand that a person still has to resolve."""
    return (
        f"{path}:{lines[0]}: {lines_text(lines)}; make each place what both sides want, remove the markers "
        f"and run again, or decide what is left with --on-conflict ours={path} or --on-conflict theirs={path}"
    )


def lines_text(lines: Sequence[int]) -> str:
    """Return a few words on where markers stand."""
    noun = "line" if len(lines) == 1 else "lines"
    return f"holds conflict markers ({noun} {', '.join(map(str, lines))})"


def no_base_text(path: str) -> str:
    """Return why an edited file cannot be merged without its base."""
    return (
        f"{path}: was edited by hand, and what was last generated for it is not known, because "
        f"{_BASE}/{path} is missing or was changed; put that file back from version control and run again, "
        f"or take yours as it is with chariot-gen adopt {path}, or discard your edits with chariot-gen regen "
        f"--restore {path}"
    )


def _shown(conflict: Conflict, labels: Labels) -> str:
    """Return a conflict with its three texts, as a person compares them."""
    newest = labels.newest((conflict.base or "").splitlines(), (conflict.theirs or "").splitlines())
    sides = ((labels.base, conflict.base), (labels.ours, conflict.ours), (newest, conflict.theirs))
    lines = [f"  {conflict.where}"]
    for label, text in sides:
        lines.append(f"    {label}:")
        lines += [f"      {line}" for line in (text or "(nothing)").splitlines()]
    return "\n".join(lines)
