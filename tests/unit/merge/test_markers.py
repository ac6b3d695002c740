from __future__ import annotations

import pytest

from chariot_gen.merge.labels import Labels
from chariot_gen.merge.markers import Side, leftovers, markers_in, take

GIT = "a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> other\nd\n"
FULL = "".join(Labels().marked(["b\n"], ["o\n"], ["t\n", "u\n"]))


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_conflict_is_found_by_the_line_it_begins_on(newline: str) -> None:
    text = f"{GIT}x\n{FULL}".replace("\n", newline)
    assert markers_in("x.yaml", text) == (2, 9)
    assert leftovers("x.yaml", text) == (2, 4, 6, 9, 11, 13, 16)


@pytest.mark.parametrize(
    "text",
    [
        "Title\n=======\n",
        "<<<<<<< HEAD\nb\n",
        "=======\nc\n>>>>>>> other\n",
        "  <<<<<<< HEAD\n=======\n>>>>>>> other\n",
        "<<<<<<<< HEAD\n=======\n>>>>>>> other\n",
    ],
)
def test_what_only_looks_like_a_conflict_is_none(text: str) -> None:
    assert markers_in("x.md", text) == ()


def test_markers_within_a_text_of_go_are_its_text() -> None:
    assert markers_in("x.go", f"package x\n\nconst text = `\n{GIT}`\n") == ()
    assert markers_in("x.go", f"package x\n\n{GIT}") == (4,)


def test_a_forgotten_marker_is_found_where_it_is_no_heading() -> None:
    assert leftovers("x.go", "a\n=======\nb\n") == (2,)
    assert leftovers("x.md", "a\n=======\nb\n") == ()
    assert leftovers("x.md", "a\n>>>>>>> newly generated\nb\n") == (2,)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_every_place_is_decided_for_one_side(newline: str) -> None:
    text = f"{GIT}{FULL}".replace("\n", newline)
    assert take(text, Side.OURS) == "a\nb\nd\no\n".replace("\n", newline)
    assert take(text, Side.THEIRS) == "a\nc\nd\nt\nu\n".replace("\n", newline)


@pytest.mark.parametrize(
    "text",
    [
        "<<<<<<< a\nb\n",
        "<<<<<<< a\n<<<<<<< b\n=======\n>>>>>>> c\n",
        "<<<<<<< a\n>>>>>>> c\n",
        "<<<<<<< a\n=======\n||||||| b\n>>>>>>> c\n",
    ],
)
def test_markers_that_do_not_pair_are_left_to_a_person(text: str) -> None:
    assert take(text, Side.OURS) is None


def test_a_heading_outside_of_a_conflict_is_kept() -> None:
    assert take(f"Title\n=======\n{GIT}", Side.OURS) == "Title\n=======\na\nb\nd\n"
