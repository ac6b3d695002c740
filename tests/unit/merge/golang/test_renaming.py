"""What follows a renaming in a Go text: identifiers by address, our own words by their whole text."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from chariot_gen.merge.golang.renaming import addresses, changed_words, renamed, words_of
from chariot_gen.merge.golang.tokens import pairs, tokens

OLD = """\
package model

// Note is a note that somebody wrote.
type Note struct {
	Title string `json:"title"`
}

// NewNote returns a note.
func NewNote() *Note {
	note := new(Note) // the note
	return note
}

const path = "/api/note" + "/x"
"""
NEW = """\
package model

// Memo is a memo that
// somebody wrote.
type Memo struct {
	Title string `json:"title"`
}

// NewMemo returns a memo.
func NewMemo() *Memo {
	memo := new(Memo) // the memo
	return memo
}

const path = "/api/memo" + "/x"
"""
NAMES = {"m.Note": "Memo", "m.NewNote": "NewMemo", "m.NewNote:note": "memo"}


class At(NamedTuple):
    offset: int
    address: str
    defines: bool = False


def _at(text: str, word: str, address: str, *, nth: int = 0, defines: bool = False) -> At:
    found = [token.start for token in tokens(text) if token.text == word and token.kind == "word"]
    return At(found[nth], address, defines)


def test_the_words_that_differ_are_what_is_renamed() -> None:
    assert changed_words(OLD, NEW) == {"Note": "Memo", "NewNote": "NewMemo", "note": "memo"}


def test_addresses_take_the_name_that_stands_at_the_same_place() -> None:
    places = [_at(OLD, "Note", "m.Note"), _at(OLD, "Title", "m.Note.Title"), _at(OLD, "NewNote", "m.NewNote")]
    assert list(addresses(OLD, NEW, places)) == [
        ("m.Note", "Memo"),
        ("m.Note.Title", "Title"),
        ("m.NewNote", "NewMemo"),
    ]


def test_literals_and_comments_are_paired_as_a_whole() -> None:
    words = words_of(OLD, NEW)
    assert words.literals == {'"/api/note"': '"/api/memo"'}
    assert (
        words.comments["// Note is a note that somebody wrote."]
        == "// Memo is a memo that\n// somebody wrote."
    )
    assert words.comments["// the note"] == "// the memo"


def test_a_literal_that_becomes_two_things_becomes_neither() -> None:
    old, new = 'var a, b = "note", "note"\n', 'var a, b = "memo", "note"\n'
    assert words_of(old, new).literals == {}


def test_texts_of_another_shape_are_paired_where_they_are_alike() -> None:
    old = "func f() {\n\tnote := 1\n\tg(note)\n}\n"
    new = "func f() {\n\tmemo := 1\n\textra()\n\tg(memo)\n}\n"
    found = {before.text: after.text for before, after in pairs(tokens(old), tokens(new))}
    assert found["note"] == "memo"
    assert found["g"] == "g"


def test_an_identifier_of_another_address_stays() -> None:
    text = "func f(Note int) { return Note }\n\nvar x Note\n"
    places = [
        _at(text, "Note", "m.f:Note"),
        _at(text, "Note", "m.f:Note", nth=1),
        _at(text, "Note", "m.Note", nth=2),
    ]
    assert renamed(text, places, NAMES) == "func f(Note int) { return Note }\n\nvar x Memo\n"


def test_without_words_comments_and_literals_stay() -> None:
    text = '// Note is mine.\nvar x = f("/api/note", Note{})\n'
    place = _at(text, "Note", "m.Note")
    assert renamed(text, [place], NAMES) == '// Note is mine.\nvar x = f("/api/note", Memo{})\n'


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("// Note is a note that somebody wrote.", "// Memo is a memo that\n// somebody wrote."),
        ("// Note is mine; NewNote makes a Note.", "// Memo is mine; NewMemo makes a Memo."),
        ("// Note is mine; MyNote is no name.", "// Memo is mine; MyNote is no name."),
        ("// Notes and note are words.", "// Notes and note are words."),
    ],
    ids=["ours", "rewritten", "other words", "no names"],
)
def test_the_comment_of_our_declaration_follows(comment: str, expected: str) -> None:
    text = f"{comment}\ntype Note struct{{}}\n"
    place = _at(text, "Note", "m.Note", defines=True)
    assert renamed(text, [place], NAMES, words_of(OLD, NEW)) == f"{expected}\ntype Memo struct{{}}\n"


def test_the_comment_of_somebody_elses_declaration_stays() -> None:
    text = "// Heavy tells of a Note, see NewNote.\nfunc Heavy() Note\n"
    place = _at(text, "Note", "m.Note")
    assert renamed(text, [place], NAMES, words_of(OLD, NEW)) == text.replace("() Note", "() Memo")


def test_a_comment_set_apart_by_a_blank_line_documents_nothing() -> None:
    text = "// Note is a remark.\n\ntype Note struct{}\n"
    place = _at(text, "Note", "m.Note", defines=True)
    assert renamed(text, [place], NAMES, words_of(OLD, NEW)) == text.replace("type Note", "type Memo")


def test_renaming_back_gives_the_text_back() -> None:
    places = [
        At(token.start, "m.Note") for token in tokens(OLD) if token.text == "Note" and token.kind == "word"
    ]
    there = renamed(OLD, places, {"m.Note": "Memo"}, words_of(OLD, NEW))
    back = [
        At(token.start, "m.Memo") for token in tokens(there) if token.text == "Memo" and token.kind == "word"
    ]
    assert renamed(there, back, {"m.Memo": "Note"}, words_of(NEW, OLD)) == OLD
