from __future__ import annotations

import pytest

from chariot_gen.spec.reach import reached


def test_a_spec_reaches_itself_what_it_names_and_what_these_name() -> None:
    texts = ["type: []Port", "use Service here", "nothing", "Host, Ports"]
    declared = [["Host"], ["Port", "PortState"], ["Service"], ["Edge"]]
    assert reached(texts, declared) == [{0, 1, 2}, {1, 2}, {2}, {0, 1, 2, 3}]


def test_a_circle_is_walked_once() -> None:
    assert reached(["B", "C", "A"], [["A"], ["B"], ["C"]]) == [{0, 1, 2}] * 3


def test_a_name_that_two_declare_reaches_both() -> None:
    assert reached(["X", "", ""], [[], ["X"], ["X"]])[0] == {0, 1, 2}


@pytest.mark.parametrize(
    "hidden", ['"\\x50ort"', '"\\u0050ort"', '"\\U00000050ort"', '"Po\\\nrt"', '"Po\\\r\nrt"']
)
def test_a_text_that_can_hide_a_name_reaches_all(hidden: str) -> None:
    assert reached([hidden, "", "a plain \\n"], [[], ["Port"], ["Else"]]) == [{0, 1, 2}, {1}, {2}]
