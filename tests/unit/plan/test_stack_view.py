"""What the stacks hold follows from the specs: routes, variables, permissions, parameters."""

from __future__ import annotations

import re
from typing import Any

import pytest
from cfnlint.decode import decode_str

from chariot_gen.model.entity import Entity
from chariot_gen.model.tokens import TOKEN_ROUTES
from chariot_gen.plan.views.stack import entity_stack_view, root_stack_view
from chariot_gen.resources import template_root
from stacks import backend, example, stacks

EXAMPLES = ("host", "key", "new_entity", "person", "port", "technology")
ENVIRONMENT = re.compile(r'env\.(\w+)\("([A-Z_]+)"')
PREFIXED = re.compile(r'prefix\s*\+\s*"(_[A-Z_]+)"')

TINY = """\
entity: Tiny
kind: table
description: "{description}"
key: "#tiny#{{name}}"
fields:
  username: {{ desc: Owner., example: a }}
  name: {{ desc: Name., example: a, required: true }}
constructor: [name]
{more}
triggers: [api]
"""

PHOTO = """\
entity: Photo
kind: table
description: A picture.
key: "#photo#{name}"
fields:
  username: { desc: Owner., example: a }
  name: { desc: Name., example: a, required: true }
storage: { bucket: { max_size: 1KB, types: [image/png] } }
triggers: [api]
"""


def _resources(name: str, *specs: str) -> dict[str, Any]:
    nodes, problems = decode_str(stacks(backend(*specs))[name])
    assert not problems
    found: dict[str, Any] = nodes["Resources"]
    return found


def _entity_stack(name: str) -> dict[str, Any]:
    return _resources(f"cf-templates/{name}_resources.yaml", example(name))


def _entity(name: str) -> Entity:
    return backend(example(name)).entities[0]


@pytest.mark.parametrize("name", ["cf-templates/key_resources.yaml", "cf-templates/api_resources.yaml"])
def test_what_the_gateway_says_itself_can_be_read_by_scripts_and_says_when_to_come_back(name: str) -> None:
    found = _resources(name, example("key"), example("technology"))
    (api,) = (each for each in found.values() if each["Type"] == "AWS::Serverless::Api")
    answers = api["Properties"]["GatewayResponses"]
    headers = {kind: answer["ResponseParameters"]["Headers"] for kind, answer in answers.items()}
    readable = {"Fn::If": ["AllowsOrigins", "'*'", {"Ref": "AWS::NoValue"}]}
    assert all(header["Access-Control-Allow-Origin"] == readable for header in headers.values())
    assert headers["THROTTLED"]["Retry-After"] == "'1'"
    challenged = {kind for kind, answer in answers.items() if answer.get("StatusCode") == "401"}
    assert challenged == {kind for kind, header in headers.items() if "WWW-Authenticate" in header}


def test_who_is_blocked_for_asking_too_much_is_told_when_to_come_back() -> None:
    rules = _resources("template.yaml", example("key"))["WebAcl"]["Properties"]["Rules"]
    limits = [rule for rule in rules if "RateBasedStatement" in rule["Statement"]]
    assert limits
    for rule in limits:
        answer = rule["Action"]["Block"]["CustomResponse"]
        window = str(rule["Statement"]["RateBasedStatement"]["EvaluationWindowSec"])
        assert (answer["ResponseCode"], answer["ResponseHeaders"]) == (
            429,
            [{"Name": "Retry-After", "Value": window}],
        )


def test_browsers_may_ask_whether_they_may_use_files() -> None:
    events = _resources("cf-templates/photo_resources.yaml", PHOTO)["PhotoFunction"]["Properties"]["Events"]
    routes = [event["Properties"] for event in events.values()]
    paths = {route["Path"] for route in routes if route["Path"] != "/healthz"}
    asked = [route for route in routes if route["Method"] == "options"]
    assert {route["Path"] for route in asked} == paths
    assert "/api/photo/{key}/file" in paths
    assert all(route["Auth"] == {"Authorizer": "NONE"} for route in asked)


def test_scripts_of_the_origins_may_follow_links_to_files() -> None:
    files = _resources("cf-templates/data_resources.yaml", PHOTO)["Files"]["Properties"]["CorsConfiguration"]
    condition, allowed, otherwise = files["Fn::If"]
    assert (condition, otherwise) == ("AllowsOrigins", {"Ref": "AWS::NoValue"})
    (rule,) = allowed["CorsRules"]
    assert rule["AllowedOrigins"] == {"Fn::Split": [",", {"Ref": "CorsAllowedOrigins"}]}
    assert set(rule["AllowedMethods"]) == {"GET", "PUT"}
    assert rule["AllowedHeaders"] == ["Content-Type"]
    data = _resources("template.yaml", PHOTO)["Data"]["Properties"]["Parameters"]
    assert data["CorsAllowedOrigins"] == {"Ref": "CorsAllowedOrigins"}
    assert (
        "CorsAllowedOrigins"
        not in _resources("template.yaml", example("key"))["Data"]["Properties"]["Parameters"]
    )


