"""Laws of the merge of YAML by key path, on random documents and edits."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from chariot_gen.merge.yaml import merge_yaml
from documents import DataConflict, documents, edited, layouts, load, merge_data, write

UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _comments(text: str) -> Counter[str]:
    return Counter(re.findall(r"# ours\d+", text))


@st.composite
def versions(draw: st.DrawFn, *, comments: bool) -> tuple[str, str, str]:
    base = draw(documents())
    layout = draw(layouts)
    ours, _ = edited(draw, base, "ours", comments=comments)
    theirs, _ = edited(draw, base, "theirs", comments=comments)
    our_layout = draw(st.sampled_from([layout, draw(layouts)]))
    if comments:
        # Where a dash stands decides what a comment beside it speaks of.
        our_layout = replace(layout, indent=our_layout.indent)
    return write(base, layout), write(ours, our_layout), write(theirs, layout)


@UNHURRIED
@given(versions(comments=False))
def test_the_merge_of_texts_means_the_merge_of_data(texts: tuple[str, str, str]) -> None:
    base, ours, theirs = texts
    note(f"--- base\n{base}--- ours\n{ours}--- theirs\n{theirs}")
    merged = merge_yaml(base, ours, theirs)
    note(f"--- merged\n{merged.text}")
    assert merged.notes == ()
    try:
        expected = merge_data(load(base), load(ours), load(theirs))
    except DataConflict:
        assert merged.conflicts
    else:
        assert merged.conflicts == ()
        assert load(merged.text) == expected


@UNHURRIED
@given(versions(comments=True))
def test_comments_of_ours_survive(texts: tuple[str, str, str]) -> None:
    base, ours, theirs = texts
    note(f"--- base\n{base}--- ours\n{ours}--- theirs\n{theirs}")
    merged = merge_yaml(base, ours, theirs)
    note(f"--- merged\n{merged.text}")
    assert not any("by line" in text for text in merged.notes)
    assert _comments(ours) <= _comments(merged.text)
    if not merged.conflicts and load(merged.text):
        again = merge_yaml(base, merged.text, theirs)
        assert (again.text, again.conflicts) == (merged.text, ())


@UNHURRIED
@given(versions(comments=True))
def test_an_edit_of_one_side_alone_is_taken_byte_for_byte(texts: tuple[str, str, str]) -> None:
    base, ours, theirs = texts
    assert merge_yaml(base, base, theirs).text == theirs
    assert merge_yaml(base, ours, base).text == ours
    assert merge_yaml(base, ours, ours).text == ours


@st.composite
def disjoint(draw: st.DrawFn) -> tuple[list[str], list[tuple[object, ...]], list[tuple[object, ...]]]:
    base = draw(documents())
    layout = draw(layouts)
    ours, our_paths = edited(draw, base, "ours", comments=False, forbidden=[])
    theirs, their_paths = edited(draw, base, "theirs", comments=False, forbidden=our_paths)
    return [write(text, layout) for text in (base, ours, theirs)], our_paths, their_paths


def _at(data: object, path: tuple[object, ...]) -> object:
    for key in path:
        wanted = ("tag:yaml.org,2002:str", key)
        if isinstance(data, dict):
            data = data.get(wanted)
        elif isinstance(data, list):
            named = [
                item
                for item in data
                if isinstance(item, dict) and item[("tag:yaml.org,2002:str", "Name")] == wanted
            ]
            data = named[0] if named else wanted if wanted in data else None
    return data


@UNHURRIED
@given(disjoint())
def test_disjoint_edits_never_conflict_and_are_all_there(
    case: tuple[list[str], list[tuple[object, ...]], list[tuple[object, ...]]],
) -> None:
    (base, ours, theirs), our_paths, their_paths = case
    note(f"--- base\n{base}--- ours\n{ours}--- theirs\n{theirs}")
    merged = merge_yaml(base, ours, theirs)
    note(f"--- merged\n{merged.text}")
    assert merged.conflicts == ()
    result = load(merged.text)
    for path in our_paths:
        assert _at(result, path) == _at(load(ours), path)
    for path in their_paths:
        assert _at(result, path) == _at(load(theirs), path)
