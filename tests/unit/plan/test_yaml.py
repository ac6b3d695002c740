"""Plain data is read back as it was written, whatever it holds."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chariot_gen.plan.yaml import block, scalar

TEXTS = st.text(st.sampled_from("aeiluno yYN.:#-{}[]!&*/0123e+~=<>,'\"\\\n\té\u2028"), max_size=12)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.dictionaries(TEXTS, VALUES, min_size=1, max_size=5), st.integers(0, 6))
def test_any_document_is_read_back_as_it_was(document: dict[str, object], indent: int) -> None:
    text = f"{' ' * indent}{block(document, indent)}\n"  # type: ignore[arg-type]
    assert yaml.safe_load(text) == document


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(VALUES, min_size=1, max_size=5))
def test_any_list_is_read_back_as_it_was(items: list[object]) -> None:
    assert yaml.safe_load(f"key:\n  {block(items, 2)}\n") == {"key": items}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        (r"^\d+$", r"'^\d+$'"),
        ('say "hi"', "'say \"hi\"'"),
        ('it\'s "hi"', '"it\'s \\"hi\\""'),
        ("200", '"200"'),
    ],
)
def test_quotes_are_the_ones_that_read_best(text: str, want: str) -> None:
    assert scalar(text) == want


def test_short_lists_stand_on_one_line_and_long_ones_do_not() -> None:
    assert block({"a": ["x", "null", "a b", True, 1], "b": []}) == 'a: [x, "null", "a b", true, 1]\nb: []'
    assert block({"a": ["x" * 60, "y" * 60]}) == f"a:\n  - {'x' * 60}\n  - {'y' * 60}"


def test_references_are_spelled_as_everyone_does() -> None:
    assert block({"$ref": "#/a"}) == '$ref: "#/a"'
