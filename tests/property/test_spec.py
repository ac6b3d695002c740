"""Laws of the spec: what is valid loads, what is not says where, and nothing else ever happens."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chariot_gen import spec
from chariot_gen.errors import SpecError
from strategies import Spec, broken_specs, spec_text, valid_specs

UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
SETTINGS = spec.SourceFile("chariot.yaml", "module: github.com/example/backend\n")


@UNHURRIED
@given(valid_specs())
def test_a_valid_spec_loads_as_it_says(drawn: Spec) -> None:
    (entity,) = spec.load(SETTINGS, [spec.SourceFile("specs/it.yaml", spec_text(drawn))]).entities
    assert entity.names.go == drawn["entity"]
    assert entity.description == drawn["description"]
    assert [field.name for field in entity.fields][: len(drawn["fields"])] == list(drawn["fields"])
    assert (entity.key is None) == (drawn["kind"] == "plain")


@UNHURRIED
@given(valid_specs())
def test_loading_is_a_function_of_the_text(drawn: Spec) -> None:
    source = spec.SourceFile("specs/it.yaml", spec_text(drawn))
    assert spec.load(SETTINGS, [source]) == spec.load(SETTINGS, [source])


@UNHURRIED
@given(broken_specs())
def test_a_broken_spec_says_where(text: str) -> None:
    source = spec.SourceFile("specs/it.yaml", text)
    with pytest.raises(SpecError) as caught:
        spec.load(SETTINGS, [source])
    for diagnostic in caught.value.diagnostics:
        assert diagnostic.location.path == "specs/it.yaml"
        assert diagnostic.frame == source.line(diagnostic.location.line)
        assert 1 <= diagnostic.location.column <= len(diagnostic.frame) + 1
        assert diagnostic.length >= 1
        assert diagnostic.remedy


@UNHURRIED
@given(st.text(max_size=200))
def test_any_text_loads_or_is_refused(text: str) -> None:
    with contextlib.suppress(SpecError):
        spec.load(SETTINGS, [spec.SourceFile("specs/it.yaml", text)])


@UNHURRIED
@given(valid_specs(), st.data())
def test_any_slip_of_the_keyboard_loads_or_is_refused(drawn: Spec, data: st.DataObject) -> None:
    text = spec_text(drawn)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 8)))
    slip = data.draw(st.text("{}[]:,\"'#&*!|>%@`-? \t\n.0aé", max_size=4))
    with contextlib.suppress(SpecError):
        spec.load(SETTINGS, [spec.SourceFile("specs/it.yaml", text[:start] + slip + text[end:])])
