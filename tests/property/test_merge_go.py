"""Random regenerations, random hand edits: nothing is lost, nothing lands elsewhere.

The judge is the parser of Go, not the one that the merge is made with.
"""

from __future__ import annotations

import itertools
from functools import lru_cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chariot_gen.merge.golang import merge_go
from chariot_gen.merge.result import Merged
from handedits import HandEdit, edit_go
from judge import Case, faults, may_conflict, read
from regeneration import Pair, formatted, pairs
from tools import go, run

pytestmark = pytest.mark.compile

PARTS, PAIRS = 20, 100


def texts_of(pair: Pair) -> list[tuple[str, str, str, str]]:
    """The files that both sides changed, each in three versions."""
    return [
        (path, pair.base[path], ours, pair.theirs[path])
        for path, ours in pair.ours.items()
        if pair.base[path] != ours and pair.theirs.get(path) not in {None, pair.base[path]}
    ]


@lru_cache(maxsize=1)
def few() -> list[tuple[str, str, str]]:
    return [(base, ours, theirs) for pair in pairs(25) for _, base, ours, theirs in texts_of(pair)]


@pytest.mark.parametrize("part", range(PARTS))
def test_no_edit_is_lost_or_moved_and_disjoint_edits_never_clash(part: int) -> None:
    made = [(pair, *texts) for pair in pairs(PAIRS, part * PAIRS) for texts in texts_of(pair)]
    merged = [merge_go(*texts) for _, _, *texts in made]
    shown = read([text for _, _, *texts in made for text in texts] + [result.text for result in merged])
    problems = []
    readable = [not any(shown[text].error for text in texts) for _, _, *texts in made]
    # An edit may leave what is no Go; what then happens is told by a test of its own.
    assert sum(readable) > 0.99 * len(made)
    for (pair, path, base, ours, theirs), result in itertools.compress(
        zip(made, merged, strict=True), readable
    ):
        edits = tuple(edit for edit in pair.hand_edits if edit.path == path)
        case = Case(shown[base], shown[ours], shown[theirs], edits)
        where = f"seed {pair.seed}, {pair.spec_edit}, {path}"
        if result.notes:
            problems.append(f"{where}: {result.notes}")
        if not result.conflicts:
            problems += [f"{where}: {fault}" for fault in faults(case, shown[result.text])]
        elif not may_conflict(case):
            problems.append(f"{where}: a needless conflict at {result.conflicts[0].where}")
    assert problems == []


FOLDERS = ("encoding/json", "go/ast", "log/slog", "net/url", "sort", "text/template/parse")
LARGEST = 30_000


def test_go_that_was_never_generated_is_merged_as_well() -> None:
    made = [(text, *_edited_by_two(text, Random(seed))) for seed, text in enumerate(_library())]  # noqa: S311 - always the same
    shown = read([text for texts in made for text in texts[:3]])
    # An edit that fits what is generated may not fit all Go.
    made = [texts for texts in made if not any(shown[text].error for text in texts[:3])]
    assert len(made) > 30
    merged = [merge_go(*texts[:3]) for texts in made]
    shown |= read([result.text for result in merged])
    problems = []
    for seed, ((base, ours, theirs, mine, new), result) in enumerate(zip(made, merged, strict=True)):
        case = Case(shown[base], shown[ours], shown[theirs], mine)
        turned = Case(shown[base], shown[theirs], shown[ours], new)
        if result.notes or (result.conflicts and not may_conflict(case)):
            problems.append(f"{seed}: {result.notes} {result.conflicts}")
        elif not result.conflicts:
            problems += [f"{seed}: {fault}" for fault in faults(case, shown[result.text])]
            # Whose order is kept is the one thing in which the sides differ.
            seen = faults(turned, shown[result.text])
            problems += [f"{seed}, turned: {fault}" for fault in seen if fault.kind != "moved"]
    assert problems == []


def _library() -> list[str]:
    root = run([go(), "env", "GOROOT"], Path.cwd()).strip()
    paths = sorted(path for folder in FOLDERS for path in Path(root, "src", folder).glob("*.go"))
    return [path.read_text(encoding="utf-8") for path in paths if path.stat().st_size < LARGEST]


