"""The API's description says what the emitted code does, and cannot be broken by the text of a spec."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from chariot_gen.files import FilePlan, Ownership
from chariot_gen.model.backend import Backend
from chariot_gen.model.entity import Entity
from chariot_gen.plan.openapi import patterns
from chariot_gen.plan.openapi.failures import FAILURES
from chariot_gen.plan.openapi.items import HISTORY_RECORD, MIXINS
from chariot_gen.plan.samples import entity_sample, invalid
from chariot_gen.plan.views.handler_request import writable
from chariot_gen.plan.views.openapi import entity_names, openapi_view
from chariot_gen.render.renderer import render
from chariot_gen.resources import template_root
from stacks import backend, example
from trees import REPOSITORY

EXAMPLES = ("host", "key", "new_entity", "person", "port", "technology")
HAZARDS = REPOSITORY / "tests" / "golden" / "tree" / "hazards" / "specs"

HEALTH = {("/healthz", "get")}
TOKENS = {
    ("/token", "get"),
    ("/token/keys", "get"),
    ("/token/keys", "post"),
    ("/token/keys/{id}", "delete"),
}

TINY = """\
entity: {entity}
kind: table
description: {text}
key: "#tiny#{{name}}"
fields:
  username: {{ desc: Owner., example: a }}
  name: {{ desc: {text}, example: {text}, required: true }}
  {more}