def test_where_spans_go_is_a_parameter_of_every_stack() -> None:
    function = _entity_stack("key")["KeyFunction"]["Properties"]["Environment"]["Variables"]
    assert function["OTEL_EXPORTER_OTLP_ENDPOINT"] == {"Ref": "TraceEndpoint"}
    nested = _resources("template.yaml", example("key"))["KeyStack"]["Properties"]["Parameters"]
    assert nested["TraceEndpoint"] == {"Ref": "TraceEndpoint"}


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_routes_are_the_endpoints_and_the_health_check(name: str) -> None:
    entity = _entity(name)
    assert entity.api is not None
    events = _entity_stack(name)[f"{entity.names.logical_id}Function"]["Properties"]["Events"]
    routes = {(event["Properties"]["Method"], event["Properties"]["Path"]) for event in events.values()}
    wanted = {(endpoint.method.lower(), endpoint.path) for endpoint in entity.api.endpoints}
    further = {(method, path) for _, path in wanted for method in ("options", "any")}
    assert routes == wanted | further | {("get", "/healthz")}


@pytest.mark.parametrize("name", EXAMPLES)
def test_only_the_health_check_and_preflights_are_open(name: str) -> None:
    function = _entity_stack(name)[f"{_entity(name).names.logical_id}Function"]
    guards = {
        event: body["Properties"]["Auth"]["Authorizer"]
        for event, body in function["Properties"]["Events"].items()
    }
    methods = {
        event: body["Properties"]["Method"] for event, body in function["Properties"]["Events"].items()
    }
    opened = {event for event, guard in guards.items() if guard == "NONE"}
    assert opened == {"Health"} | {event for event, method in methods.items() if method == "options"}
    assert {guard for event, guard in guards.items() if event not in opened} == {"CognitoAuthorizer"}


API = "cf-templates/api_resources.yaml"
ANY = "x-amazon-apigateway-any-method"


def _chariot(name: str) -> str:
    """Return the text of an example that is served as Chariot's clients ask for it, and so alone."""
    text = re.sub(r"^  contract: .*\n", "", example(name), flags=re.MULTILINE)
    return text.replace("\napi:\n", "\napi:\n  contract: chariot\n")


