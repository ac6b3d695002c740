"""Judge merges of Go by what go/ast finds in them: what was lost, what landed elsewhere."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from handedits import HandEdit
from tools import go, go_environment

__all__ = ["Case", "Fault", "Go", "faults", "may_conflict", "read"]

_PROGRAM = Path(__file__).with_name("declarations.go")


@dataclass(frozen=True, slots=True)
class Go:
    """What a file declares, each declaration (and each field, ``Type/Field``) as its tokens."""

    error: str
    imports: frozenset[str]
    order: tuple[str, ...]
    declarations: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Case:
    """One merged file: its three versions, and the edits that were made in it by hand."""

    base: Go
    ours: Go
    theirs: Go
    edits: tuple[HandEdit, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that any version declares."""
        sides = (self.base, self.ours, self.theirs)
        return tuple(dict.fromkeys(name for side in sides for name in side.order))

    def of(self, name: str) -> tuple[str | None, str | None, str | None]:
        """A declaration in the three versions."""
        base, ours, theirs = (side.declarations.get(name) for side in (self.base, self.ours, self.theirs))
        return base, ours, theirs


@dataclass(frozen=True, slots=True)
class Fault:
    """What a merge did wrong: ``kind`` is lost, misplaced, stale, moved, or broken."""

    kind: str
    what: str


def read(texts: Sequence[str]) -> dict[str, Go]:
    """Return what each text declares, by the parser of Go itself."""
    distinct = sorted(set(texts))
    done = subprocess.run(
        [go(), "run", str(_PROGRAM)],
        input=json.dumps(distinct), capture_output=True, text=True, check=False, env=go_environment(),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return {text: _file(file) for text, file in zip(distinct, json.loads(done.stdout), strict=True)}


def _file(file: dict[str, Any]) -> Go:
    imports, order = file["imports"] or [], file["order"] or []
    return Go(file["error"], frozenset(imports), tuple(order), file["declarations"] or {})


def may_conflict(case: Case) -> bool:
    """Say whether both sides changed one declaration, or one dropped a type that the other changed."""
    return any(len(set(case.of(name))) == 3 or _is_dropped_edited(case, name) for name in case.names)


def _is_dropped_edited(case: Case, name: str) -> bool:
    owner = _scope(name)
    base, ours, theirs = case.of(name)
    _, our_owner, their_owner = case.of(owner)
    return bool(owner) and (theirs if our_owner is None else ours if their_owner is None else base) != base


def faults(case: Case, result: Go) -> Iterator[Fault]:
    """Yield what is wrong with a result that was given as free of conflicts."""
    if result.error:
        yield Fault("broken", result.error)
        return
    yield from _marks(case, result)
    for name in case.names:
        yield from _declaration(case, name, result)
    for scope in dict.fromkeys(map(_scope, case.ours.order)):
        base, ours, found = (_order(file, scope) for file in (case.base, case.ours, result))
        if ours != base and [name for name in ours if name in found] != [
            name for name in found if name in ours
        ]:
            yield Fault("moved", f"the order of what a person had is another one {scope}".rstrip())


def _scope(name: str) -> str:
    return name.rpartition("/")[0]


def _order(file: Go, scope: str) -> list[str]:
    return [name for name in file.order if _scope(name) == scope]


def _marks(case: Case, result: Go) -> Iterator[Fault]:
    everything = " ".join([*result.declarations.values(), *result.imports])
    for edit in case.edits:
        if not edit.mark:
            if edit.place in result.declarations and edit.place not in case.ours.declarations:
                yield Fault("lost", f"{edit.kind}: {edit.place} is back")
        elif _is_dropped_unedited(case, edit.place) or edit.mark not in _text(case.ours, edit.place):
            continue
        elif edit.mark not in _text(result, edit.place):
            kind = "misplaced" if edit.mark in everything else "lost"
            yield Fault(kind, f"{edit.kind}: {edit.mark} of {edit.place}")


def _is_dropped_unedited(case: Case, place: str) -> bool:
    """Say whether what was only moved by hand is no longer generated."""
    base, ours, theirs = case.of(place)
    return theirs is None and base is not None and ours == base


def _text(file: Go, place: str) -> str:
    return " ".join(file.imports) if place == "import" else file.declarations.get(place, "")


def _declaration(case: Case, name: str, result: Go) -> Iterator[Fault]:
    base, ours, theirs = case.of(name)
    found = result.declarations.get(name)
    if ours == base and found != theirs:
        yield Fault("misplaced" if found not in (base, theirs) else "stale", f"{name} is not as generated")
    elif ours != base and theirs in (base, ours) and found != ours:
        yield Fault("lost", f"{name} is not as it was edited")
