"""What a spec means: names, defaults and derived values of the model that it becomes."""

from __future__ import annotations

from pathlib import Path

import pytest

from chariot_gen import spec
from chariot_gen.errors import SpecError
from chariot_gen.model.api import Entitlement, Operation
from chariot_gen.model.backend import Backend, Tabularium
from chariot_gen.model.behaviour import CustomKind, DefaultKind, DeriveKind, Policy, RuleKind
from chariot_gen.model.entity import Entity, Marker
from chariot_gen.model.key import Literal, OptionalSegment, Placeholder, Transform
from chariot_gen.model.types import ListType, NamedKind, NamedType, Scalar, ScalarType

REPOSITORY = Path(__file__).resolve().parents[3]
SETTINGS = "module: github.com/example/asset-backend\n"
WIDGET = """
entity: Widget
kind: table
description: A widget.
key: "#widget#{name}"
fields:
  name: {}
"""
REFRESHED = """
services:
  outside:
    base_url: https://api.example.com
    calls:
      get:
        path: "/{name}"
        params: { name: { in: path, field: name } }
        response: { n: {} }
        map: { name: n }
"""


def load(*texts: str, settings: str = SETTINGS) -> Backend:
    files = [spec.SourceFile(f"specs/{number}.yaml", text) for number, text in enumerate(texts)]
    return spec.load(spec.SourceFile("chariot.yaml", settings), files)


def entity(text: str) -> Entity:
    return load(text).entities[0]


def example(name: str) -> Entity:
    return entity((REPOSITORY / "examples" / "specs" / f"{name}.yaml").read_text("utf-8"))


def test_settings_have_defaults() -> None:
    settings = load().settings
    assert (settings.name, settings.region, settings.description) == ("asset-backend", "us-east-1", "")
    assert settings.tabularium is None


@pytest.mark.parametrize(
    ("line", "tabularium"),
    [
        ("tabularium: github.com/x/tabularium", Tabularium("github.com/x/tabularium", "")),
        ("tabularium: { module: github.com/x/t, version: v1.2.3 }", Tabularium("github.com/x/t", "v1.2.3")),
    ],
)
def test_tabularium_is_a_path_or_a_mapping(line: str, tabularium: Tabularium) -> None:
    assert load(settings=f"{SETTINGS}{line}\n").settings.tabularium == tabularium


@pytest.mark.parametrize(
    ("module", "name"), [("example.com/a/v2", "a"), ("backend", "backend"), ("x.y/1", "backend-1")]
)
def test_the_name_is_the_last_element_of_the_module(module: str, name: str) -> None:
    assert load(settings=f"module: {module}\n").settings.name == name


def test_names_are_derived() -> None:
    names = example("new_entity").names
    assert (names.go, names.snake, names.flat, names.registry) == (
        "NewEntity",
        "new_entity",
        "newentity",
        "newentity",
    )
    assert (names.camel, names.plural, names.human) == ("newEntity", "newentities", "new entity")
    assert (names.human_plural, names.receiver, names.logical_id) == ("new entities", "n", "NewEntity")


def test_names_can_be_said() -> None:
    names = entity(WIDGET + "names: { plural: gizmos, registry: thing, receiver: it }\n").names
    assert (names.plural, names.registry, names.receiver, names.flat) == ("gizmos", "thing", "it", "widget")


def test_a_key_is_parsed_to_parts() -> None:
    key = entity(
        WIDGET.replace(
            '"#widget#{name}"',
            '{ template: "#w#{lower:name|title}[-{size}]", join: "+", max: 99, if_empty: true }',
        )
        + "  title: {}\n  size: { type: int }\n"
    ).key
    assert key is not None
    assert key.parts == (
        Literal("#w#"),
        Placeholder(("name", "title"), Transform.LOWER, "+"),
        OptionalSegment((Literal("-"), Placeholder(("size",), None, "+"))),
    )
    assert (key.prefix, key.max_length, key.if_empty) == ("#w#", 99, True)


def test_the_kind_brings_fields() -> None:
    edge = entity(
        "entity: HasPart\nkind: relationship\ndescription: An edge.\nrelationship: { label: HAS_PART }\n"
    )
    assert [field.name for field in edge.fields] == ["source", "target", "key"]
    assert edge.key is not None
    assert edge.key.template == "{source}#HAS_PART{target}"
    assert edge.api is None


