"""Literals that a person edited follow a renaming by the place that they have in their declaration."""

from __future__ import annotations

import pytest

from chariot_gen.merge.golang.literals import literals_of
from chariot_gen.merge.golang.tokens import tokens

OLD = """\
package model

// é is wider in bytes than in characters.
type Note struct {
	Name string `store:"name" json:"name" desc:"Name."`

	Inner struct {
		Name string `json:"name" desc:"Inner."`
	}
}

const body = `{"name": 1, "id": "x"}`

func check(n *Note) error {
	require("name", n.Name, 10)
	require("id", "name", 20)
	return errors.New("the name is missing")
}
"""
NEW = (
    OLD.replace('store:"name" json:"name"', 'store:"title" json:"title"')
    .replace('{"name": 1', '{"title": 1')
    .replace('require("name"', 'require("title"')
    .replace("the name", "the title")
)


def _followed(written: str) -> str:
    found = literals_of(OLD, NEW, written)
    assert not found.undecided
    for token in reversed(tokens(written)):
        written = written[: token.start] + found.at.get(token.start, token.text) + written[token.end :]
    return written


@pytest.mark.parametrize(
    ("ours", "yours", "wanted"),
    [
        ('desc:"Name."', 'desc:"Mine."', 'store:"title" json:"title" desc:"Mine."'),
        ('Name string `store:"name"', 'Name *Text `yaml:"name" store:"name"', 'yaml:"name" store:"title"'),
        ('desc:"Inner."', 'desc:"Mine."', '`json:"name" desc:"Mine."`'),
        ('"name": 1, "id"', '"name": 4, "other": 2, "id"', '{"title": 4, "other": 2, "id"'),
        ("const body = ", "const Other = 1\n\nconst body = ", '{"title": 1'),
        ("the name is missing", "the name must be there", "the title must be there"),
        ("\treturn errors", '\tn.Name += "name" + "!"\n\treturn errors', 'n.Name += "name" + "!"'),
    ],
)
def test_an_edited_literal_follows(ours: str, yours: str, wanted: str) -> None:
    assert wanted in _followed(OLD.replace(ours, yours, 1))


def test_nothing_else_follows() -> None:
    assert _followed(OLD.replace("// é is", "// É is")) == NEW.replace("// é is", "// É is")


def test_a_literal_that_says_an_old_name_somewhere_else_is_told_with_its_place() -> None:
    written = OLD.replace('{"name": 1, "id": "x"}', '{"items": [{"name": 1}]}')
    (undecided,) = literals_of(OLD, NEW, written).undecided
    assert written[undecided.offset :].startswith('`{"items"')
    assert (undecided.old, undecided.new) == ("name", "title")


def test_what_is_not_go_stays() -> None:
    assert not literals_of(OLD, NEW, "<<<<<<<").at


def test_a_literal_that_became_two_things_follows_where_it_stands() -> None:
    old = 'package m\n\nfunc f() {\n\tset("name", 1)\n\tget("name", 2)\n}\n'
    new = old.replace('set("name"', 'set("title"')
    written = old.replace(", 1)", ", 5)").replace(", 2)", ", 6)")
    found = literals_of(old, new, written).at
    texts = [found.get(token.start, token.text) for token in tokens(written) if token.kind == "literal"]
    assert texts == ['"title"', '"name"']
