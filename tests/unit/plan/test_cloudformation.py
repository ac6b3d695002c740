"""Spec text reaches a template unchanged, names fit, and IAM actions are those of the operations."""

from __future__ import annotations

import io

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from chariot_gen.model.api import Operation
from chariot_gen.plan import cloudformation

AWKWARD = [
    "", " ", "a", "yes", "No", "NULL", "~", "on", "1", "1.5", "0x1f", "1e3", ".inf", "12:30:45", "2026-01-02",
    "a: b", "a:", "a #b", "#a", "- a", "!Ref X", "&a", "*a", "{a}", "[a]", "%a", "@a", "`a`", "'a'", '"a"',
    "a\nb", "a\tb", "a\\b", " a", "a ", "é", "\u0085", "\u2028", "\ufeff", "\ud800", "\U0001f600", "=", "<<",
    "{{resolve:ssm:/x}}", "${AWS::AccountId}", "https://api.example.com", "/api/newentity/{key}", "A thing.",
]  # fmt: skip


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_text_is_read_back_as_it_was(text: str) -> None:
    quoted = cloudformation.scalar(text)
    assert "\n" not in quoted
    assert yaml.safe_load(f"key: {quoted}\nlist:\n  - {quoted}\n") == {"key": text, "list": [text]}


@given(st.text(st.characters(codec=None)))
@example("a: b")
def test_any_text_is_read_back_as_it_was(text: str) -> None:
    quoted = cloudformation.scalar(text)
    assert yaml.safe_load(io.StringIO(f"key: {quoted} # a comment\n")) == {"key": text}


@given(st.text(st.sampled_from("aeiluno yYN.:#-{}[]!&*/0123e+~=<>,'\"\\"), max_size=12))
def test_text_that_looks_like_yaml_is_read_back_as_it_was(text: str) -> None:
    assert yaml.safe_load(f"- {cloudformation.scalar(text)}\n") == [text]


@pytest.mark.parametrize(
    "text", ["A thing.", "https://api.example.com", "/api/newentity/{key}", "An API (new)."]
)
def test_plain_text_stays_plain(text: str) -> None:
    assert cloudformation.scalar(text) == text


def test_a_description_is_cut_at_a_word_within_the_limit() -> None:
    text = yaml.safe_load(cloudformation.description("wörd " * 400))
    assert len(text.encode()) <= 1000
    assert text.endswith("wörd")


def test_a_description_of_one_endless_word_is_cut() -> None:
    assert 0 < len(yaml.safe_load(cloudformation.description("x" * 3000))) <= 1000


@pytest.mark.parametrize(
    ("service", "name", "want"),
    [
        ("chariot", "newentity", "chariot-newentity"),
        ("Asset-Backend", "host", "asset-backend-host"),
        ("--", "host", "backend-host"),
    ],
)
def test_names_begin_with_the_backend(service: str, name: str, want: str) -> None:
    assert cloudformation.name_base(service, name) == want


@given(
    st.text("abcXYZ019-", max_size=62).map("C{}".format), st.text("abcxyz019", max_size=63).map("e{}".format)
)
def test_names_fit_and_begin_with_the_slug_that_the_key_policy_knows(service: str, name: str) -> None:
    base = cloudformation.name_base(service, name)
    assert len(base) <= 47
    assert base.startswith(f"{cloudformation.slug(service)}-")


def test_long_names_that_begin_alike_stay_apart() -> None:
    names = {cloudformation.name_base("backend", "a" * 60 + ending) for ending in "bc"}
    assert len(names) == 2


@pytest.mark.parametrize(
    ("operations", "want"),
    [
        ([Operation.GET], ["GetItem", "UpdateItem"]),
        ([Operation.LIST], ["GetItem", "Query", "UpdateItem"]),
        ([Operation.CREATE], ["GetItem", "PutItem", "UpdateItem"]),
        ([Operation.DELETE], ["DeleteItem", "GetItem", "UpdateItem"]),
        ([Operation.UPDATE], ["GetItem", "PutItem", "UpdateItem"]),
        (
            list(Operation),
            ["BatchGetItem", "BatchWriteItem", "DeleteItem", "GetItem", "PutItem", "Query", "UpdateItem"],
        ),
    ],
)
def test_a_function_may_do_what_its_operations_need(operations: list[Operation], want: list[str]) -> None:
    assert cloudformation.table_actions(operations) == tuple(f"dynamodb:{action}" for action in want)


def test_a_function_that_only_marks_what_is_deleted_may_delete_nothing() -> None:
    marks = cloudformation.table_actions([Operation.DELETE], marks=True)
    assert marks == tuple(f"dynamodb:{action}" for action in ("GetItem", "PutItem", "UpdateItem"))


def test_a_function_that_keeps_answers_may_write_them_and_give_them_up() -> None:
    kept = cloudformation.table_actions([Operation.CREATE], stored=False, keyed=True)
    want = ("DeleteItem", "GetItem", "PutItem", "UpdateItem")
    assert kept == tuple(f"dynamodb:{action}" for action in want)


@pytest.mark.parametrize(("timeout", "want"), [(10, "9s"), (1, "900ms"), (3, "2700ms"), (900, "26100ms")])
def test_a_request_gives_up_before_its_function_and_the_gateway(timeout: int, want: str) -> None:
    assert cloudformation.request_timeout(timeout) == want