def test_a_dynamic_label_is_part_of_the_key() -> None:
    edge = entity(
        "entity: Edge\nkind: relationship\ndescription: An edge.\n"
        "relationship: { label: '{verb}' }\nfields: { verb: {} }\n"
    )
    assert edge.relationship is not None
    assert (edge.relationship.label, edge.relationship.label_field) == ("", "verb")
    assert edge.key is not None
    assert edge.key.template == "{source}#{verb}{target}"


def test_options_of_a_set_hold_unless_a_field_says_otherwise() -> None:
    fields = entity(
        WIDGET.replace("fields:", "field_sets:\n  extra:\n    optional: true\n    omitempty: both\n"
        "    tags: { a: x, b: y }\n    fields:\n      one: {}\n      two: { optional: false, omitempty: json,"
        " tags: { b: z } }\nfields:")
    ).fields  # fmt: skip
    one, two, name = fields[:3]
    assert (one.optional, one.json.omitempty, one.extra_tags) == (True, True, (("a", "x"), ("b", "y")))
    assert (two.optional, two.json.omitempty, two.extra_tags) == (False, True, (("a", "x"), ("b", "z")))
    assert two.store is not None
    assert not two.store.omitempty
    assert (name.optional, name.json.omitempty) == (False, False)


def test_what_the_backend_fills_is_read_only() -> None:
    key = example("key")
    read_only = {field.name for field in key.fields if field.read_only}
    assert {"username", "id", "created", "secret", "key"} <= read_only
    assert not {"name", "role", "expires"} & read_only


def test_read_only_can_be_denied() -> None:
    assert (
        not entity(WIDGET + "  when: { read_only: false }\ndefaults: { when: now }\n").field("when").read_only
    )


def test_a_transient_field_is_not_stored() -> None:
    assert example("technology").field("comment").store is None


def test_lengths_bound_texts_only() -> None:
    host = example("host")
    lengths = {name: host.field(name).max_length for name in ("ip", "isp", "hostnames", "ports", "key")}
    assert lengths == {"ip": 45, "isp": 1024, "hostnames": 1024, "ports": 0, "key": 1024}


def test_types_are_read() -> None:
    person = example("person")
    assert person.field("employment_history").type == ListType(
        NamedType("EmploymentRecord", NamedKind.STRUCT)
    )
    assert all(field.optional for field in person.structs[0].fields)
    assert example("key").field("role").type == NamedType("KeyRole", NamedKind.ENUM)


def test_types_are_shared_by_the_specs_of_a_backend() -> None:
    gadget = WIDGET.replace("Widget", "Gadget").replace("widget", "gadget")
    backend = load(
        WIDGET + "enums: { Size: { values: [big] } }\n",
        gadget + "  size: { type: Size }\n  w: { type: '[]Widget' }\n",
    )
    assert backend.entities[0].field("size").type == NamedType("Size", NamedKind.ENUM)
    assert backend.entities[0].field("w").type == ListType(NamedType("Widget", NamedKind.ENTITY))


def test_enum_constants_carry_the_name_of_the_type() -> None:
    enums = entity(
        WIDGET + "enums:\n  Size: { values: [big, 'not-big'] }\n  Any: { values: { Star: '*' } }\n"
    ).enums
    assert [enum.values for enum in enums] == [
        (("SizeBig", "big"), ("SizeNotBig", "not-big")),
        (("AnyStar", "*"),),
    ]


def test_defaults() -> None:
    kinds = {default.field: default for default in example("key").behaviour.defaults}
    assert kinds["created"].kind is DefaultKind.NOW
    assert (kinds["status"].kind, kinds["status"].value) == (DefaultKind.CONSTANT, "A")
    assert (kinds["id"].kind, kinds["id"].size) == (DefaultKind.GENERATE, 16)
    (default,) = entity(WIDGET + "defaults: { name: { const: now } }\n").behaviour.defaults
    assert (default.kind, default.value) == (DefaultKind.CONSTANT, "now")


