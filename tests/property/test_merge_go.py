"""Random regenerations, random hand edits: nothing is lost, nothing lands elsewhere.

The judge is the parser of Go, not the one that the merge is made with.
"""

from __future__ import annotations

from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chariot_gen.merge.golang import merge_go
from chariot_gen.merge.result import Merged
from judge import Case, faults, may_conflict, read
from regeneration import Pair, formatted, pairs

pytestmark = pytest.mark.compile

RUNS, PAIRS = 20, 100


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


@pytest.mark.parametrize("run", range(RUNS))
def test_no_edit_is_lost_or_moved_and_disjoint_edits_never_clash(run: int) -> None:
    made = [(pair, *texts) for pair in pairs(PAIRS, run * PAIRS) for texts in texts_of(pair)]
    merged = [merge_go(*texts) for _, _, *texts in made]
    shown = read([text for _, _, *texts in made for text in texts] + [result.text for result in merged])
    problems = []
    for (pair, path, base, ours, theirs), result in zip(made, merged, strict=True):
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
    for base, ours, theirs in few():
        merged = merge_go(base, ours, theirs)
        if not merged.conflicts:
            assert merge_go(theirs, merged.text, theirs) == Merged(merged.text)
            assert merge_go(base, merged.text, theirs) == merged


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
