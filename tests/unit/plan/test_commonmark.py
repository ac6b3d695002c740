"""Descriptions are shown whole: what looks like HTML in one would not be."""

from __future__ import annotations

import pytest

from chariot_gen.plan.commonmark import commonmark


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Keys are #host#<dns>.", "Keys are #host#\\<dns>."),
        ("<b>Bold</b>", "\\<b>Bold\\</b>"),
        ("<!-- kept --><?xml?>", "\\<!-- kept -->\\<?xml?>"),
        ("Fewer than 3 < 4, or <= 5.", "Fewer than 3 < 4, or <= 5."),
        ("As `#host#<dns>`, or <dns>.", "As `#host#<dns>`, or \\<dns>."),
        ("``a ` <b>`` and <c>", "``a ` <b>`` and \\<c>"),
        ("A lone ` and <c>", "A lone ` and \\<c>"),
        ("*Read* [this](https://example.com).", "*Read* [this](https://example.com)."),
    ],
)
def test_html_is_text(text: str, written: str) -> None:
    assert written == commonmark(text)
