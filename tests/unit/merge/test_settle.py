from __future__ import annotations

import pytest

from chariot_gen.files import Action, Change, Ownership
from chariot_gen.merge.decide import Verdict
from chariot_gen.merge.settle import Texts, settle

TEXTS = Texts(base="package old\n", ours="package edit\n", theirs="package new\n")


@pytest.mark.parametrize(
    ("verdict", "change"),
    [
        (Verdict.CURRENT, Change("x", Action.KEEP)),
        (Verdict.CREATE, Change("x", Action.CREATE, "package new\n")),
        (Verdict.UPDATE, Change("x", Action.UPDATE, "package new\n")),
        (Verdict.EDITED, Change("x", Action.KEEP, reason="edited by hand")),
    ],
)
def test_what_follows_from_a_verdict(verdict: Verdict, change: Change) -> None:
    assert settle("x", Ownership.MERGED, verdict, TEXTS) == change


@pytest.mark.parametrize("verdict", [Verdict.DELETE, Verdict.ORPHAN, Verdict.REMOVED, Verdict.THEIR_OWN])
def test_nothing_disappears_or_stays_behind_without_a_reason(verdict: Verdict) -> None:
    change = settle("x", Ownership.MERGED, verdict, TEXTS)
    assert (change.text, bool(change.reason)) == (None, True)


@pytest.mark.parametrize("ownership", [Ownership.MERGED, Ownership.GENERATED])
@pytest.mark.parametrize("verdict", [Verdict.MERGE, Verdict.FOREIGN, Verdict.GONE])
def test_a_conflict_names_the_file_and_a_way_out(ownership: Ownership, verdict: Verdict) -> None:
    change = settle("pkg/x.go", ownership, verdict, TEXTS)
    assert (change.action, change.text) == (Action.CONFLICT, None)
    assert change.reason.startswith("pkg/x.go: ")
    assert ";" in change.reason


def test_a_conflict_shows_the_three_texts() -> None:
    reason = settle("pkg/x.go", Ownership.MERGED, Verdict.MERGE, TEXTS).reason
    for text in (
        "last generated:\n      package old",
        "yours:\n      package edit",
        "generated:\n      package new",
    ):
        assert text in reason


@pytest.mark.parametrize(
    ("path", "base", "ours", "theirs", "merged"),
    [
        (
            "x.go",
            "package x\n",
            "package x\n\nvar a = 1\n",
            "package x\n\nvar b = 2\n",
            ["var a = 1", "var b = 2"],
        ),
        ("x.yaml", "a: 1\nb: 1\n", "a: 2\nb: 1\n", "a: 1\nb: 2\n", ["a: 2", "b: 2"]),
        ("x.txt", "a\nb\nc\n", "A\nb\nc\n", "a\nb\nC\n", ["A\nb\nC\n"]),
    ],
)
def test_an_edited_file_is_merged_as_what_it_is(
    path: str, base: str, ours: str, theirs: str, merged: list[str]
) -> None:
    change = settle(path, Ownership.MERGED, Verdict.MERGE, Texts(base, ours, theirs))
    assert change.action is Action.MERGE
    assert change.text is not None
    assert [piece for piece in merged if piece not in change.text] == []


def test_without_a_base_an_edited_file_is_left_alone() -> None:
    change = settle("x.go", Ownership.MERGED, Verdict.MERGE, Texts(None, "package x\n", "package y\n"))
    assert change.action is Action.CONFLICT
    assert ".chariot/base/x.go" in change.reason


def test_a_generated_file_full_of_conflict_markers_is_written_anew() -> None:
    texts = Texts("old\n", "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> asset\n", "new\n")
    assert settle("template.yaml", Ownership.GENERATED, Verdict.MERGE, texts).text == "new\n"
    assert settle("note.go", Ownership.MERGED, Verdict.MERGE, texts).action is Action.CONFLICT


def test_a_go_mod_that_was_there_before_is_united_with_ours() -> None:
    texts = Texts(
        None, "module mine\n\ngo 1.26\n", "module ours\n\ngo 1.26\n\nrequire example.com/a v1.0.0\n"
    )
    change = settle("go.mod", Ownership.MERGED, Verdict.FOREIGN, texts)
    assert change.action is Action.MERGE
    assert change.text is not None
    assert change.text.startswith("module mine\n")
    assert "example.com/a v1.0.0" in change.text


def test_a_go_mod_that_needs_nothing_is_left_alone() -> None:
    texts = Texts(None, "module mine\n\ngo 1.27\n", "module ours\n\ngo 1.26\n")
    assert settle("go.mod", Ownership.MERGED, Verdict.FOREIGN, texts).action is Action.KEEP
