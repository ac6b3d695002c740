"""The published schema and the checker of shapes say the same of every document."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from chariot_gen import spec
from chariot_gen.spec.document import Mapping, Scalar, Sequence, parse
from chariot_gen.spec.grammar import Either, Key, ListOf, MapOf, OneOf, Record, Shape
from chariot_gen.spec.problems import Problems
from chariot_gen.spec.shape import check
from chariot_gen.spec.vocabulary import ENTITY, SETTINGS

REPOSITORY = Path(__file__).resolve().parents[3]
EXAMPLES = sorted((REPOSITORY / "examples" / "specs").glob("*.yaml"))
HAZARDS = sorted((REPOSITORY / "tests" / "golden" / "tree" / "hazards" / "specs").glob("*.yaml"))
SCHEMA = jsonschema.Draft202012Validator(spec.entity_schema())
BASE: dict[str, Any] = {"entity": "Widget", "kind": "table", "description": "A widget."}


def plain(node: Mapping | Sequence | Scalar) -> Any:
    match node:
        case Mapping(entries):
            return {entry.key: plain(entry.value) for entry in entries}
        case Sequence(items):
            return [plain(item) for item in items]
        case Scalar(value):
            return value


def complaints(text: str) -> tuple[list[str], list[str]]:
    """Return what the schema and what the checker have against a spec."""
    problems = Problems(spec.SourceFile("specs/it.yaml", text))
    root = parse(problems)
    assert root is not None
    by_schema = [error.message for error in SCHEMA.iter_errors(plain(root))]
    check(root, ENTITY, problems)
    return by_schema, [str(diagnostic) for diagnostic in problems.found]


@pytest.mark.parametrize("path", [*EXAMPLES, *HAZARDS], ids=lambda path: path.stem)
def test_both_take_what_is_sound(path: Path) -> None:
    assert complaints(path.read_text("utf-8")) == ([], [])


BROKEN: dict[str, dict[str, Any]] = {
    "no entity": {"entity": None},
    "entity in snake case": {"entity": "my_widget"},
    "entity too long": {"entity": "W" * 65},
    "unknown key": {"zzz": 1},
    "unknown kind": {"kind": "grpah"},
    "number as text": {"description": 5},
    "two lines": {"description": "a\nb"},
    "blank": {"description": " "},
    "too long": {"description": "x" * 501},
    "memory as text": {"memory": "much"},
    "memory too small": {"memory": 1},
    "labels as text": {"labels": "Widget"},
    "labels empty": {"labels": []},
    "labels twice": {"labels": ["A", "A"]},
    "field in capitals": {"fields": {"Name": {}}},
    "field as text": {"fields": {"name": "string"}},
    "field with an unknown key": {"fields": {"name": {"typ": "string"}}},
    "flag as text": {"fields": {"name": {"required": "yes"}}},
    "bad type": {"fields": {"name": {"type": "[]"}}},
    "empty enum": {"fields": {"name": {"enum": []}}},
    "bad omitempty": {"fields": {"name": {"omitempty": "some"}}},
    "default as list": {"defaults": {"name": []}},
    "default of unknown form": {"defaults": {"name": {"days": 1}}},
    "unknown generator": {"defaults": {"name": {"generate": "uuid9"}}},
    "unknown step": {"normalise": {"name": ["rot13"]}},
    "half a replacement": {"normalise": {"name": [{"replace": ["a"]}]}},
    "rule without a condition": {"valid": [{"field": "name"}]},
    "rule without a field": {"valid": [{"min": 1}]},
    "two rules in one": {"valid": [{"field": "name", "min": 1, "regexp": "x"}]},
    "one of one": {"valid": [{"any_of": ["name"]}]},
    "rules twice": {"valid": [{"field": "name", "min": 1}, {"field": "name", "min": 1}]},
    "unknown policy": {"visit": {"name": "sometimes"}},
    "key without a template": {"key": {"max": 100}},
    "key as list": {"key": ["a"]},
    "relationship without a label": {"relationship": {"from": "A"}},
    "custom number": {"custom": [1]},
    "operations unknown": {"api": {"operations": ["paint"]}},
    "entitlement of an unknown operation": {"api": {"entitlements": {"paint": "read"}}},
    "path without a slash": {"api": {"path": "api"}},
    "service without calls": {"services": {"shop": {"base_url": "https://example.com", "calls": {}}}},
    "plain http": {"services": {"shop": {"base_url": "http://example.com", "calls": {"get": {"path": "/"}}}}},
    "timeout as a number": {"timeout": 5},
    "unknown trigger": {"triggers": ["cron"]},
    "huge number": {"defaults": {"count": 2**64}},
}


@pytest.mark.parametrize("change", BROKEN.values(), ids=BROKEN)
def test_both_refuse_what_is_broken(change: dict[str, Any]) -> None:
    document = {key: value for key, value in (BASE | change).items() if value is not None}
    by_schema, by_checker = complaints(json.dumps(document))
    assert by_schema
    assert by_checker


def shapes(shape: Shape) -> Iterator[Key]:
    match shape:
        case Record(keys):
            for key in keys.values():
                yield key
                yield from shapes(key.shape)
        case OneOf(records):
            for record in records.values():
                yield from shapes(record)
        case Either(scalar, sequence, mapping):
            for form in (scalar, sequence, mapping):
                if form is not None:
                    yield from shapes(form)
        case ListOf(item=inner) | MapOf(value=inner):
            yield from shapes(inner)


def test_every_key_is_described_by_a_sentence_and_an_example_that_it_takes() -> None:
    for root in (ENTITY, SETTINGS):
        for key in shapes(root):
            assert key.description.endswith((".", "]."))
            document = Problems(spec.SourceFile("it.yaml", json.dumps({"key": key.example})))
            node = parse(document)
            assert node is not None
            check(node, Record({"key": key}), document)
            assert document.found == []


@pytest.mark.parametrize("schema", [spec.entity_schema(), spec.settings_schema()], ids=["entity", "settings"])
def test_the_schema_is_one(schema: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    for properties in schema["properties"].values():
        assert {"title", "description", "examples"} <= set(properties)
