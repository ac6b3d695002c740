"""Renaming in the text of specs: every place that says the name, nothing else, layout kept."""

from __future__ import annotations

import pytest

from chariot_gen.errors import SpecError
from chariot_gen.spec.edit import renamed_path, renamed_texts, undone, without_origin
from chariot_gen.spec.renaming import Renaming, Subject
from trees import REPOSITORY

ASSET = """\
# The Asset of all assets.
entity: Asset   # keep: Asset
kind: graph
description: Asset is an Asset.
key: '#asset#{name|dns}[-{lower:name}]'
fields:
  name: { desc: The name., renamed_from: title, example: name }
  dns: { desc: The name in DNS. }
  related: { type: "[]Asset" }
normalise:
  name: [trim]
derive:
  dns: { from: name }
valid:
  - field: "name"
    regexp: name
  - any_of: [name, dns]
constructors:
  NewAsset: [name]
  NewAssetFromName: [name]
  NewAssetical: [name]
visit: { name: if_set }
services:
  look_up:
    base_url: https://example.com
    calls:
"""
CALL = '      look_up: { path: "/{name}", params: { name: { in: path, field: name } }, map: { name: x } }'
EDGE = """\
entity: HasAsset
kind: relationship
description: An edge.
relationship: { label: "{name}", from: Asset, to: Asset }
mixins: [{ go: Asset }]
fields:
  name: { type: 'map[string]Asset' }
  other: { type: "go:example.com/x.Asset" }
constructor: { from: Asset, params: [name] }
"""
TEXTS = {"asset.yaml": f"{ASSET}{CALL}\n", "edge.yaml": EDGE}


def _changed(renaming: Renaming) -> dict[str, list[str]]:
    """Return the lines of each spec that a renaming changes, as they are afterwards."""
    after = renamed_texts(TEXTS, renaming)
    return {
        path: [
            new
            for old, new in zip(TEXTS[path].split("\n"), after[path].split("\n"), strict=True)
            if new != old
        ]
        for path in TEXTS
    }


def test_an_entity_is_renamed_wherever_it_is_named() -> None:
    changed = _changed(Renaming(Subject.ENTITY, "Asset", "Host"))
    assert changed == {
        "asset.yaml": [
            "entity: Host   # keep: Asset",
            '  related: { type: "[]Host" }',
            "  NewHost: [name]",
            "  NewHostFromName: [name]",
        ],
        "edge.yaml": [
            'relationship: { label: "{name}", from: Host, to: Host }',
            "mixins: [{ go: Host }]",
            "  name: { type: 'map[string]Host' }",
            "constructor: { from: Host, params: [name] }",
        ],
    }


def test_a_field_is_renamed_in_its_own_spec_only() -> None:
    changed = _changed(Renaming(Subject.FIELD, "name", "label", "Asset"))
    assert changed == {
        "asset.yaml": [
            "key: '#asset#{label|dns}[-{lower:label}]'",
            "  label: { desc: The name., renamed_from: title, example: name }",
            "  label: [trim]",
            "  dns: { from: label }",
            '  - field: "label"',
            "  - any_of: [label, dns]",
            "  NewAsset: [label]",
            "  NewAssetFromName: [label]",
            "  NewAssetical: [label]",
            "visit: { label: if_set }",
            CALL.replace("field: name", "field: label").replace("map: { name", "map: { label"),
        ],
        "edge.yaml": [],
    }


def test_the_field_that_labels_an_edge_is_renamed() -> None:
    changed = _changed(Renaming(Subject.FIELD, "name", "label", "HasAsset"))
    assert 'relationship: { label: "{label}", from: Asset, to: Asset }' in changed["edge.yaml"]
    assert changed["asset.yaml"] == []


def test_a_service_is_renamed_and_a_call_of_its_name_is_not() -> None:
    assert _changed(Renaming(Subject.SERVICE, "look_up", "search", "Asset")) == {
        "asset.yaml": ["  search:"],
        "edge.yaml": [],
    }


@pytest.mark.parametrize(
    "renaming",
    [
        Renaming(Subject.ENTITY, "Person", "Human"),
        Renaming(Subject.ENTITY, "Host", "Machine"),
        Renaming(Subject.FIELD, "name", "full_name", "Person"),
        Renaming(Subject.FIELD, "ip", "address", "Host"),
        Renaming(Subject.SERVICE, "shodan", "shodan_search", "Host"),
    ],
    ids=str,
)
def test_there_and_back_gives_the_same_bytes(renaming: Renaming) -> None:
    folder = REPOSITORY / "examples" / "specs"
    texts = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.yaml")}
    after = renamed_texts(texts, renaming)
    assert after != texts
    assert undone(after, [renaming]) == texts


def test_windows_line_endings_and_a_byte_order_mark_stay() -> None:
    text = "\ufeffentity: Asset\r\nkind: table\r\n"
    after = renamed_texts({"a.yaml": text}, Renaming(Subject.ENTITY, "Asset", "Host"))
    assert after["a.yaml"] == "\ufeffentity: Host\r\nkind: table\r\n"


def test_an_escaped_name_is_written_anew() -> None:
    text = 'entity: Asset\nconstructor: ["\\x6eame"]\n'
    after = renamed_texts({"a.yaml": text}, Renaming(Subject.FIELD, "name", "label", "Asset"))
    assert after["a.yaml"] == 'entity: Asset\nconstructor: ["label"]\n'


def test_a_name_over_several_lines_is_refused() -> None:
    text = "entity: Asset\nkey: >-\n  {name}\n"
    with pytest.raises(SpecError, match=r"a\.yaml:2:6: `name` is written so that it cannot be replaced"):
        renamed_texts({"a.yaml": text}, Renaming(Subject.FIELD, "name", "label", "Asset"))


def test_a_broken_file_stays_as_it_is() -> None:
    texts = {"a.yaml": "entity: [", "b.yaml": "- 1\n"}
    assert renamed_texts(texts, Renaming(Subject.ENTITY, "Asset", "Host")) == texts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("entity: B\nrenamed_from: A # before\nkind: table\n", "entity: B\nkind: table\n"),
        ("entity: B\nkind: table\nrenamed_from: A", "entity: B\nkind: table\n"),
        ("{entity: B, renamed_from: A, kind: table}", "{entity: B, kind: table}"),
        ("{entity: B, renamed_from: A}", "{entity: B}"),
        ("entity: B\n", "entity: B\n"),
    ],
)
def test_the_origin_of_an_older_renaming_is_dropped(text: str, expected: str) -> None:
    assert without_origin(text, Renaming(Subject.ENTITY, "C", "B")) == expected


def test_a_spec_that_bears_the_name_of_its_entity_moves() -> None:
    renaming = Renaming(Subject.ENTITY, "DNSName", "HostName")
    assert renamed_path("specs/dns_name.yml", renaming) == "specs/host_name.yml"
    assert renamed_path("specs/mine.yaml", renaming) == "specs/mine.yaml"
    assert renamed_path("specs/title.yaml", Renaming(Subject.FIELD, "title", "x", "A")) == "specs/title.yaml"
