from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chariot_gen.plan.golang import doc_comment

PROSE = st.lists(st.text("abcdefgh-é", min_size=1, max_size=90), max_size=40).map(" ".join)


@given(PROSE, st.integers(0, 3))
def test_prose_is_wrapped_as_the_standard_library_does_it(text: str, indent: int) -> None:
    prose = text.replace(" ", "\0", 1)
    lines = textwrap.wrap(prose, 77 - 4 * indent, break_long_words=False, break_on_hyphens=False)
    wanted = ("\n" + "\t" * indent).join(f"// {line}" for line in lines)
    assert doc_comment(text, indent) == wanted.replace("\0", " ")


def test_the_first_two_words_stay_together() -> None:
    assert doc_comment(f"Name {'x' * 80} of it").splitlines() == [f"// Name {'x' * 80}", "// of it"]


@pytest.mark.parametrize(
    "text", ["+build ignore", "+build", "Flags for the compiler +build linux", f"{'x' * 75} +build"]
)
@pytest.mark.parametrize("indent", [0, 2])
def test_no_line_of_prose_constrains_the_build(text: str, indent: int) -> None:
    lines = [line.strip() for line in doc_comment(text, indent).splitlines()]
    assert [line for line in lines if line.startswith("// +build")] == []
    assert "+build" in " ".join(lines)
