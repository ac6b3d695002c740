from __future__ import annotations

import stat
from pathlib import Path

import pytest

from chariot_gen.errors import ToolError
from chariot_gen.pipeline.formatting import Formatting, lots
from chariot_gen.workspace import scratch


@pytest.mark.parametrize("count", [0, 1, 32, 33, 1000])
def test_lots_hold_everything_once_in_its_order_and_grow(count: int) -> None:
    cut = [list(lot) for lot in lots(range(count))]
    assert [number for lot in cut for number in lot] == list(range(count))
    sizes = [len(lot) for lot in cut[:-1]]
    assert sizes == sorted(sizes)


def _formatter(backend: Path, body: str) -> None:
    """Give a backend a formatter of its own in place of ours."""
    program = backend / "hooks" / "format" / "gofmt"
    program.parent.mkdir(parents=True)
    program.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where the lots lie while they are formatted."""
    place = tmp_path / "scratch"
    place.mkdir()
    monkeypatch.setattr(scratch, "_memory", lambda: str(place))
    return place


def test_every_text_of_every_lot_is_formatted(tmp_path: Path, folders: Path) -> None:
    formatting = Formatting(tmp_path)
    with formatting:
        formatting.start({"b.go": "package  b\n", "notes.md": "a  b\n"})
        formatting.start({"pkg/a.go": "package   a\n"})
    assert formatting.texts == {
        "b.go": "package b\n",
        "notes.md": "a  b\n",
        "pkg/a.go": "package a\n",
    }
    assert list(folders.iterdir()) == []


def test_a_formatter_that_fails_stops_the_lots_behind_it(tmp_path: Path, folders: Path) -> None:
    _formatter(tmp_path, f"echo once >> {tmp_path}/calls; exit 2")
    formatting = Formatting(tmp_path)

    def format_three() -> None:
        with formatting:
            for number in range(3):
                formatting.start({f"{number}.go": "package a\n"})

    with pytest.raises(ToolError):
        format_three()
    assert (tmp_path / "calls").read_text(encoding="utf-8") == "once\n"
    assert list(folders.iterdir()) == []


def test_an_error_of_the_caller_is_not_covered_up(tmp_path: Path, folders: Path) -> None:
    _formatter(tmp_path, "exit 2")

    def break_off() -> None:
        with Formatting(tmp_path) as formatting:
            formatting.start({"a.go": "package a\n"})
            raise ValueError("ours")

    with pytest.raises(ValueError, match="ours"):
        break_off()
    assert list(folders.iterdir()) == []


def test_what_cannot_be_read_is_told_of_all_lots(tmp_path: Path, folders: Path) -> None:
    formatting = Formatting(tmp_path)
    with formatting:
        formatting.start({"a.go": "package a\nfunc (\n"})
        formatting.start({"b.go": "package b\nfunc (\n", "c.go": "package  c\n"})
    assert [finding.location.path for finding in formatting.findings] == ["a.go", "b.go"]
    assert list(folders.iterdir()) == []
