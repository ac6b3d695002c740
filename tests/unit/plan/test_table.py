"""The table that entities share: what its indexes are, who may query them, what stores are told."""

from __future__ import annotations

from typing import Any

import pytest
from cfnlint.decode import decode_str

from chariot_gen.plan import table
from chariot_gen.plan.views.handler_store import store_options
from chariot_gen.plan.views.table import table_indexes_view
from stacks import backend, stacks

WIDGET = """\
entity: Widget
kind: table
description: A widget.
key: "#widget#{name}"
fields:
  name: { desc: Name of it., required: true }
  rank: { type: int, desc: Place of it. }
  state: { desc: Lifecycle status., store: "%s" }
  ttl: { type: int64, desc: Time of expiry. }
  expires: { type: int64, desc: Another time. }
"""
INDEXED = WIDGET % "status" + "storage: { table: { indexes: [state, rank] } }\n"
OTHER = """\
entity: Other
kind: table
description: Another.
key: "#other#{name}"
fields:
  name: { desc: Name of it., required: true }
  created: { type: time, desc: Time of creation. }
  status: { desc: Lifecycle status. }
storage: { table: { indexes: [status] } }
"""


def resources(file: str, *specs: str) -> dict[str, Any]:
    nodes, problems = decode_str(stacks(backend(*specs))[f"cf-templates/{file}_resources.yaml"])
    assert not problems
    found: dict[str, Any] = nodes["Resources"]
    return found


def statements(file: str, *specs: str) -> dict[str, Any]:
    found = resources(file, *specs)
    policy = next(r for name, r in found.items() if name.endswith("FunctionPolicy"))
    return {s["Sid"]: s for s in policy["Properties"]["PolicyDocument"]["Statement"]}


def test_the_indexes_are_those_of_all_entities() -> None:
    assert table.indexes(backend(INDEXED, OTHER)) == (table.Index("rank", "N"), table.Index("status", "S"))
    assert table_indexes_view(backend(INDEXED, OTHER)).names == '[]string{"rank", "status"}'


def test_a_table_without_indexes_has_no_such_property() -> None:
    assert "GlobalSecondaryIndexes" not in resources("data", WIDGET % "state")["Table"]["Properties"]
    assert table_indexes_view(backend(WIDGET % "state")).names == "nil"


def test_an_index_is_partitioned_by_the_tenant() -> None:
    properties = resources("data", INDEXED, OTHER)["Table"]["Properties"]
    assert [index["IndexName"] for index in properties["GlobalSecondaryIndexes"]] == ["rank", "status"]
    for index in properties["GlobalSecondaryIndexes"]:
        assert index["KeySchema"] == [
            {"AttributeName": "username", "KeyType": "HASH"},
            {"AttributeName": index["IndexName"], "KeyType": "RANGE"},
        ]
        assert index["Projection"] == {"ProjectionType": "ALL"}
    types = {a["AttributeName"]: a["AttributeType"] for a in properties["AttributeDefinitions"]}
    assert types == {"username": "S", "key": "S", "rank": "N", "status": "S"}


def test_a_name_that_yaml_reads_otherwise_is_quoted() -> None:
    spec = WIDGET % "null" + "storage: { table: { indexes: [state] } }\n"
    assert resources("data", spec)["Table"]["Properties"]["GlobalSecondaryIndexes"][0]["IndexName"] == "null"


def test_a_function_queries_its_own_indexes_alone() -> None:
    found = statements("widget", INDEXED, OTHER)["QueryIndexes"]
    assert found["Action"] == "dynamodb:Query"
    assert [arn["Fn::Sub"].rpartition("/")[2] for arn in found["Resource"]] == ["status", "rank"]


@pytest.mark.parametrize(
    "spec", [WIDGET % "state", INDEXED + "api: { operations: [create, get] }\n"], ids=["none", "no list"]
)
def test_a_function_that_reads_no_index_has_no_right_to_one(spec: str) -> None:
    assert "QueryIndexes" not in statements("widget", spec)


def test_nobody_may_scan() -> None:
    for statement in statements("widget", INDEXED).values():
        assert "Scan" not in str(statement["Action"])


@pytest.mark.parametrize(
    ("storage", "options"),
    [
        ("", ""),
        ("storage: { table: { ttl: ttl } }", ""),
        ("storage: { table: { indexes: [rank, state] } }", 'store.WithIndexes("rank", "status")'),
    ],
)
def test_a_store_is_told_what_its_lists_may_use(storage: str, options: str) -> None:
    assert store_options(backend(f"{WIDGET % 'status'}{storage}\n").entities[0]) == options


def test_a_store_is_told_of_a_time_of_expiry_elsewhere() -> None:
    lines = [line for line in (WIDGET % "state").splitlines() if "ttl:" not in line]
    spec = "\n".join([*lines, "storage: { table: { ttl: expires } }", ""])
    assert store_options(backend(spec).entities[0]) == 'store.WithExpiry("expires")'
