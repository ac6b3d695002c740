"""What the views of a handler decide: names, requests, stores, imports, secrets and mains."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from chariot_gen.model.api import Api, Entitlement, Operation
from chariot_gen.model.backend import Backend, Tabularium
from chariot_gen.model.entity import Entity
from chariot_gen.plan.views.command import command_tests_view, command_view
from chariot_gen.plan.views.handler import HandlerView, entitlement, handler_view
from chariot_gen.plan.views.handler_cases import bad_fields, change_of, filled_by, spoiled
from chariot_gen.plan.views.handler_names import variable
from chariot_gen.plan.views.handler_offers import fillers, offers, served
from chariot_gen.plan.views.handler_request import key_members, request_fields, writable
from chariot_gen.plan.views.handler_sensitive import sensitive_fields
from chariot_gen.plan.views.handler_store import store_methods
from chariot_gen.plan.views.handler_tests import handler_tests_view, provable_offers
from chariot_gen.plan.views.handlers import failure_view, handlers_test_view, prepare_view, refreshes
from chariot_gen.plan.views.local import local_backend_view, local_tests_view, local_view
from stacks import backend, example

SERVICE = """
services:
  {name}:
    description: A source.
    base_url: https://source.example.com
    auth: {auth}
    calls:
      find:
        method: GET
        path: /{{name}}
        params: {{ name: {{ in: path, field: name }} }}
        response: {{ found: {{}} }}
        map: {{ found: found }}
"""


def case(fields: str = "", *, name: str = "Case", api: str = "", more: str = "") -> Backend:
    operations = f"api: {{ operations: [{api}] }}\n" if api else ""
    flat = name.lower()
    text = (
        f'entity: {name}\ndescription: A case.\nkind: table\nkey: "#{flat}#{{name}}"\n{operations}fields:\n'
    )
    return backend(f"{text}  name: {{ required: true, example: one }}\n{fields}{more}")


def only(described: Backend) -> Entity:
    (entity,) = described.entities
    return entity


def view(described: Backend) -> HandlerView:
    return handler_view(described, only(described))


def conditions(described: Backend) -> dict[str, str]:
    fields = request_fields(only(described), "c")
    return {field.declaration.split(" ")[0]: field.condition for field in fields}


@pytest.mark.parametrize(
    ("name", "expected"),
    [("NewEntity", "newEntity"), ("Store", "item"), ("Type", "item"), ("Error", "item"), ("Host", "host")],
)
def test_a_variable_shadows_nothing(name: str, expected: str) -> None:
    assert variable(only(case(name=name))) == expected


def test_a_request_holds_what_a_caller_may_set_and_nothing_else() -> None:
    entity = only(backend(example("new_entity")))
    assert [field.name for field in writable(entity)] == ["field1", "field2", "status"]


def test_only_fields_that_may_stay_are_copied_on_condition() -> None:
    fields = """\
  plain: {}
  text: {}
  count: { type: int }
  maybe: { type: int, optional: true }
  words: { type: "[]string" }
  secret: { sensitive: true }
  pin: { type: int, sensitive: true }
