"""What the views of a client decide: names, types, conversions, and what cannot be carried over."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from chariot_gen.errors import SpecError
from chariot_gen.model.backend import Backend
from chariot_gen.model.service import Auth, AuthKind, Mapping, Place, RateLimit, Response, Service
from chariot_gen.model.types import ListType, NamedKind, NamedType, Type
from chariot_gen.plan.views.service import (
    ServiceView,
    has_path_params,
    has_services,
    service_package_view,
    service_view,
)
from chariot_gen.plan.views.service_exchange import Exchange
from chariot_gen.plan.views.service_fill_tests import fill_test_view
from chariot_gen.plan.views.service_request import aligned
from chariot_gen.plan.views.service_samples import Samples, document
from chariot_gen.plan.views.service_tests import service_test_view
from chariot_gen.plan.views.service_values import Value, convert, duration, is_set, text_of
from unit.plan import service_cases as cases

LEVEL = NamedType("Level", NamedKind.ENUM)
PART = NamedType("Part", NamedKind.STRUCT)


def view_of(backend: Backend) -> ServiceView:
    entity = backend.entities[0]
    return service_view(backend, entity, entity.services[0])


def with_service(backend: Backend, **changes: object) -> Backend:
    entity = backend.entities[0]
    service = replace(entity.services[0], **changes)  # type: ignore[arg-type]
    return replace(backend, entities=(replace(entity, services=(service,)),))


def first(backend: Backend) -> Service:
    return backend.entities[0].services[0]


def test_every_exported_name_starts_with_the_service() -> None:
    view = view_of(cases.new_entity())
    found = [(call.params_type, call.response_type) for call in view.calls]
    assert found == [
        ("ExternalServiceFetchDataParams", "ExternalServiceFetchDataResponse"),
        ("ExternalServiceSubmitDataParams", "ExternalServiceSubmitDataResponse"),
    ]


def test_a_list_is_returned_by_its_items() -> None:
    call = view_of(cases.hazard()).calls[2]
    assert (call.results, call.variable_type, call.result) == (
        "([]URLScanListPartsItem, error)",
        "[]URLScanListPartsItem",
        "response",
    )


def test_a_call_without_an_answer_returns_an_error_alone() -> None:
    call = view_of(cases.hazard()).calls[3]
    assert (call.results, call.failure, call.response_fields) == ("error", "", ())


@pytest.mark.parametrize(
    ("description", "sentence"),
    [
        ("Fetch what is known.", "fetches what is known"),
        ("Look it up", "looks it up"),
        ("Apply it.", "applies it"),
        ("Do it.", "does it"),
        ("Destroy it.", "destroys it"),
        ("Returns it.", "returns it"),
        ("Pass it on.", "passes it on"),
        ("Ping.", "pings"),
        ("SCAN it.", "SCAN it"),
    ],
)
def test_the_comment_of_a_method_is_a_sentence(description: str, sentence: str) -> None:
    calls = tuple(replace(call, description=description) for call in first(cases.new_entity()).calls)
    doc = view_of(with_service(cases.new_entity(), calls=calls)).calls[0].doc
    assert doc.replace("\n//", "").startswith(f"// FetchData {sentence}. If the service answers 404,")


@pytest.mark.parametrize(
    ("milliseconds", "literal"),
    [
        (0, "0"), (1, "time.Millisecond"), (1500, "1500 * time.Millisecond"), (1000, "time.Second"),
        (90_000, "90 * time.Second"), (120_000, "2 * time.Minute"), (7_200_000, "2 * time.Hour"),
    ],
)  # fmt: skip
def test_durations_take_the_largest_unit(milliseconds: int, literal: str) -> None:
    assert duration(milliseconds) == literal


@pytest.mark.parametrize(
    ("auth", "authorizer"),
    [
        (Auth(AuthKind.NONE), ""),
        (Auth(AuthKind.BEARER, secret="s"), "httpclient.BearerAuth(cfg.Secret)"),
        (Auth(AuthKind.BASIC, secret="s"), "httpclient.BasicAuth(cfg.Secret)"),
        (Auth(AuthKind.API_KEY, Place.QUERY, "key", "s"), 'httpclient.QueryKey("key", cfg.Secret)'),
        (Auth(AuthKind.API_KEY, Place.HEADER, "X-Key", "s"), 'httpclient.HeaderKey("X-Key", cfg.Secret)'),
    ],
)
def test_each_kind_of_auth_has_its_authorizer(auth: Auth, authorizer: str) -> None:
    view = view_of(with_service(cases.host(), auth=auth))
    assert view.auth.authorizer == authorizer
    assert view.auth.has_secret == bool(authorizer)
    assert ('"errors"' in view.imports) == bool(authorizer)


def test_a_rate_limit_brings_its_constants_and_its_import() -> None:
    limited = view_of(with_service(cases.new_entity(), rate_limit=RateLimit(90, 60_000, 5)))
    free = view_of(cases.new_entity())
    assert [row.declaration for row in limited.constants[4:]] == [
        "externalServiceRequests = 90",
        "externalServicePeriod = time.Minute",
        "externalServiceBurst = 5",
    ]
    assert "golang.org/x/time/rate" in limited.imports
    assert "golang.org/x/time/rate" not in free.imports
    assert len(free.constants) == 4


def test_text_in_a_path_is_expanded_and_numbers_are_joined() -> None:
    text, _, _, numbers = view_of(cases.hazard()).calls
    assert text.expansion == (
        'expand("/{type}/of/{func}.json", "type", string(params.Type), "func", strconv.Itoa(params.Func))'
    )
    assert numbers.expansion == ""
    assert numbers.request[1] == (
        'Path:   "/v2/parts/" + strconv.FormatInt(params.ID, 10) + "/" '
        "+ params.Day.UTC().Format(time.RFC3339),"
    )


def test_only_body_parameters_are_sent_in_the_body() -> None:
    declared = [field.declaration for field in view_of(cases.hazard()).calls[1].params]
    assert declared == [
        'Part model.CasePart `json:"part"`',
        'All map[string][]int `json:"all,omitempty"`',
        'At *time.Time `json:"at,omitempty"`',
        'IdempotencyKey string `json:"-"`',
    ]


def test_a_repeatable_post_says_so_and_a_get_does_not() -> None:
    lookup, enrich, *_ = view_of(cases.hazard()).calls
    assert "Idempotent: true," in enrich.request
    assert not any("Idempotent" in line for line in lookup.request)


def test_the_entity_is_not_called_like_the_client() -> None:
    fill = view_of(cases.hazard()).fill
    assert fill is not None
    assert (fill.entity, fill.type) == ("entity", "Case")


@pytest.mark.parametrize(
    ("receiver", "variable"), [("n", "n"), ("ne", "ne"), ("c", "entity"), ("err", "entity")]
)
def test_the_entity_keeps_its_receiver_where_it_can(receiver: str, variable: str) -> None:
    backend = cases.new_entity()
    entity = backend.entities[0]
    renamed = replace(entity, names=replace(entity.names, receiver=receiver))
    fill = view_of(replace(backend, entities=(renamed,))).fill
    assert fill is not None
    assert fill.entity == variable


@pytest.mark.parametrize("description", ["The name", "The name."])
def test_comments_are_sentences(description: str) -> None:
    backend = cases.new_entity()
    call = first(backend).calls[0]
    params = tuple(replace(param, description=description) for param in call.params)
    view = view_of(with_service(backend, calls=(replace(call, params=params),)))
    assert [field.doc for field in view.calls[0].params] == ["// The name.", "// The name. Not sent if nil."]


def test_without_a_mapping_nothing_is_filled() -> None:
    backend = cases.host()
    calls = tuple(replace(call, mappings=()) for call in first(backend).calls)
    view = view_of(with_service(backend, calls=calls))
    assert view.fill is None
    assert "pkg/model/model" not in view.imports


@pytest.mark.parametrize(
    ("value", "target", "expression"),
    [
        (Value("a", cases.STRING), Value("b", cases.STRING), "a"),
        (Value("a", cases.STRING), Value("b", cases.STRING, pointer=True), "&a"),
        (Value("a", cases.STRING, pointer=True), Value("b", cases.STRING), "*a"),
        (Value("a", cases.STRING, pointer=True), Value("b", cases.STRING, pointer=True), "a"),
        (Value("a", cases.INT), Value("b", cases.INT64), "int64(a)"),
        (Value("a", cases.INT32, pointer=True), Value("b", cases.INT64, pointer=True), "new(int64(*a))"),
        (Value("a", cases.STRING), Value("b", LEVEL), "model.Level(a)"),
        (Value("a", LEVEL), Value("b", cases.STRING), "string(a)"),
    ],
)
def test_values_are_converted_without_loss(value: Value, target: Value, expression: str) -> None:
    assert convert(value, target, None) == expression


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (cases.INT64, cases.INT32),
        (cases.FLOAT64, cases.INT),
        (cases.STRING, cases.INT),
        (cases.TEXTS, cases.STRING),
        (PART, cases.STRING),
    ],
)
def test_what_would_lose_something_is_refused(source: Type, target: Type) -> None:
    with pytest.raises(SpecError, match=r"specs/case\.yaml:7:3: .* does not fit into"):
        convert(Value("a", source), Value("b", target), cases.PLACE)


def test_a_struct_cannot_stand_in_a_path() -> None:
    with pytest.raises(SpecError, match=r"specs/case\.yaml:7:3: a Part cannot stand in a path"):
        text_of("a", PART, cases.PLACE)


def test_a_required_parameter_must_be_bound() -> None:
    backend = cases.host()
    call = first(backend).calls[0]
    unbound = replace(call, params=tuple(replace(param, field="") for param in call.params))
    with pytest.raises(SpecError, match="parameter ip is required and bound to no field"):
        view_of(with_service(backend, calls=(unbound,)))


@pytest.mark.parametrize(
    ("value", "condition"),
    [
        (Value("a", cases.STRING), 'a != ""'),
        (Value("a", cases.STRING, pointer=True), "a != nil"),
        (Value("a", cases.TEXTS), "a != nil"),
        (Value("a", cases.INT), "a != 0"),
        (Value("a", cases.BOOL), "a"),
        (Value("a", cases.TIME), "!a.IsZero()"),
        (Value("a", PART), ""),
    ],
)
def test_emptiness_is_said_in_go(value: Value, condition: str) -> None:
    assert is_set(value) == condition


def test_members_are_aligned_as_gofmt_does() -> None:
    assert aligned([("a", "1"), ("long", "2"), ("b", "x{\n}"), ("c", "3")]) == (
        "a:    1,",
        "long: 2,",
        "b: x{\n},",
        "c: 3,",
    )


def test_the_package_has_what_its_clients_need() -> None:
    numbers = replace(first(cases.hazard()), calls=first(cases.hazard()).calls[2:])
    backend = with_service(cases.hazard(), calls=numbers.calls)
    assert has_services(backend)
    assert not has_path_params(backend)
    assert has_path_params(cases.host())
    assert not has_services(cases.backend())
    assert '"example.com/backend/pkg/httpclient"' in service_package_view(backend).errors_imports


def test_samples_agree_with_their_literals() -> None:
    samples = Samples.of(cases.hazard())
    parts = ListType(NamedType("CasePart", NamedKind.STRUCT))
    value = samples.value(parts, "parts", 4)
    assert value == [{"name": "some name", "size": 14, "note": None}]
    assert samples.literal(parts, value) == '[]model.CasePart{{Name: "some name", Size: 14}}'
    assert samples.literal(NamedType("CaseLevel", NamedKind.ENUM), "high") == "model.CaseLevelHigh"
    assert samples.literal(cases.INT64, 4, pointer=True) == "new(int64(4))"
    assert samples.literal(cases.TEXTS, ["a"], pointer=True) == '&[]string{"a"}'


def test_long_documents_have_one_member_a_line() -> None:
    assert document({"a": 1}, 1) == '`{"a":1}`'
    assert document({"a": "x" * 80, "b": 1}, 1) == '`{\n\t\t"a": "' + "x" * 80 + '",\n\t\t"b": 1\n\t}`'


def test_a_call_is_tried_again_only_if_it_may_be_repeated() -> None:
    backend = cases.new_entity()
    view = service_test_view(backend, backend.entities[0], first(backend))
    assert [call.summary[1] for call in view.calls] == ["attempts: 3,", "attempts: 1,"]


def test_filling_is_played_through_call_by_call() -> None:
    backend = cases.hazard()
    view = fill_test_view(Exchange.of(backend, first(backend)), backend.entities[0])
    assert view is not None
    assert [(case.name, len(case.requests), case.fails) for case in view.cases] == [
        ('"everything"', 2, False),
        ('"only what is required"', 2, False),
        ('"type fails"', 1, True),
        ('"part is not set"', 1, True),
        ('"note is not set"', 1, True),
        ('"enrich fails"', 2, True),
    ]


def test_views_are_values() -> None:
    for make in (cases.new_entity, cases.host, cases.hazard):
        one, other = make(), make()
        for backend in (one, other):
            for service in backend.entities[0].services:
                service_view(backend, backend.entities[0], service)
        assert repr(view_of(one)) == repr(view_of(other))
        assert hash(view_of(one)) == hash(view_of(other))


def test_a_mapping_of_two_types_names_its_line() -> None:
    backend = cases.host()
    call = first(backend).calls[0]
    wrong = replace(call, mappings=(Mapping("ports", "ip_str", cases.PLACE),))
    with pytest.raises(SpecError, match=r"specs/case\.yaml:7:3: a string does not fit into a \[\]int"):
        view_of(with_service(backend, calls=(wrong,)))


def test_an_empty_answer_needs_no_reflection_in_the_tests() -> None:
    backend = cases.host()
    call = replace(first(backend).calls[0], response=Response("None", ()), mappings=())
    backend = with_service(backend, calls=(call,))
    assert '"reflect"' not in service_test_view(backend, backend.entities[0], first(backend)).imports