constructor: [name]
triggers: [api]
"""


def _hazards() -> Backend:
    return backend(*(path.read_text(encoding="utf-8") for path in sorted(HAZARDS.glob("*.yaml"))))


def _examples() -> Backend:
    return backend(*map(example, EXAMPLES))


def _tiny(entity: str = "Tiny", text: str = "A text.", more: str = "") -> str:
    return TINY.format(entity=entity, text=json.dumps(text), more=more)


def _document(described: Backend) -> dict[str, Any]:
    plan = FilePlan(
        "openapi.yaml", "openapi.yaml.jinja", Ownership.GENERATED, lambda: openapi_view(described)
    )
    loaded: dict[str, Any] = yaml.safe_load(render(plan, template_root()).text)
    return loaded


def _validator(document: dict[str, Any], name: str) -> Draft202012Validator:
    resource = Resource.from_contents(document, default_specification=DRAFT202012)
    registry: Registry[Any] = Registry().with_resource("urn:api", resource)
    return Draft202012Validator({"$ref": f"urn:api#/components/schemas/{name}"}, registry=registry)


def _schemas(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    schemas: dict[str, dict[str, Any]] = document["components"]["schemas"]
    return schemas


@pytest.mark.parametrize(
    "described", [_examples(), _hazards(), backend()], ids=["examples", "hazards", "none"]
)
def test_the_document_is_openapi(described: Backend) -> None:
    document = _document(described)
    OpenAPIV31SpecValidator(document).validate()
    assert document["openapi"] == "3.1.0"


@pytest.mark.parametrize("described", [_examples(), _hazards()], ids=["examples", "hazards"])
def test_every_endpoint_is_described_and_nothing_else(described: Backend) -> None:
    endpoints = [endpoint for entity in described.rest if entity.api for endpoint in entity.api.endpoints]
    calls = [call for entity in described.chariot if entity.api for call in entity.api.chariot_endpoints]
    wanted = HEALTH | {(route.path, route.method.lower()) for route in (*endpoints, *calls)}
    wanted |= TOKENS if described.chariot else set()
    for entity in described.rest:
        if entity.storage.bucket and entity.api:
            wanted |= {(f"{entity.api.path}/{{key}}/file", method) for method in ("get", "put")}
    paths: dict[str, dict[str, Any]] = _document(described)["paths"]
    assert {
        (path, method) for path, item in paths.items() for method in item if method != "parameters"
    } == wanted


@pytest.mark.parametrize("described", [_examples(), _hazards()], ids=["examples", "hazards"])
def test_operations_are_named_once(described: Backend) -> None:
    names = [
        operation["operationId"]
        for item in _document(described)["paths"].values()
        for method, operation in item.items()
        if method != "parameters"
    ]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("described", [_examples(), _hazards()], ids=["examples", "hazards"])
def test_every_component_is_used(described: Backend) -> None:
    document = _document(described)
    used = set(re.findall(r'"#/components/([^"]+)"', json.dumps(document)))
    # It answers what is described nowhere.
    used.add("responses/MethodNotAllowed")
    for kind in ("schemas", "responses", "headers", "parameters"):
        assert {f"{kind}/{name}" for name in document["components"][kind]} <= used


@pytest.mark.parametrize("described", [_examples(), _hazards()], ids=["examples", "hazards"])
def test_examples_are_of_their_schema(described: Backend) -> None:
    document = _document(described)
    seen = 0
    for name, schema in _schemas(document).items():
        for field, inner in schema.get("properties", {}).items():
            for value in inner.get("examples", []):
                within = f"{name}/properties/{field}"
                assert list(_validator(document, within).iter_errors(value)) == [], within
                seen += 1
    assert seen > 20


@pytest.mark.parametrize("described", [_examples(), _hazards()], ids=["examples", "hazards"])
def test_requests_take_what_validation_takes_and_refuse_what_it_refuses(described: Backend) -> None:
    document = _document(described)
    refused = 0
    for entity in described.rest:
        name = entity_names(described, entity).request
        if name not in _schemas(document):
            continue
        body, certain = _body(described, entity)
        validator = _validator(document, name)
        if certain:
            assert list(validator.iter_errors(body)) == [], name
        assert not validator.is_valid({**body, "no_such_field": 1})
        for field in writable(entity):
            bad = invalid(described, entity, field)
            if bad is not None:
                assert not validator.is_valid({**body, field.json.name: json.loads(bad.json)}), field.name
                refused += 1
    assert refused > 10


def _body(described: Backend, entity: Entity) -> tuple[dict[str, Any], bool]:
    sample = entity_sample(described, entity)
    fields = [field for field in writable(entity) if field.name in sample.fields]
    return {field.json.name: json.loads(sample.fields[field.name].json) for field in fields}, sample.is_valid


def test_what_a_caller_may_not_set_is_not_in_a_request() -> None:
    schemas = _schemas(_document(_examples()))
    assert list(schemas["NewEntityRequest"]["properties"]) == ["field1", "field2", "status"]
    assert schemas["NewEntityRequest"]["required"] == ["field1"]
    assert schemas["NewEntityRequest"]["additionalProperties"] is False


def test_secrets_are_told_once() -> None:
    document = _document(_examples())
    answers = {
        method: document["paths"][path][method]["responses"][status]["content"]["application/json"]["schema"]
        for path, method, status in (("/api/key", "post", "201"), ("/api/key/{key}", "get", "200"))
    }
    secret = {"post": "KeyCreated", "get": "Key"}
    assert {method: schema["$ref"].rpartition("/")[2] for method, schema in answers.items()} == secret
    assert "maxLength" not in _schemas(document)["KeyCreated"]["properties"]["secret"]
    assert _schemas(document)["Key"]["properties"]["secret"]["maxLength"] == 0


def test_one_of_several_fields_is_asked_for() -> None:
    document = _document(_examples())
    validator = _validator(document, "PersonRequest")
    assert [validator.is_valid(body) for body in ({}, {"email": ""}, {"email": " "}, {"phone": "1"})] == [
        False
    ] * 4
    assert [validator.is_valid(body) for body in ({"email": "a"}, {"name": "a", "email": None})] == [True] * 2


def test_a_rule_on_the_key_is_told_of_the_field_behind_it() -> None:
    validator = _validator(_document(_examples()), "TechnologyRequest")
    assert validator.is_valid({"cpe": "cpe:2.3:a:apache:http_server:2.4.50:*:*:*:*:*:*:*"})
    assert not validator.is_valid({"cpe": "cpe:2.3:a"})


AWKWARD = [
    "a: b",
    "#a",
    "a #b",
    "- a",
    "'a' \"b\"",
    "{a}",
    "a\\b",
    "[[ x ]]",
    "#% if x",
    "${{ x }}",
    "é",
    "%",
]


@pytest.mark.parametrize("text", AWKWARD)
def test_text_of_a_spec_stays_text(text: str) -> None:
    document = _document(
        backend(
            _tiny(text=text), settings=f"module: example.com/a\nname: a\ndescription: {json.dumps(text)}\n"
        )
    )
    OpenAPIV31SpecValidator(document).validate()
    prose = " ".join(text.split())
    assert prose in document["info"]["description"]
    assert prose in document["tags"][0]["description"]
    assert prose in _schemas(document)["Tiny"]["properties"]["name"]["description"]


def test_schemas_of_requests_and_pages_give_way_to_types_of_the_model() -> None:
    described = backend(
        _tiny("Tiny"),
        _tiny("TinyRequest").replace("#tiny#", "#other#"),
        _tiny("Error").replace("#tiny#", "#error#"),
    )
    document = _document(described)
    assert {"Tiny", "TinyRequest", "TinyRequest_", "Error", "Error_"} <= set(_schemas(document))
    assert _schemas(document)["Error_"]["required"] == ["code", "message"]


@pytest.mark.parametrize("mixin", sorted(MIXINS))
def test_mixins_have_the_fields_of_their_structs(mixin: str) -> None:
    text = (template_root() / "pkg/model/model" / f"{mixin}.go.jinja").read_text(encoding="utf-8")
    structs = dict(re.findall(r"type (\w+) struct \{(.*?)\n\}", text, flags=re.DOTALL))
    first = next(iter(structs.values()))
    assert list(MIXINS[mixin]) == re.findall(r'json:"(\w+)', first)
    assert first.count('omitempty" desc') == len(MIXINS[mixin]), "a field that is always there is required"
    if mixin == "history":
        record: Any = HISTORY_RECORD["properties"]
        assert list(record) == re.findall(r'json:"(\w+)', structs["HistoryRecord"])


def test_failures_have_the_codes_and_statuses_of_the_package() -> None:
    text = (template_root() / "pkg/apierror/code.go.jinja").read_text(encoding="utf-8")
    codes = {code: int(status) for code, status in re.findall(r'"(\w+)"\s+// (\d+)', text)}
    assert {code: failure.status for code, failure in FAILURES.items()} == codes


def test_headers_are_described_where_they_occur() -> None:
    document = _document(_examples())
    found: dict[str, set[tuple[str, str]]] = {}
    for item in document["paths"].values():
        for operation in (operation for method, operation in item.items() if method != "parameters"):
            for status, answer in operation["responses"].items():
                name = answer.get("$ref", "").rpartition("/")[2]
                described = document["components"]["responses"].get(name, answer)
                for header in described["headers"]:
                    found.setdefault(header, set()).add((operation["operationId"], status))
    assert ("patchPort", "415") in found["Accept-Patch"]
    assert {status for _, status in found["Accept-Patch"]} == {"415"}
    assert all(name.startswith("patch") for name, _ in found["Accept-Patch"])
    assert ("createHost", "201") in found["Idempotency-Replayed"]
    assert ("createKey", "201") not in found["Idempotency-Replayed"], "an answer with a secret is not kept"
    assert {status for _, status in found["Retry-After"]} == {"429"}
    assert {status for _, status in found["Location"]} == {"201"}
    assert found["ETag"] >= {
        ("createHost", "201"),
        ("getHost", "200"),
        ("getHost", "304"),
        ("patchHost", "200"),
    }
    assert "Allow" in document["components"]["responses"]["MethodNotAllowed"]["headers"]


def test_a_patch_has_the_types_of_the_item_or_null() -> None:
    described = _examples()
    schemas = _schemas(_document(described))
    for entity in described.served:
        patch = schemas.get(entity_names(described, entity).patch)
        item = schemas[entity_names(described, entity).item]["properties"]
        for name, schema in (patch["properties"] if patch else {}).items():
            given = _types(schema)
            assert given, name
            assert given - {"null"} == _types(item[name]) - {"null"}, name


def _types(schema: dict[str, Any]) -> set[str]:
    found = schema.get("type", schema.get("$ref", []))
    inner = set().union(*map(_types, schema.get("anyOf", ())))
    return {found} | inner if isinstance(found, str) else {*found} | inner


def test_a_value_is_one_that_a_table_can_hold() -> None:
    more = "weight: { type: float64, desc: Weight. }\n  extra: { type: any, desc: Anything. }"
    document = _document(backend(_tiny(more=more)))
    for name in ("TinyRequest", "TinyPatch"):
        validator = _validator(document, name)
        for weight, accepted in ((0, True), (0.5, True), (-1e-130, True), (5e-324, False), (-1e126, False)):
            assert validator.is_valid({"name": "a", "weight": weight}) is accepted, weight
            assert validator.is_valid({"name": "a", "extra": [{"a": weight}]}) is accepted, weight
        assert validator.is_valid({"name": "a", "extra": None})
        assert validator.is_valid({"name": "a", "weight": None}) is (name == "TinyPatch")
        assert not validator.is_valid({"name": "a", "extra": {"a": [{"": "x"}]}})


def test_the_failure_of_an_item_of_a_batch_is_an_error() -> None:
    described = backend(
        _tiny(more="").replace(
            "constructor: [name]", "constructor: [name]\napi: { operations: [create, get, batch] }"
        )
    )
    answer = _document(described)["paths"]["/api/tiny/batch"]["post"]["responses"]["200"]
    result = answer["content"]["application/json"]["schema"]["properties"]["results"]["items"]
    assert result["properties"]["error"]["$ref"] == "#/components/schemas/Error"


@pytest.mark.parametrize("pattern", [r"^[a-z]+$", r"^(?:a|b)$", r"\d{2}", r"^a$|^b$"])
def test_patterns_that_all_read_alike_are_told(pattern: str) -> None:
    assert patterns.is_portable(pattern)


@pytest.mark.parametrize(
    "pattern", [r"(?i)a", r"\pL", r"[[:alpha:]]", r"\Aa\z", r"(?P<n>a)", r"a$b", r"\Q.\E"]
)
def test_patterns_that_only_go_reads_are_not(pattern: str) -> None:
    assert not patterns.is_portable(pattern)


OUTSIDE = r"\x00-\x08\x0b-\x1f\x7f-\x9f#"


@pytest.mark.parametrize(
    ("pattern", "want"),
    [
        (r"^[0-9a-f.:]+$", r"^[0-9a-f.:]+$"),
        (r"^(ab|c){2}\.$", r"^(ab|c){2}\.$"),
        (r"^[^:]+$", rf"^[^{OUTSIDE}:]+$"),
        (r"^a.\[\^[.]$", rf"^a[^{OUTSIDE}\n]\[\^[.]$"),
        (r"^\d\w$", r"^\d\w$"),
    ],
)
def test_a_pattern_that_can_rule_other_characters_out_does(pattern: str, want: str) -> None:
    assert patterns.bounded(pattern, "#") == want


@pytest.mark.parametrize("pattern", [r"[a-z]", r"^\S+$", r"^[!-$]$", "^a", r"^a|b$", r"^#$", r"^[\W]$"])
def test_a_pattern_that_cannot_is_left_alone(pattern: str) -> None:
    assert patterns.bounded(pattern, "#") == ""


@pytest.mark.parametrize(
    ("pattern", "want"),
    [
        (r"^#a#b+$", "^b+$"), (r"^#a\#b+$", "^b+$"), (r"#a#b", ""), (r"^#a#|b", ""), (r"^#x#b", ""),
        (r"^#a#*b", ""),
    ],
)  # fmt: skip
def test_a_constant_is_taken_off_a_pattern(pattern: str, want: str) -> None:
    assert patterns.stripped(pattern, "#a#") == want