def _operations(stack: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    paths = stack["RestApi"]["Properties"]["DefinitionBody"]["paths"]
    return {
        (method, path): operation
        for path, item in paths.items()
        for method, operation in item.items()
        if method != "parameters"
    }


def test_the_one_api_has_the_routes_of_every_entity_and_the_tokens() -> None:
    described = backend(_chariot("key"), example("technology"))
    calls = [call for entity in described.chariot if entity.api for call in entity.api.chariot_endpoints]
    wanted = {(call.method.lower(), call.path) for call in calls}
    wanted |= {(route.method.lower(), route.path) for route in TOKEN_ROUTES}
    further = {(method, path) for _, path in wanted for method in ("options", ANY)}
    nodes, _ = decode_str(stacks(described)[API])
    assert set(_operations(nodes["Resources"])) == wanted | further | {("get", "/healthz")}
    assert len(calls) > 6


def test_the_one_api_is_open_to_preflights_to_health_checks_and_to_who_shows_a_key() -> None:
    operations = _operations(_resources(API, _chariot("key"), example("technology")))
    opened = {route for route, operation in operations.items() if not operation["security"]}
    assert {route for route in opened if route[0] != "options"} == {("get", "/healthz"), ("get", "/token")}
    assert all(
        operation["security"] == [{"Bearer": []}]
        for route, operation in operations.items()
        if route not in opened
    )


def test_a_decision_about_a_token_is_kept_for_a_minute_at_the_most() -> None:
    body = _resources(API, example("technology"))["RestApi"]["Properties"]["DefinitionBody"]
    authorizer = body["components"]["securitySchemes"]["Bearer"]["x-amazon-apigateway-authorizer"]
    assert authorizer["type"] == "token"
    assert authorizer["authorizerResultTtlInSeconds"] <= 60
    form = re.compile(authorizer["identityValidationExpression"])
    assert form.fullmatch("Bearer eyJh-_.b.c")
    assert not any(
        map(form.fullmatch, ("", "Bearer", "Bearer a.b", "Basic a.b.c", "Bearer a.b.c d", "Bearer a.b.c="))
    )


def test_the_authorizer_knows_the_secret_that_signs_tokens_and_nothing_else() -> None:
    stack = _resources(API, _chariot("key"))
    function = stack["AuthorizerFunction"]["Properties"]
    assert set(function["Environment"]["Variables"]) == {
        "LOG_LEVEL",
        "TOKEN_SIGNING_SECRET_NAME",
        "JWT_ISSUER",
        "JWT_CLIENT_ID",
    }
    statements = stack["AuthorizerFunctionPolicy"]["Properties"]["PolicyDocument"]["Statement"]
    granted = {statement["Sid"]: statement for statement in statements}
    assert set(granted) == {"ReadSecrets", "Decrypt", "WriteOwnLogs", "WriteTraces"}
    assert granted["ReadSecrets"]["Resource"] == [{"Ref": "TokenSigningSecretArn"}]


def test_the_one_api_is_in_the_vpc_of_the_graph_where_any_of_its_entities_is_kept_there() -> None:
    inside = _resources(API, _chariot("key"), example("technology"))
    assert "VpcConfig" in inside["ApiFunction"]["Properties"]
    assert "VpcConfig" not in inside["AuthorizerFunction"]["Properties"]
    outside = _resources(API, _chariot("key"), example("port"))
    assert "VpcConfig" not in outside["ApiFunction"]["Properties"]
    assert "ApiSecurityGroup" not in outside


def test_the_function_gets_every_variable_of_the_one_api() -> None:
    variables = set(_resources(API, _chariot("key"))["ApiFunction"]["Properties"]["Environment"]["Variables"])
    known = {name for _, name in ENVIRONMENT.findall(_config_source())}
    required = {name for method, name in ENVIRONMENT.findall(_config_source()) if method == "Required"}
    assert required | {"TOKEN_SIGNING_SECRET_NAME"} <= variables <= known


def test_only_who_gives_out_tokens_has_a_secret_to_sign_them_with() -> None:
    for specs, signs in (([_chariot("key")], True), ([example("key")], False)):
        texts = stacks(backend(*specs))
        data, _ = decode_str(texts["cf-templates/data_resources.yaml"])
        root, _ = decode_str(texts["template.yaml"])
        assert ("TokenSigningSecret" in data["Resources"]) is signs
        assert ("ApiStack" in root["Resources"]) is signs
        assert ("ApiUrl" in root["Outputs"]) is signs
        assert (API in texts) is signs


def _config_source() -> str:
    return (template_root() / "pkg" / "config" / "config.go.jinja").read_text(encoding="utf-8")


def test_the_function_gets_every_variable_that_the_configuration_needs_and_none_that_it_does_not_know() -> (
    None
):
    variables = set(
        _entity_stack("new_entity")["NewEntityFunction"]["Properties"]["Environment"]["Variables"]
    )
    source = _config_source()
    known = {name for _, name in ENVIRONMENT.findall(source)}
    required = {name for method, name in ENVIRONMENT.findall(source) if method == "Required"} | {"JWT_ISSUER"}
    ours = {f"EXTERNAL_SERVICE{suffix}" for suffix in PREFIXED.findall(source)}
    assert len(known) > 5
    assert len(ours) == 2
    assert required <= variables
    assert ours <= variables
    assert variables <= known | ours


def test_a_service_without_a_secret_has_no_secret_parameter() -> None:
    open_data = """\
services:
  open_data:
    description: Open data.
    base_url: https://data.example.com
    auth: { kind: none }
    calls:
      get_fact:
        desc: Fetch a fact.
        method: GET
        path: /v1/facts/{name}
        params:
          name: { in: path, field: name, desc: Name to look up. }
        response:
          name: { desc: Name. }
"""
    described = backend(TINY.format(description="Tiny.", more=open_data))
    view = entity_stack_view(described, described.entities[0])
    assert [service.url_parameter for service in view.services] == ["OpenDataBaseUrl"]
    assert view.function.secret_parameters == ()
    text = stacks(described)["cf-templates/tiny_resources.yaml"]
    assert text.count("secretsmanager:GetSecretValue") == 1
    assert ":secret:$" not in text
    assert "OPEN_DATA_SECRET_NAME" not in text


def test_a_function_reads_its_own_secrets_only() -> None:
    statements = _entity_stack("new_entity")["NewEntityFunctionPolicy"]["Properties"]["PolicyDocument"][
        "Statement"
    ]
    granted = {statement["Sid"]: statement for statement in statements}
    resource = granted["ReadSecrets"]["Resource"][1]["Fn::Sub"]
    assert granted["ReadSecrets"]["Action"] == "secretsmanager:GetSecretValue"
    assert resource.endswith(":secret:${ExternalServiceSecretName}-??????")


def test_a_function_in_front_of_the_graph_is_in_its_vpc_and_leaves_it_only_to_named_places() -> None:
    stack = _entity_stack("port")
    properties = stack["PortFunction"]["Properties"]
    variables = properties["Environment"]["Variables"]
    assert properties["VpcConfig"]["SecurityGroupIds"] == [{"Ref": "PortSecurityGroup"}]
    assert {"NEO4J_URI", "NEO4J_DATABASE", "NEO4J_SECRET_NAME"} <= set(variables)
    egress = stack["PortSecurityGroup"]["Properties"]["SecurityGroupEgress"]
    assert [(rule["FromPort"], rule["ToPort"], rule["CidrIp"]) for rule in egress] == [
        (7687, 7687, {"Ref": "GraphCidr"}),
        (443, 443, {"Ref": "HttpsCidr"}),
    ]
    statements = stack["PortFunctionPolicy"]["Properties"]["PolicyDocument"]["Statement"]
    (table,) = (statement["Action"] for statement in statements if statement["Sid"] == "UseTable")
    assert table == [f"dynamodb:{action}Item" for action in ("Delete", "Get", "Put", "Update")]


def test_a_node_that_is_kept_in_the_table_has_no_vpc() -> None:
    specs = [example("port") + "storage: { table: {} }\n"]
    stack = _resources("cf-templates/port_resources.yaml", *specs)
    assert "VpcConfig" not in stack["PortFunction"]["Properties"]
    assert "PortSecurityGroup" not in stack
    statements = stack["PortFunctionPolicy"]["Properties"]["PolicyDocument"]["Statement"]
    assert statements[0]["Sid"] == "UseTable"


def test_a_function_may_do_no_more_than_its_operations_and_a_look_at_accounts_need() -> None:
    spec = TINY.format(description="Tiny.", more="api:\n  operations: [create, delete]")
    policy = _resources("cf-templates/tiny_resources.yaml", spec)["TinyFunctionPolicy"]
    actions = policy["Properties"]["PolicyDocument"]["Statement"][0]["Action"]
    assert actions == [f"dynamodb:{action}Item" for action in ("Delete", "Get", "Put", "Update")]


@pytest.mark.parametrize(("concurrency", "reserved"), [("", None), ("concurrency: 5", 5)])
def test_concurrency_is_reserved_only_where_the_spec_asks_for_it(
    concurrency: str, reserved: int | None
) -> None:
    spec = TINY.format(description="Tiny.", more=concurrency)
    function = _resources("cf-templates/tiny_resources.yaml", spec)["TinyFunction"]
    assert function["Properties"].get("ReservedConcurrentExecutions") == reserved
    skipped = [skip["id"] for skip in function["Metadata"]["checkov"]["skip"]]
    assert ("CKV_AWS_115" in skipped) is (reserved is None)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("It: is # odd", "It: is # odd"),
        ("[[ not ]] a hole, #% if", "[[ not ]] a hole, #% if"),
        ("{{resolve:ssm:/secret}} ${AWS::AccountId}", "{ {resolve:ssm:/secret}} $ {AWS::AccountId}"),
    ],
)
def test_a_description_is_text_and_nothing_else(text: str, written: str) -> None:
    described = backend(TINY.format(description=text, more=""))
    nodes, problems = decode_str(stacks(described)["cf-templates/tiny_resources.yaml"])
    assert not problems
    assert nodes["Description"] == written
    assert text not in str(nodes["Resources"])


def test_the_services_of_all_entities_are_parameters_of_the_root() -> None:
    view = root_stack_view(backend(*(example(name) for name in EXAMPLES)))
    assert [nested.logical_id for nested in view.stacks] == [
        "Host",
        "Key",
        "NewEntity",
        "Person",
        "Port",
        "Technology",
        "Api",
    ]
    assert [service.url_parameter for service in view.services] == ["ShodanBaseUrl", "ExternalServiceBaseUrl"]


def test_the_outputs_do_not_depend_on_the_order_of_the_specs() -> None:
    specs = [example(name) for name in EXAMPLES]
    assert stacks(backend(*specs)) == stacks(backend(*reversed(specs)))