defaults: { text: a, count: 3, words: empty }
"""
    assert conditions(case(fields)) == {
        "Name": "",
        "Plain": "",
        "Text": 'r.Text != ""',
        "Count": "r.Count != nil",
        "Maybe": "",
        "Words": "r.Words != nil",
        "Secret": 'r.Secret != ""',
        "Pin": "r.Pin != nil",
    }


def test_a_zero_that_means_something_is_told_from_an_absent_one() -> None:
    described = case("  open: { type: bool }\ndefaults: { open: true }\n")
    field = request_fields(only(described), "c")[1]
    assert field.declaration == 'Open *bool `json:"open"`'
    assert field.assignment == "c.Open = *r.Open"


def test_a_comment_says_what_an_absent_field_becomes() -> None:
    fields = "  open: { type: bool, desc: Whether it is open. }\ndefaults: { open: true }\n"
    assert request_fields(only(case(fields)), "c")[1].doc == (
        "// Whether it is open. If absent, its default or the stored value stays."
    )
    created = request_fields(only(case(fields, api="create, get")), "c")[1]
    assert created.doc == "// Whether it is open. If absent, its default stays."


@pytest.mark.parametrize(
    ("operations", "methods"),
    [
        ("create", ["Create"]),
        ("get", ["Get"]),
        ("list", ["List"]),
        ("delete", ["Get", "Delete"]),
        ("update", ["Get", "Update"]),
        ("create, get, list, update, delete", ["Create", "Get", "Update", "Delete", "List"]),
    ],
)
def test_a_store_has_the_methods_that_are_called(operations: str, methods: list[str]) -> None:
    entity = only(case(api=operations))
    found = store_methods(entity, offers(served(entity)[0]))
    assert [method.signature.split("(")[0] for method in found] == methods


@pytest.mark.parametrize(
    ("operations", "absent"),
    [
        ("get", "net/url"),
        ("get, delete", "net/url"),
        ("list", "net/url"),
        ("get", "pkg/service"),
    ],
)
def test_a_package_is_imported_only_where_it_is_used(operations: str, absent: str) -> None:
    assert absent not in view(case(api=operations)).imports


def test_types_of_fields_bring_their_packages_only_where_a_request_is_read() -> None:
    fields = "  when: { type: time }\n"
    assert '"time"' in view(case(fields, api="create")).imports
    assert '"time"' not in view(case(fields, api="get")).imports


def test_a_zero_value_brings_its_package() -> None:
    fields = "  when: { type: time, sensitive: true, read_only: true }\n"
    described = case(fields, api="get")
    assert '"time"' in view(described).imports
    assert [field.zero for field in sensitive_fields(only(described))] == ["time.Time{}"]


def test_an_entity_without_sensitive_fields_conceals_nothing() -> None:
    assert not view(case()).conceals
    assert not view(case("  secret: { sensitive: true }\n", api="create, delete")).conceals
    assert view(case("  secret: { sensitive: true }\n", api="get")).conceals


def test_the_key_is_made_of_what_a_caller_sets() -> None:
    assert key_members(only(case())) == ("name",)
    assert key_members(only(backend(example("key")))) == ("key",)


def test_a_key_that_is_built_once_cannot_change() -> None:
    described = case()
    entity, api = only(described), only(described).api
    assert entity.key is not None
    assert api is not None
    assert view(described).rekeys
    fixed = replace(entity, key=replace(entity.key, if_empty=True))
    assert not handler_view(described, fixed).rekeys
    assert not handler_view(described, fixed).rekeys


def test_every_entitlement_has_a_constant() -> None:
    assert [entitlement(value) for value in Entitlement] == [
        "EntitlementRead",
        "EntitlementWriteAssets",
        "EntitlementWriteJobs",
        "EntitlementWriteFiles",
        "EntitlementConversationAI",
        "EntitlementManageAccounts",
        "EntitlementManageSettings",
        "EntitlementManageIntegrations",
    ]


def test_a_plain_entity_has_no_handler() -> None:
    described = backend("entity: Note\nkind: plain\ndescription: A note.\n")
    with pytest.raises(ValueError, match="Note has no API"):
        handler_view(described, only(described))


def test_routes_carry_the_spec_line_that_caused_them() -> None:
    described = backend(example("key"))
    api = only(described).api
    assert isinstance(api, Api)
    assert [route.origin for route in view(described).routes] == [e.location for e in api.endpoints]


def filled(auth: str = "{ kind: none }", *names: str) -> Backend:
    blocks = [SERVICE.format(name=name, auth=auth) for name in names or ("source",)]
    services = "services:\n" + "".join(block.split("services:\n")[1] for block in blocks)
    fields = "  found: { read_only: true, example: gold }\n"
    return case(fields, api="get, refresh", more=services)


def test_one_service_fills_by_itself_and_several_in_order() -> None:
    one, two = filled(), filled("{ kind: none }", "first", "second")
    assert view(one).parameters == "tools handler.Tools, store CaseStore, filler CaseFiller"
    assert view(two).parameters == "tools handler.Tools, store CaseStore, fillers ...CaseFiller"
    assert [service.name for service in fillers(only(two))] == ["first", "second"]
    assert command_view(two, only(two)).literals.new_handler == (
        "handlers.NewCaseHandler(process.Tools(), items, firstClient, secondClient)"
    )


def test_a_service_that_fills_nothing_is_not_wired() -> None:
    described = filled()
    without = replace(only(described), api=replace(served(only(described))[0], endpoints=()))
    assert command_view(described, without).services == ()


def test_only_services_that_have_a_secret_are_given_one() -> None:
    plain, bearer = filled(), filled("{ kind: bearer, secret: source-token }")
    assert [wire.has_secret for wire in command_view(plain, only(plain)).services] == [False]
    assert [wire.has_secret for wire in command_view(bearer, only(bearer)).services] == [True]
    assert '"SOURCE_BASE_URL"' in command_tests_view(bearer, only(bearer)).literals.variables


def test_the_local_command_reads_of_services_where_there_are_some() -> None:
    without, bearer = case(api="get"), filled("{ kind: bearer, secret: source-token }")
    assert not local_view(without).services
    assert "pkg/config" not in local_backend_view(without).imports
    assert local_view(bearer).services
    assert "pkg/config" in local_backend_view(bearer).imports


def test_each_entity_is_stored_where_it_belongs() -> None:
    described = backend(example("port"), example("key"))
    calls = [handler.call for handler in local_backend_view(described).handlers]
    assert calls == [
        "handlers.NewKeyHandler(process.Tools(), app.NewItems[model.Key](process))",
        "handlers.NewPortHandler(process.Tools(), graph.NewNodes[model.Port](database))",
    ]


def test_the_local_command_shows_a_list_that_exists() -> None:
    assert local_view(backend(example("key"))).path == '"/api/key"'
    assert local_view(case(api="get")).path == '"/healthz"'
    assert local_tests_view(case(api="get")).lists == ()


def test_helpers_are_emitted_for_what_is_offered_only() -> None:
    created, listed, read = case(api="create"), case(api="list"), case(api="get")
    assert [handlers_test_view(b).repeats for b in (created, listed, read)] == [True, False, False]
    assert [handlers_test_view(b).lists for b in (created, listed, read)] == [False, True, False]
    assert [handlers_test_view(b).writes for b in (created, listed, read)] == [True, False, False]
    assert not refreshes(read)
    assert refreshes(filled())
    assert "pkg/service" in failure_view(filled()).imports


def test_an_answer_that_holds_a_secret_is_kept_under_no_key() -> None:
    secret = backend(example("key"))
    assert not any("Once" in route.handler for route in view(secret).routes)
    assert not handlers_test_view(secret).repeats


def test_models_are_prepared_by_the_registry_that_knows_them() -> None:
    described = case()
    tabularium = Tabularium("example.com/tabularium", "v1.2.3")
    beside = replace(described, settings=replace(described.settings, tabularium=tabularium))
    assert "example.com/tabularium/pkg/registry" in prepare_view(beside).imports
    assert f"{described.settings.module}/pkg/registry" in prepare_view(described).imports


def test_operations_that_nobody_offers_need_nothing_of_the_store() -> None:
    signatures = {
        method.signature.split("(")[0]
        for method in store_methods(only(case(api="batch")), view(case(api="batch")).offers)
    }
    assert signatures == {"GetAll", "PutAll"}


def test_what_is_patched_begins_as_what_is_stored() -> None:
    fields = "  token: { sensitive: true }\n  size: { type: int }\ndefaults: { size: 3 }\n"
    described = case(fields, api="patch")
    kept = {field.declaration.split()[0]: field.kept for field in view(described).request_fields}
    assert kept == {"Name": "Name: item.Name", "Token": "", "Size": "Size: new(item.Size)"}


def test_what_no_operation_uses_is_not_declared() -> None:
    assert [view(case(api=name)).prefixed for name in ("create", "get", "list")] == [False, True, True]
    strangers = [handlers_test_view(case(api=name)).strangers for name in ("create", "delete", "list")]
    assert strangers == [False, True, True]


def test_every_operation_that_cannot_be_foreseen_to_succeed_goes_untested() -> None:
    described = case(more="valid:\n  - { field: name, regexp: '^\\pL{3}$' }\n")
    found = provable_offers(described, only(described))
    assert (found.create, found.get, found.list, found.update, found.delete) == (
        False,
        True,
        True,
        False,
        True,
    )


def test_a_call_names_a_role_that_may_not_make_it() -> None:
    described = backend(example("key"))
    rows = {
        row.elements.split('"')[1]: row.elements
        for row in handler_tests_view(described, only(described)).calls
    }
    assert "refused: auth.RoleAnalyst" in rows["create"]
    assert "refused" not in rows["get"]
    assert set(rows) == {Operation.CREATE, Operation.GET, Operation.LIST, Operation.DELETE}


def test_every_rule_of_a_field_is_broken_once() -> None:
    described = backend(example("port"))
    assert [bad.name for bad in bad_fields(described, only(described))] == [
        '"source empty"',
        '"source too long"',
        '"source not allowed"',
        '"protocol empty"',
        '"protocol too long"',
        '"protocol not allowed"',
        '"port not allowed"',
        '"service too long"',
        '"service not allowed"',
        '"status too long"',
        '"status not allowed"',
        '"capability too long"',
        '"capability not allowed"',
    ]


def test_a_hook_that_may_mend_a_value_keeps_it_from_being_called_bad() -> None:
    described = case("normalise:\n  name: [kebab]\n")
    assert [bad.name for bad in bad_fields(described, only(described))] == ['"name empty"', '"name too long"']


def test_a_change_is_of_a_field_outside_the_key() -> None:
    described = backend(example("new_entity"))
    change = change_of(described, only(described))
    assert change is not None
    assert change.field == '"field2"'
    assert change_of(case(), only(case())) is None


def test_a_service_answers_a_field_that_it_fills() -> None:
    answer = filled_by(filled(), only(filled()))
    assert answer is not None
    assert answer.field == '"found"'
    assert filled_by(case(), only(case())) is None


def test_a_service_spoils_a_field_only_where_one_can_be_spoiled() -> None:
    described = backend(example("new_entity"))
    assert spoiled(described, only(described)) == r'`{"field1":"a\u0007b"}`'
    open_case = case("  any: { type: bool }\n")
    bare = replace(only(open_case), fields=tuple(f for f in only(open_case).fields if f.name == "any"))
    assert spoiled(open_case, bare) == ""