def test_derivations() -> None:
    derived = entity(
        WIDGET + "  a: {}\n  b: { type: int }\n  c: {}\n"
        "derive: { a: { from: name }, b: { map: { x: 1 }, of: name, else: 2 }, c: now }\n"
    ).behaviour.derive
    assert [derive.kind for derive in derived] == [DeriveKind.COPY, DeriveKind.LOOKUP, DeriveKind.NOW]
    assert (derived[1].table, derived[1].otherwise, derived[1].source) == ((("x", 1),), 2, "name")


def test_rules() -> None:
    rules = entity(
        WIDGET + "  n: { type: int }\n"
        "valid:\n  - { field: name, rule: prefix, value: x }\n  - { field: name, regexp: y }\n"
        "  - { field: n, max: 5 }\n  - { any_of: [name, key] }\n  - { constant: false }\n"
    ).behaviour.rules
    assert [rule.kind for rule in rules] == [
        RuleKind.PREFIX, RuleKind.PATTERN, RuleKind.RANGE, RuleKind.ANY_OF, RuleKind.CONSTANT,
    ]  # fmt: skip
    assert (rules[2].minimum, rules[2].maximum) == (None, 5)
    assert (rules[4].fields, rules[4].text) == ((), "false")


def test_policies_and_custom_names() -> None:
    port = example("port")
    assert [(p.field, p.policy) for p in port.behaviour.visit][:2] == [
        ("visited", Policy.ALWAYS),
        ("status", Policy.UNLESS),
    ]
    assert port.markers == (Marker.PARTITION,)
    custom = entity(WIDGET + "custom: [a, { name: b, kind: valid }]\n").behaviour.custom
    assert [(c.name, c.kind) for c in custom] == [("a", CustomKind.HOOK), ("b", CustomKind.VALID)]


def test_constructors() -> None:
    assert [(c.name, c.params) for c in example("port").behaviour.constructors] == [
        ("NewPort", ("protocol", "port", "source"))
    ]
    (built,) = entity(
        WIDGET + "types: { Part: { fields: { a: {} } } }\nconstructor: { from: Part, params: [name] }\n"
    ).behaviour.constructors
    assert (built.name, built.source, built.params) == ("NewWidget", "Part", ("name",))


def test_a_contract_brings_its_own_routes() -> None:
    api = entity(f"{WIDGET}api: {{ contract: chariot, entitlements: {{ patch: write_jobs }} }}").api
    assert api is not None
    assert (api.is_rest, api.is_chariot, api.paths) == (False, True, ("/widget",))
    assert [(e.method, e.path, e.operations, e.entitlement) for e in api.chariot_endpoints] == [
        ("PUT", "/widget", (Operation.PATCH, Operation.CREATE), Entitlement.WRITE_JOBS),
        ("POST", "/widget", (Operation.CREATE,), Entitlement.WRITE_ASSETS),
        ("DELETE", "/widget", (Operation.DELETE,), Entitlement.WRITE_ASSETS),
        ("GET", "/my", (Operation.LIST,), Entitlement.READ),
        ("POST", "/my", (Operation.LIST,), Entitlement.READ),
    ]


def test_only_what_is_offered_has_a_route() -> None:
    api = entity(f"{WIDGET}api: {{ contract: both, operations: [create, list, refresh] }}{REFRESHED}").api
    assert api is not None
    assert api.paths == ("/api/widget", "/widget")
    assert [(e.method, e.path) for e in api.chariot_endpoints] == [
        ("POST", "/widget"),
        ("GET", "/my"),
        ("POST", "/my"),
    ]


def test_an_entity_of_the_contract_chariot_alone_has_no_function_and_no_refresh() -> None:
    alone = entity(f"{WIDGET}api: {{ contract: chariot }}\ntriggers: [api]{REFRESHED}")
    assert alone.infrastructure.triggers == ()
    assert alone.api is not None
    assert alone.api.endpoint(Operation.REFRESH) is None


def test_the_contracts_share_out_the_entities() -> None:
    named = ("rest", "chariot", "both")
    texts = [WIDGET.replace("Widget", f"Widget{n.title()}").replace("#widget", f"#{n}") for n in named]
    backend = load(*(f"{text}api: {{ contract: {n} }}" for text, n in zip(texts, named, strict=True)))
    assert [e.names.go for e in backend.rest] == ["WidgetBoth", "WidgetRest"]
    assert [e.names.go for e in backend.chariot] == ["WidgetBoth", "WidgetChariot"]


