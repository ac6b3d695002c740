"""An entity under the contract ``chariot``: what its files hold, and what they leave to others."""

from __future__ import annotations

import pytest

from chariot_gen.model.backend import Backend
from chariot_gen.plan.openapi.operations import path_items
from chariot_gen.plan.plan import plan_files
from chariot_gen.plan.views.chariot import ChariotView, chariot_view
from chariot_gen.plan.views.chariot_tests import ChariotTestsView, chariot_tests_view
from chariot_gen.plan.views.handler import handler_view
from chariot_gen.plan.views.handler_offers import offers, served
from chariot_gen.plan.views.handler_store import store_methods
from chariot_gen.plan.views.openapi import entity_names
from stacks import backend

FIELDS = """
  username: { desc: Owner. }
  name: { desc: Name., required: true, example: one }
  status: { desc: State., example: A }
"""


def case(api: str, fields: str = FIELDS) -> Backend:
    head = 'entity: Case\ndescription: A case.\nkind: table\nkey: "#case#{name}"'
    return backend(f"{head}\nfields:{fields.rstrip()}\napi: {{ {api} }}\n")


def view(api: str, fields: str = FIELDS) -> ChariotView:
    described = case(api, fields)
    return chariot_view(described, described.entities[0])


def its_tests(api: str, fields: str = FIELDS) -> ChariotTestsView:
    described = case(api, fields)
    return chariot_tests_view(described, described.entities[0])


def lines(found: ChariotView, of: str) -> dict[str, str]:
    return {line.name: line.value for line in getattr(found, of)}


def test_only_what_is_offered_has_an_entitlement() -> None:
    found = view("contract: chariot, operations: [create, list], entitlements: { create: write_jobs }")
    assert lines(found, "entitlements") == {
        "Create": "auth.EntitlementWriteJobs",
        "List": "auth.EntitlementRead",
    }


def test_a_change_takes_the_entitlement_of_what_changes_some_fields() -> None:
    entitlements = "entitlements: { patch: write_jobs, update: manage_settings }"
    found = view(f"contract: both, operations: [update, patch], {entitlements}")
    assert lines(found, "entitlements") == {"Change": "auth.EntitlementWriteJobs"}
    found = view("contract: both, operations: [update], entitlements: { update: manage_settings }")
    assert lines(found, "entitlements") == {"Change": "auth.EntitlementManageSettings"}


@pytest.mark.parametrize(
    ("answer", "want"),
    [("item", None), ("list", "chariot.AnswerList"), ("plural", "chariot.AnswerPlural")],
)
def test_an_answer_has_its_form(answer: str, want: str | None) -> None:
    assert lines(view(f"contract: both, answer: {answer}"), "members").get("Answer") == want


def test_a_list_that_is_not_offered_leaves_the_prefix() -> None:
    listed, unlisted = view("contract: both"), view("contract: both, operations: [create]")
    assert lines(listed, "members")["List"] == "caseList"
    assert lines(unlisted, "members")["List"] == "handler.List{Prefix: casePrefix}"


def test_methods_are_those_that_something_calls() -> None:
    assert lines(view("contract: chariot, operations: [list, delete]"), "methods") == {}
    assert lines(view("contract: chariot, operations: [create]"), "methods").keys() == {"Own", "Apply"}
    secret = f"{FIELDS.rstrip()}\n  token: {{ desc: Token., sensitive: true, example: t }}\n"
    found = view("contract: chariot, soft_delete: { status: D }", secret)
    assert list(lines(found, "methods")) == ["Own", "Request", "Apply", "Conceal", "Retire"]
    assert found.literals.retirement == 'item.Status = "D"'


def test_what_the_contracts_share_stands_in_one_file() -> None:
    paths = {plan.path for plan in plan_files(case("contract: chariot"))}
    assert "pkg/handler/handlers/case_chariot.go" in paths
    assert not paths & {
        "pkg/handler/handlers/case_handler.go",
        "cf-templates/case_resources.yaml",
        "cmd/case/main.go",
    }
    assert view("contract: chariot").alone
    assert not view("contract: both").alone
    described = case("contract: both, operations: [create, update]")
    assert handler_view(described, described.entities[0]).converts


def test_a_backend_without_the_contract_has_nothing_of_it() -> None:
    paths = {plan.path for plan in plan_files(case("contract: rest"))}
    assert not {path for path in paths if "chariot" in path or path == "pkg/store/after.go"}


def test_a_deletion_that_keeps_the_item_writes_it_back() -> None:
    for mark, want in (("soft_delete: { status: D }", ["Get", "Update"]), ("", ["Get", "Delete"])):
        described = case(f"operations: [delete], {mark}")
        entity = described.entities[0]
        methods = store_methods(entity, offers(served(entity)[0]))
        assert [method.signature.split("(")[0] for method in methods] == want
        assert handler_view(described, entity).retires is bool(mark)


def test_the_description_says_what_a_deletion_leaves() -> None:
    for mark, became in (("soft_delete: { status: D }", "marked as deleted"), ("", "gone")):
        described = case(f"operations: [delete], {mark}")
        entity = described.entities[0]
        items = path_items(described, entity, entity_names(described, entity))
        answers = items["/api/case/{key}"]["delete"]["responses"]
        assert answers["204"]["description"] == f"The case is {became}."


def test_tests_expect_what_the_spec_says_of_a_deletion() -> None:
    kept, gone = its_tests("contract: both, soft_delete: { status: D }"), its_tests("contract: both")
    assert kept.mark is not None
    assert (kept.mark.field, kept.mark.value) == ('"status"', '`"D"`')
    assert gone.mark is None
    assert '"errors"' in gone.imports
    assert '"errors"' not in kept.imports


def test_an_item_whose_key_is_made_at_random_is_never_there_already() -> None:
    made = "defaults: { name: { generate: uuid4 } }"
    fields = f"\n  name: {{ desc: Name. }}\n  title: {{ desc: Title., example: one }}\n{made}"
    assert not its_tests("contract: chariot", fields).stable
    assert its_tests("contract: chariot").stable
