"""How entities in the graph get their stores, and what the graph is told to have for them."""

from __future__ import annotations

import pytest

from chariot_gen.model.backend import Backend
from chariot_gen.plan.views.command import command_view
from chariot_gen.plan.views.graph import migrate_view, uses_graph
from chariot_gen.plan.views.local import local_backend_view, local_view
from stacks import backend, example

HAS_PORT = """\
entity: HasPort
kind: relationship
description: A port of a host.
relationship: { label: HAS_PORT, from: Host, to: Port }
key: "#hasport#{source}#{target}"
fields:
  username: { desc: Owner. }
  seen: { desc: Time of the latest sighting. }
storage: { graph: { indexes: [seen] } }
triggers: [api]
"""
GRANT = """\
entity: Grant
kind: relationship
description: What one thing may do to another.
relationship: { label: "{access}" }
key: "#grant#{access}#{source}#{target}"
fields:
  username: { desc: Owner. }
  access: { desc: What it may do., enum: [READ, WRITE], required: true }
triggers: [api]
"""


def _new_store(described: Backend, name: str) -> str:
    entity = next(entity for entity in described.entities if entity.names.go == name)
    return command_view(described, entity).literals.new_store


def test_a_node_is_kept_by_the_graph() -> None:
    spec = example("port") + "storage: { graph: { indexes: [created, port] } }\n"
    new_store = _new_store(backend(spec), "Port")
    assert new_store == 'graph.NewNodes[model.Port](database, store.WithIndexes("created", "port"))'


def test_an_edge_knows_its_label_and_those_of_its_nodes() -> None:
    described = backend(example("host"), example("port"), HAS_PORT)
    assert _new_store(described, "HasPort") == (
        'graph.NewEdges[model.HasPort](database, store.EdgeLabels{Edge: []string{"HAS_PORT"}, '
        'Source: []string{"Host"}, Target: []string{"Port"}}, store.WithIndexes("seen"))'
    )


def test_an_edge_between_any_nodes_knows_those_that_are_kept_in_the_graph() -> None:
    described = backend(
        example("host"), example("port"), example("technology") + "storage: { table: {} }\n", GRANT
    )
    assert _new_store(described, "Grant") == (
        'graph.NewEdges[model.Grant](database, store.EdgeLabels{Edge: []string{"READ", "WRITE"}, '
        'Source: []string{"Host", "Port"}, Target: []string{"Host", "Port"}})'
    )


def test_a_node_that_the_spec_puts_into_the_table_is_kept_there_by_its_graph_names() -> None:
    described = backend(example("port") + "storage: { table: {} }\n")
    assert _new_store(described, "Port") == 'app.NewItems[model.Port](process, store.WithTagKey("neo4j"))'
    assert not uses_graph(described)


def test_the_graph_is_told_of_every_label_and_index() -> None:
    described = backend(example("host"), example("port"), HAS_PORT, GRANT, example("new_entity"))
    assert [schema.call for schema in migrate_view(described).schemas] == [
        'store.EdgeSchema("READ")',
        'store.EdgeSchema("WRITE")',
        'store.EdgeSchema("HAS_PORT", "seen")',
        'store.NodeSchema("Host")',
        'store.NodeSchema("Port")',
    ]


@pytest.mark.parametrize(
    ("specs", "arguments", "parameters"),
    [
        (["key"], "process", "process *app.App"),
        (["port"], "process, database", "process *app.App, database *graph.Graph"),
        (["key", "port"], "process, database", "process *app.App, database *graph.Graph"),
        (
            ["host"],
            "process, database, upstream",
            "process *app.App, database *graph.Graph, upstream upstreams",
        ),
    ],
)
def test_the_routes_are_made_of_what_the_entities_need(
    specs: list[str], arguments: str, parameters: str
) -> None:
    described = backend(*map(example, specs))
    assert local_view(described).arguments == arguments
    assert local_backend_view(described).parameters == parameters
