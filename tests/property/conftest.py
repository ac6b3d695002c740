"""Properties run without the hook that pytest-golden has on every assertion that holds.

pytest rewrites Hypothesis's own assertions too, as it does for any plugin; with the hook
each of them would describe its operands on every draw, which makes a second a minute.
No property writes a golden file, so none needs the hook.
"""

from __future__ import annotations

from collections.abc import Generator

import pytest
from _pytest.assertion import util


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None]:
    """Call the test with assertions as plain as Python's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(util, "_assertion_pass", None)
        return (yield)
