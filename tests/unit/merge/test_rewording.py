"""An edited text follows a renaming where the old name is still in its place, and is refused in doubt."""

from __future__ import annotations

import pytest

from chariot_gen.merge.rewording import UndecidedError, changes_member, remembered, retagged, reworded


@pytest.mark.parametrize(
    ("old", "new", "written", "wanted"),
    [
        ("parcelway: no secret", "parcel hub: no secret", "parcelway: none", "parcel hub: none"),
        ("parcel hub: no secret", "parcelway: no secret", "parcel hub: none", "parcelway: none"),
        ("a parcel", "a parcel hub", "one parcel", "one parcel hub"),
        ("parcel", "big parcel", "parcel!", "big parcel!"),
        ("/api/notes/{key}", "/api/memos/{key}", "/v2/api/notes/{key}?x", "/v2/api/memos/{key}?x"),
        ("total of it", "sum of it", "my own words of it", "my own words of it"),
        ("total", "sum", "total", "sum"),
    ],
)
def test_words_follow_where_they_are_in_their_place(old: str, new: str, written: str, wanted: str) -> None:
    assert reworded(old, new, written) == wanted


def test_a_word_that_is_somewhere_else_is_refused() -> None:
    with pytest.raises(UndecidedError) as caught:
        reworded("total: 1", "sum: 1", "x: 1, not total")
    assert (caught.value.old, caught.value.new) == ("total", "sum")


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        (
            '`store:"total" json:"total" desc:"Mine of total."`',
            '`store:"sum" json:"sum" desc:"Mine of total."`',
        ),
        ('`json:"total,omitempty"  x:"total" store:"own"`', '`json:"sum,omitempty"  x:"total" store:"own"`'),
        ('`json:"-"`', '`json:"-"`'),
        ("``", "``"),
    ],
)
def test_a_tag_follows_key_by_key(written: str, wanted: str) -> None:
    old = '`store:"total" json:"total" desc:"Total."`'
    assert retagged(old, old.replace('"total"', '"sum"'), written) == wanted


BODY = '`{"id": 1, "inner": {"name": "x", "total": 1}, "list": [{"name": 2}], "name": "name"}`'
RENAMED = BODY.replace('"name": "name"', '"title": "name"')


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ('`{"name": "y", "id": 1}`', '`{"title": "y", "id": 1}`'),
        ('`{"inner": {"name": 1}, "name": 3}`', '`{"inner": {"name": 1}, "title": 3}`'),
        ('`{"list": [{"name": 2}, {"name": 5}]}`', '`{"list": [{"name": 2}, {"name": 5}]}`'),
        ("`[]`", "`[]`"),
    ],
)
def test_members_follow_by_their_path(written: str, wanted: str) -> None:
    assert changes_member(BODY, RENAMED)
    assert remembered(BODY, RENAMED, written) == wanted


def test_members_in_a_literal_with_escaped_quotes_follow() -> None:
    old, new = r'"{\"total\":1,\"id\":\"total\"}"', r'"{\"sum\":1,\"id\":\"total\"}"'
    assert remembered(old, new, r'"{\"total\":2,\"id\":\"total\"}"') == r'"{\"sum\":2,\"id\":\"total\"}"'


@pytest.mark.parametrize("written", ['`{"items": [{"name": 1}]}`', '`{"name": 1, "title": 2}`'])
def test_a_member_elsewhere_or_of_a_name_that_is_taken_is_refused(written: str) -> None:
    with pytest.raises(UndecidedError):
        remembered(BODY, RENAMED, written)