def test_a_deletion_can_keep_the_item() -> None:
    api = entity(f"{WIDGET}  status: {{}}\napi: {{ soft_delete: {{ status: D }}, contract: both }}").api
    assert api is not None
    assert api.soft_delete is not None
    assert (api.soft_delete.field, api.soft_delete.value) == ("status", "D")


def test_an_api_is_offered_by_default() -> None:
    api = entity(WIDGET).api
    assert api is not None
    assert [(e.operation, e.method, e.path) for e in api.endpoints] == [
        (Operation.CREATE, "POST", "/api/widget"),
        (Operation.GET, "GET", "/api/widget/{key}"),
        (Operation.LIST, "GET", "/api/widget"),
        (Operation.UPDATE, "PUT", "/api/widget/{key}"),
        (Operation.PATCH, "PATCH", "/api/widget/{key}"),
        (Operation.DELETE, "DELETE", "/api/widget/{key}"),
    ]
    assert {e.operation for e in api.endpoints if e.entitlement is Entitlement.READ} == {
        Operation.GET,
        Operation.LIST,
    }


def test_a_mapped_call_brings_refresh() -> None:
    api = example("host").api
    assert api is not None
    assert api.endpoint(Operation.REFRESH) is not None


def test_a_plain_entity_has_no_key_and_no_api() -> None:
    plain = entity("entity: Part\nkind: plain\ndescription: A part.\n")
    assert (plain.key, plain.api, plain.fields, plain.infrastructure.triggers) == (None, None, (), ())


def test_services() -> None:
    (shodan,) = example("host").services
    assert (shodan.go, shodan.env, shodan.timeout_ms, shodan.retry.base_ms) == (
        "Shodan",
        "SHODAN",
        10_000,
        500,
    )
    (call,) = shodan.calls
    assert (call.go, call.idempotent, call.response.go) == ("GetHost", True, "GetHostResponse")
    assert call.params[1].type == ScalarType(Scalar.BOOL)
    submit = example("new_entity").services[0].calls[1]
    assert not submit.idempotent


def test_entities_are_sorted() -> None:
    gadget = WIDGET.replace("Widget", "Gadget").replace("widget", "gadget")
    assert [e.names.go for e in load(WIDGET, gadget).entities] == ["Gadget", "Widget"]


def test_words_of_yaml_1_1_are_text() -> None:
    field = entity(
        WIDGET + "  when: { example: 2026-01-02 }\n  country: { enum: [no, on, yes], example: no }\n"
    ).field("country")
    assert (field.enum, field.example) == (("no", "on", "yes"), "no")


def test_an_alias_stands_for_what_it_names() -> None:
    loaded = entity(WIDGET.replace("name: {}", "name: &n { desc: Named. }\n  title: *n"))
    assert loaded.field("title").description == "Named."


def test_line_breaks_of_windows_and_a_byte_order_mark_are_taken() -> None:
    assert entity("\ufeff" + WIDGET.lstrip().replace("\n", "\r\n")).names.go == "Widget"


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(SpecError, match=r"^specs/a\.yaml:2:3: the file is not UTF-8 text; save it"):
        spec.SourceFile.decode("specs/a.yaml", b"a: 1\nb:\xff\n")
    assert spec.SourceFile.decode("a", b"\xef\xbb\xbfa: 1").text == "a: 1"
    escaped = WIDGET.encode().replace(b"A widget.", b"Stra\xdfe").decode("utf-8", "surrogateescape")
    with pytest.raises(SpecError, match=r":\d+:\d+: the file is not UTF-8 text; save"):
        entity(escaped)


def test_an_entity_that_nothing_starts_has_no_api() -> None:
    text = "entity: Note\nkind: table\ndescription: A note.\nkey: '#note#{t}'\nfields:\n  t: { desc: T. }\n"
    settings = spec.SourceFile("chariot.yaml", "module: example.com/backend\n")
    (served,) = spec.load(settings, [spec.SourceFile("specs/note.yaml", text)]).entities
    (quiet,) = spec.load(settings, [spec.SourceFile("specs/note.yaml", f"{text}triggers: []\n")]).entities
    assert served.api is not None
    assert quiet.api is None
    assert quiet.infrastructure.triggers == ()
