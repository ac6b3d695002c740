from __future__ import annotations

import pytest

from chariot_gen.merge.labels import Labels
from chariot_gen.merge.lines import merge_lines, regions
from chariot_gen.merge.result import Conflict
from chariot_gen.merge.shape import Shape, plain

BASE = "one\ntwo\nthree\nfour\nfive\n"


def test_edits_of_different_places_are_both_taken() -> None:
    merged = merge_lines(BASE, BASE.replace("one", "1"), BASE.replace("five", "5\nsix"))
    assert merged.text == "1\ntwo\nthree\nfour\n5\nsix\n"
    assert merged.conflicts == ()


def test_a_conflict_has_labelled_markers_and_names_our_lines() -> None:
    merged = merge_lines(BASE, BASE.replace("two\nthree", "2\n3"), BASE.replace("two", "zwei"))
    assert merged.text == (
        "one\n<<<<<<< yours\n2\n3\n||||||| last generated\ntwo\nthree\n"
        "=======\nzwei\nthree\n>>>>>>> newly generated\nfour\nfive\n"
    )
    assert merged.conflicts == (Conflict("lines 2-3", "two\nthree\n", "2\n3\n", "zwei\nthree\n"),)


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "where"),
    [
        ("a\nb\n", "a\n", "a\nB\n", "after line 1"),
        ("a\nb\n", "b\n", "A\nb\n", "before line 1"),
        ("a\nb\n", "x\nb\n", "y\nb\n", "line 1"),
    ],
)
def test_where_a_conflict_is(base: str, ours: str, theirs: str, where: str) -> None:
    assert [conflict.where for conflict in merge_lines(base, ours, theirs).conflicts] == [where]


def test_markers_carry_the_labels_they_are_given() -> None:
    merged = merge_lines("a\n", "b\n", "c\n", Labels("mine", "old", "new"))
    assert merged.text == "<<<<<<< mine\nb\n||||||| old\na\n=======\nc\n>>>>>>> new\n"


def test_the_same_edit_of_both_is_no_conflict() -> None:
    assert merge_lines("a\nb\nc\n", "A\nb\nc\n", "A\nb\nC\n").text == "A\nb\nC\n"


def test_our_byte_order_mark_and_newlines_stay() -> None:
    ours = "\ufeff" + BASE.replace("one", "1").replace("\n", "\r\n")
    merged = merge_lines(BASE, ours, BASE.replace("five", "5"))
    assert merged.text == "\ufeff1\r\ntwo\r\nthree\r\nfour\r\n5\r\n"


def test_mixed_newlines_are_an_edit_like_any_other() -> None:
    merged = merge_lines("a\nb\nc\nd\n", "a\r\nb\nc\nd\n", "a\nb\nc\nD\n")
    assert merged.text == "a\r\nb\nc\nD\n"


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "text"),
    [
        ("a\nb\nc", "A\nb\nc", "a\nb\nC", "A\nb\nC"),
        ("a\nb\nc\n", "A\nb\nc", "a\nb\nC\n", "A\nb\nC"),
        ("a\nb\nc\n", "A\nb\nc\n", "a\nb\nC", "A\nb\nC"),
        ("a\nb\nc", "A\nb\nc\n", "a\nb\nC", "A\nb\nC\n"),
    ],
)
def test_a_missing_last_newline(base: str, ours: str, theirs: str, text: str) -> None:
    assert merge_lines(base, ours, theirs).text == text


def test_lines_that_a_long_file_repeats_are_matched_too() -> None:
    base = "".join(f"line {number}\n}}\n" for number in range(300))
    merged = merge_lines(base, base.replace("line 7\n", "mine\n"), base.replace("line 290\n", "new\n"))
    assert merged.conflicts == ()
    assert merged.text == base.replace("line 7\n", "mine\n").replace("line 290\n", "new\n")


def test_only_a_newline_ends_a_line() -> None:
    assert merge_lines("a\fb\nc\n", "a\fb\nC\n", "a\u2028b\nc\n").conflicts != ()
    assert merge_lines("a\x0cb\nc\nd\n", "A\x0cb\nc\nd\n", "a\x0cb\nc\nD\n").text == "A\x0cb\nc\nD\n"


def test_regions_cover_ours_in_order() -> None:
    found = list(regions(["a", "b", "c"], ["a", "x", "c"], ["a", "b", "c", "d"]))
    assert [region.start for region in found] == [0, 1, 2, 3]
    assert [region.lines for region in found] == [("a",), ("x",), ("c",), ("d",)]


@pytest.mark.parametrize(
    "text", ["", "a", "a\n", "\ufeffa\r\nb\r\n", "\ufeff", "a\r\nb\n", "\n", "\r\n", "a\r\nb"]
)
def test_a_shape_gives_the_text_back(text: str) -> None:
    body, shape = plain(text)
    assert shape.apply(body) == text
    assert not body or body.endswith("\n")


def test_a_shape_is_ours_but_for_a_last_newline_of_theirs() -> None:
    ours = Shape(bom=True, crlf=True, closed=True)
    assert ours.merged_with(Shape(), Shape(closed=False)) == Shape(bom=True, crlf=True, closed=False)
    assert Shape(closed=False).merged_with(Shape(), Shape()) == Shape(closed=False)
