from __future__ import annotations

from pathlib import Path

import pytest

from chariot_gen.errors import WorkspaceError
from chariot_gen.workspace.lock import locked


def test_a_second_run_waits_says_so_and_gives_up(tmp_path: Path) -> None:
    said: list[str] = []
    second = locked(tmp_path, wait=0.1, waiting=lambda: said.append("waiting"))
    with (
        locked(tmp_path),
        pytest.raises(WorkspaceError, match="another chariot-gen run is at work"),
        second,
    ):
        pytest.fail("two runs at once")
    assert said == ["waiting"]


def test_the_lock_can_be_taken_again(tmp_path: Path) -> None:
    for _ in range(2):
        with locked(tmp_path, wait=0):
            assert (tmp_path / ".chariot" / "lock").exists()


def test_a_run_that_wrote_nothing_leaves_no_folder(tmp_path: Path) -> None:
    with locked(tmp_path / "new" / "backend"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_folders_that_are_no_longer_empty_stay(tmp_path: Path) -> None:
    with locked(tmp_path / "backend"):
        (tmp_path / "backend" / "chariot.yaml").write_text("module: x\n", encoding="utf-8")
    assert [path.name for path in (tmp_path / "backend").iterdir()] == ["chariot.yaml"]


def test_a_place_that_cannot_hold_a_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(WorkspaceError, match="cannot be made"), locked(tmp_path / "file" / "backend"):
        pytest.fail("a folder below a file")
