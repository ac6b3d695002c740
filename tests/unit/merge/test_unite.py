"""Uniting never loses a person's line, not even where both sides changed the place."""

from __future__ import annotations

import pytest

from chariot_gen.merge.unite import unite


def test_what_only_one_side_changed_is_taken() -> None:
    base, ours, theirs = "a\nb\nc\nd\n", "a\nb\nc\nours\n", "theirs\nb\nc\nd\n"
    merged = unite("x.txt", base, ours, theirs)
    assert (merged.text, merged.notes) == ("theirs\nb\nc\nours\n", ())


@pytest.mark.parametrize(
    ("path", "base", "ours", "theirs", "where"),
    [
        ("x.txt", "a\nb\n", "a\nours\n", "a\ntheirs\n", "line 2"),
        ("x.yaml", "a: 1\nb: 2\n", "a: 7\nb: 2\n", "a: 8\nb: 3\n", "a"),
        ("x.go", "package a\n\nvar B = 1\n", "package a\n\nvar B = 2\n", "package a\n\nvar B = 3\n", "var B"),
    ],
    ids=["lines", "yaml", "go"],
)
def test_where_both_changed_a_place_ours_stays_and_is_named(
    path: str, base: str, ours: str, theirs: str, where: str
) -> None:
    merged = unite(path, base, ours, theirs)
    assert not merged.conflicts
    assert merged.notes == (f"{where} stays as you wrote it",)
    assert "<<<<" not in merged.text
    assert all(line in merged.text for line in ours.splitlines() if line not in base.splitlines())
