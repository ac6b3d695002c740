"""Laws that hold for every derived name."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chariot_gen import names

UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
SNAKE = st.from_regex(r"[a-z][a-z0-9]{0,8}(_[a-z][a-z0-9]{0,8}){0,3}", fullmatch=True)


@UNHURRIED
@given(SNAKE)
def test_a_derived_name_is_an_identifier(name: str) -> None:
    assert re.fullmatch(r"[A-Z][A-Za-z0-9]*", names.pascal(name))
    assert re.fullmatch(r"[a-z][A-Za-z0-9]*", names.camel(name))
    assert re.fullmatch(r"[a-z0-9_]+", names.snake(name))


@UNHURRIED
@given(SNAKE)
def test_flat_forgets_only_the_separators(name: str) -> None:
    assert names.flat(name) == name.replace("_", "")
