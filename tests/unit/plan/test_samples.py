"""Samples are values that the rules accept, or certainly refuse, spelled as Go and as JSON."""

from __future__ import annotations

import pytest

from chariot_gen.plan import samples
from chariot_gen.plan.samples.constraints import matches, rejects
from chariot_gen.plan.samples.patterns import text_for
from stacks import backend, example

WIDGET = """
entity: Widget
kind: table
description: A widget.
key: "#widget#{name}#{number}"
enums:
  Colour: { desc: A colour., values: [red, green] }
types:
  Part:
    desc: A part.
    fields: { name: { desc: Name. }, size: { type: int64, desc: Size., optional: true } }
fields:
  name: { desc: Name., example: Lamp, required: true }
  number: { type: int, desc: Number., example: 3 }
  text: { desc: A text., optional: true, example: 'say "hi"' }
  colour: { type: Colour, desc: Colour., example: green }
  when: { type: time, desc: When. }
  raw: { type: json, desc: Raw. }
  parts: { type: "[]Part", desc: Parts. }
  by_name: { type: "map[string]int", desc: By name. }
  small: { type: int32, desc: Small., optional: true, example: 4 }
  address: { type: "go:net/netip.Addr", desc: Address. }
  code: { desc: Code. }
  parent: { desc: Parent. }
  size: { enum: [s, m], desc: Size., example: m }
  created: { desc: Created. }
defaults: { created: now }
normalise: { name: [lower] }
valid:
  - { field: number, min: 1, max: 5 }
  - { field: code, regexp: '^[A-Z]{3}-\\d+$' }
  - { field: parent, prefix: "#" }
"""


def sample(name: str, variant: int = 0) -> samples.Sample:
    described = backend(WIDGET)
    entity = described.entities[0]
    found = samples.valid(described, entity, entity.field(name), variant)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("field", "go", "json"),
    [
        ("name", '"lamp"', '"lamp"'),
        ("number", "3", "3"),
        ("text", 'new("say \\"hi\\"")', '"say \\"hi\\""'),
        ("colour", "model.ColourGreen", '"green"'),
        ("when", "time.Date(2026, time.January, 2, 15, 4, 5, 0, time.UTC)", '"2026-01-02T15:04:05Z"'),
        ("raw", 'json.RawMessage("{\\"name\\":\\"example\\"}")', '{"name":"example"}'),
        ("parts", '[]model.Part{{Name: "example", Size: new(int64(1))}}', '[{"name":"example","size":1}]'),
        ("by_name", 'map[string]int{"name": 1}', '{"name":1}'),
        ("small", "new(int32(4))", "4"),
        ("code", '"AAA-7"', '"AAA-7"'),
        ("parent", '"#parent"', '"#parent"'),
        ("size", '"m"', '"m"'),
    ],
)
def test_a_sample_is_spelled_as_go_and_as_json(field: str, go: str, json: str) -> None:
    assert (sample(field).go, sample(field).json) == (go, json)


def test_variants_differ_and_keep_the_rules() -> None:
    assert [sample("number", variant).value for variant in range(3)] == [3, 4, 1]
    assert [sample("size", variant).value for variant in range(2)] == ["m", "s"]
    assert sample("name", 1).value == "lamp-2"


def test_a_foreign_go_type_has_no_sample() -> None:
    described = backend(WIDGET)
    entity = described.entities[0]
    assert samples.valid(described, entity, entity.field("address")) is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("number", 6),
        ("code", "no such value"),
        ("size", "no such value"),
        ("name", "a\u0007b"),
        ("parent", "no such value"),
    ],
)
def test_an_invalid_sample_breaks_a_rule(field: str, value: object) -> None:
    described = backend(WIDGET)
    entity = described.entities[0]
    found = samples.invalid(described, entity, entity.field(field))
    assert found is not None
    assert found.value == value


def test_a_field_without_rules_has_no_invalid_sample() -> None:
    described = backend(WIDGET)
    entity = described.entities[0]
    assert samples.invalid(described, entity, entity.field("when")) is None


def test_an_entity_is_sampled_with_its_key_and_without_what_the_clock_sets() -> None:
    described = backend(WIDGET)
    found = samples.entity_sample(described, described.entities[0])
    assert found.is_valid
    assert found.key == "#widget#lamp#3"
    assert {"created", "key", "address"}.isdisjoint(found.fields)


@pytest.mark.parametrize("name", ["host", "key", "new_entity", "person", "port", "technology"])
def test_every_example_has_a_valid_sample(name: str) -> None:
    described = backend(example(name))
    assert samples.entity_sample(described, described.entities[0]).is_valid


def test_a_key_with_a_generated_part_is_not_foretold() -> None:
    described = backend(example("key"))
    assert samples.entity_sample(described, described.entities[0]).key is None


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"^a{3}[bc]?$", "aaab"),
        (r"^(one|two)\d\w\s[^ax]$", "one7a 7"),
        (r"^x.+$", "xa"),
        (r"a{50}", ""),
        (r"(?=a)", ""),
        ("(", ""),
    ],
)
def test_a_text_is_found_for_a_pattern(pattern: str, text: str) -> None:
    assert text_for(pattern) == text


def test_patterns_that_python_reads_differently_prove_nothing() -> None:
    assert not matches("[[:alpha:]]", "a")
    assert not rejects("[[:alpha:]]", "1")
    assert matches(r"^\d$", "1")
    assert rejects(r"^\d$", "a")