Edits = tuple[HandEdit, ...]


def _edited_by_two(text: str, random: Random) -> tuple[str, str, Edits, Edits]:
    ours, theirs = text, text
    mine, new = [], []
    for number in range(random.randint(1, 4)):
        ours, edit = edit_go("", ours, f"handEditOurs{number}", random)
        mine.append(edit)
        theirs, edit = edit_go("", theirs, f"handEditTheirs{number}", random)
        new.append(edit)
    return ours, theirs, tuple(mine), tuple(new)


def test_what_is_merged_of_formatted_files_is_formatted() -> None:
    results = [merge_go(*texts) for texts in few()]
    clean = [result.text for result in results if not result.conflicts]
    assert len(clean) > len(results) / 2
    assert [text for text, written in formatted(clean).items() if text != written] == []


def test_what_nobody_changed_is_not_changed() -> None:
    for base, ours, theirs in few():
        assert merge_go(base, base, theirs) == Merged(theirs)
        assert merge_go(base, ours, base) == Merged(ours)
        assert merge_go(base, ours, ours) == Merged(ours)


def test_a_merge_that_is_repeated_changes_nothing_more() -> None:
    shown = read([text for texts in few() for text in texts])
    repeated = 0
    for base, ours, theirs in few():
        merged = merge_go(base, ours, theirs)
        if merged.conflicts:
            continue
        assert merge_go(theirs, merged.text, theirs) == Merged(merged.text)
        # From the old base, the edits of both sides in one function would be one edit of ours.
        if not may_conflict(Case(shown[base], shown[ours], shown[theirs], ())):
            assert merge_go(base, merged.text, theirs) == merged
            repeated += 1
    assert repeated > len(few()) / 2


def test_the_sides_differ_only_in_whose_order_and_layout_is_kept() -> None:
    made = [(merge_go(base, ours, theirs), merge_go(base, theirs, ours)) for base, ours, theirs in few()]
    shown = read([side.text for pair in made for side in pair])
    for one, other in made:
        assert bool(one.conflicts) == bool(other.conflicts)
        if not one.conflicts:
            assert shown[one.text].declarations.keys() == shown[other.text].declarations.keys()
            assert shown[one.text].imports == shown[other.text].imports


NAMES = st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=8)


@given(NAMES, NAMES, NAMES, st.data())
@settings(deadline=None, max_examples=200)
def test_files_of_any_declarations_are_merged_by_them(
    base: list[str], ours: list[str], theirs: list[str], data: st.DataObject
) -> None:
    def file(names: list[str], side: str) -> tuple[str, dict[str, int]]:
        values = {name: data.draw(st.integers(0, 1), label=f"{side} {name}") for name in names}
        return "package p\n" + "".join(f"\nfunc {n}() {{\n\tf({v})\n}}\n" for n, v in values.items()), values

    (text, old), (mine_text, mine), (new_text, new) = (
        file(base, "base"),
        file(ours, "ours"),
        file(theirs, "theirs"),
    )
    merged = merge_go(text, mine_text, new_text)
    wanted, clashes = {}, set()
    for name in {**old, **mine, **new}:
        value = _decided(old.get(name), mine.get(name), new.get(name))
        if value == "clash":
            clashes.add(f"func {name}")
        elif value is not None:
            wanted[name] = value
    assert {conflict.where for conflict in merged.conflicts} == clashes
    for name, value in wanted.items():
        assert f"func {name}() {{\n\tf({value})\n}}\n" in merged.text
    if not clashes:
        assert merged.text.count("func ") == len(wanted)
        order = [line.split()[1] for line in merged.text.splitlines() if line.startswith("func")]
        kept = [f"{name}()" for name in ours if name in wanted]
        assert [name for name in order if name in kept] == kept or text == mine_text


def _decided(old: int | None, mine: int | None, new: int | None) -> int | str | None:
    if new in (mine, old):
        return mine
    return new if mine == old else "clash"
