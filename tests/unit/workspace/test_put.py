"""Writing one new file: all of it, once, with its mode."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from chariot_gen.workspace.put import put


@pytest.mark.parametrize("content", [b"", b"package model\n"])
def test_a_file_holds_what_was_put(tmp_path: Path, content: bytes) -> None:
    put(f"{tmp_path}/a", content)
    assert (tmp_path / "a").read_bytes() == content


def test_a_file_that_is_there_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"theirs")
    with pytest.raises(FileExistsError):
        put(f"{tmp_path}/a", b"ours")
    assert (tmp_path / "a").read_bytes() == b"theirs"


def test_a_mode_holds_whatever_the_umask_says(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        put(f"{tmp_path}/a", b"", 0o755)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o755


def test_what_the_system_takes_piece_by_piece_is_all_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = os.write
    monkeypatch.setattr(os, "write", lambda handle, content: whole(handle, content[:3]))
    put(f"{tmp_path}/a", b"package model\n")
    assert (tmp_path / "a").read_bytes() == b"package model\n"
