"""Command lines in, everything a user reads out."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from chariot_gen.cli.app import _run
from commandline import SPEC
from tools import gofmt

if TYPE_CHECKING:
    from pytest_golden.plugin import GoldenTestFixture


SERVICE = """\
services:
  lexicon:
    base_url: https://example.com
    calls:
      look_up: { path: /words }
"""


@pytest.mark.golden_test("cli/*.yml")
def test_command_line(
    golden: GoldenTestFixture,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """``before`` lines run unseen, ``files`` are laid down (``+`` appends, none removes), then ``run``."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", os.pathsep.join([str(Path(gofmt()).parent), os.environ["PATH"]]))
    monkeypatch.setenv("COLUMNS", "100")
    (tmp_path / "note.yaml").write_text(SPEC, encoding="utf-8")
    (tmp_path / "lexical.yaml").write_text(SPEC + SERVICE, encoding="utf-8")
    for line in golden.get("before") or ():
        assert _run(line.split()) == 0, capfd.readouterr()
    for name, text in (golden.get("files") or {}).items():
        _lay_down(tmp_path / name, text)
    capfd.readouterr()
    code = _run(golden["run"].split())
    said = capfd.readouterr()
    here = str(tmp_path)
    assert code == golden.out["code"]
    counted = re.sub(r"\b\d{3} files", "N files", said.out.replace(here, "HERE"))
    counted = re.sub(r'(": )\d+\.\d+$', r"\1SECONDS", counted, flags=re.MULTILINE)
    assert counted == golden.out["out"]
    assert said.err.replace(here, "HERE") == golden.out["err"]


def _lay_down(path: Path, text: str | None) -> None:
    if text is None:
        path.unlink()
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    old = path.read_text(encoding="utf-8") if text.startswith("+") else ""
    path.write_text(old + text.removeprefix("+"), encoding="utf-8")
