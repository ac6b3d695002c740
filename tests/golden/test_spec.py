"""Hazards of specs: what a person can get wrong, and what they are told about it, word for word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from chariot_gen import spec
from chariot_gen.errors import SpecError

if TYPE_CHECKING:
    from pytest_golden.plugin import GoldenTestFixture

    from chariot_gen.diagnostics import Diagnostic

SETTINGS = "module: github.com/example/backend\n"


def shown(diagnostic: Diagnostic) -> str:
    """Return the complaint with the line it is about and a caret line below it."""
    padding = " " * (diagnostic.location.column - 1)
    return f"{diagnostic}\n  | {diagnostic.frame}\n  | {padding}{'^' * diagnostic.length}\n"


@pytest.mark.golden_test("spec/*.yml")
def test_a_hazard_is_reported(golden: GoldenTestFixture) -> None:
    settings = spec.SourceFile("chariot.yaml", golden.get("settings") or SETTINGS)
    texts = [golden["input"], *([golden["second"]] if golden.get("second") else [])]
    paths = ["specs/widget.yaml", "specs/second.yaml"]
    with pytest.raises(SpecError) as caught:
        spec.load(settings, [spec.SourceFile(path, text) for path, text in zip(paths, texts, strict=False)])
    assert "".join(map(shown, caught.value.diagnostics)) == golden.out["diagnostics"]
