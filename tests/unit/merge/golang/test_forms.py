"""What is around the Go: byte order marks, line endings, files that cannot be read."""

from __future__ import annotations

import pytest

from chariot_gen.merge.golang import merge_go

BASE = "package p\n\nvar a = 1\n\nvar b = 1\n"
OURS = BASE.replace("a = 1", "a = 2")
THEIRS = BASE.replace("b = 1", "b = 2") + "\nvar c = 3\n"
BOTH = THEIRS.replace("a = 1", "a = 2")


def test_the_line_endings_and_the_mark_of_ours_are_kept() -> None:
    ours = "\ufeff" + OURS.replace("\n", "\r\n")
    assert merge_go(BASE, ours, THEIRS).text == "\ufeff" + BOTH.replace("\n", "\r\n")


def test_endings_alone_are_no_edit_that_could_clash() -> None:
    ours = BASE.replace("\n", "\r\n")
    assert merge_go(BASE, ours, THEIRS).text == THEIRS.replace("\n", "\r\n")


def test_a_missing_last_ending_stays_missing() -> None:
    assert merge_go(BASE, OURS.removesuffix("\n"), THEIRS).text == BOTH.removesuffix("\n")
    assert merge_go(BASE, OURS, THEIRS.removesuffix("\n")).text == BOTH.removesuffix("\n")


def test_mixed_endings_stay_where_they_are() -> None:
    ours = OURS.replace("a = 2\n", "a = 2\r\n")
    assert merge_go(BASE, ours, THEIRS).text == BOTH.replace("a = 2\n", "a = 2\r\n")


@pytest.mark.parametrize(
    ("side", "note"),
    [
        (0, "what was last generated is not Go that can be read; merged by lines"),
        (1, "your version is not Go that can be read; merged by lines"),
        (2, "the new version is not Go that can be read; merged by lines"),
    ],
)
def test_what_is_not_go_is_merged_by_lines_and_a_note_says_so(side: int, note: str) -> None:
    texts = [BASE, OURS, THEIRS]
    texts[side] += "\nfunc {\n"
    merged = merge_go(*texts)
    assert merged.notes == (note,)
    assert "a = 2" in merged.text
    assert "b = 2" in merged.text


def test_lines_that_clash_are_marked_too() -> None:
    merged = merge_go(BASE, BASE.replace("a = 1", "a = )"), BASE.replace("a = 1", "a = 3"))
    assert [(c.base, c.ours, c.theirs) for c in merged.conflicts] == [
        ("var a = 1\n", "var a = )\n", "var a = 3\n")
    ]
    middle = "var a = )\n||||||| last generated\nvar a = 1\n=======\nvar a = 3\n"
    assert f"<<<<<<< yours\n{middle}>>>>>>> newly generated\n" in merged.text


@pytest.mark.parametrize("row", ["package p\n", "var a = 1\n", "var c = 3\n"])
def test_several_declarations_on_a_line_are_merged_by_lines(row: str) -> None:
    base = BASE + "\nvar c = 3\n"
    double = row.replace("\n", "; var d = 4\n")
    merged = merge_go(base, base.replace(row, double), base.replace("b = 1", "b = 2"))
    assert merged.notes == ("your version has several declarations on a line; merged by lines",)
    assert merged.text == base.replace(row, double).replace("b = 1", "b = 2")


def test_text_that_looks_like_code_is_text() -> None:
    base = (
        'package p\n\nvar a = `\nfunc f() {\n   x    y\n\n}\n// no comment\n`\n\nvar b = "new(1)" // a    b\n'
    )
    ours = base.replace("x    y", "x y")
    theirs = base.replace("a    b", "a b")
    assert merge_go(base, ours, theirs).text == ours.replace("a    b", "a b")


def test_empty_texts_are_files_without_declarations() -> None:
    assert merge_go("", BASE, THEIRS).conflicts != ()
    assert merge_go(BASE, "", THEIRS).conflicts != ()
    assert merge_go(BASE, "", BASE).text == ""
