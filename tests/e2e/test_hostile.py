"""Surroundings that say no: a run ends as documented, says why, and loses nothing."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from commandline import chariot_gen, environment, new_backend
from trees import edit, tree

MODEL = "pkg/model/model/note.go"
SHARED = "pkg/apierror/code.go"
SPEC_FILE = "specs/note.yaml"
MINE = "\n// A person's words.\n"
APART = (".chariot/cache",)
# Root may write anywhere: give that up, as everybody else has.
UNPRIVILEGED = """\
import ctypes, sys
header = (ctypes.c_uint32 * 2)(0x20080522, 0)
ctypes.CDLL(None).capset(header, (ctypes.c_uint32 * 6)())
from chariot_gen.cli import main
main(sys.argv[1:])
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backend whose model was edited and whose spec has changed."""
    backend = new_backend(tmp_path_factory.mktemp("made"))
    with (backend / MODEL).open("a", encoding="utf-8") as model:
        model.write(MINE)
    edit(backend / SPEC_FILE, "Text of the note.", "Body of the note.")
    return backend


@pytest.fixture
def backend(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "backend", symlinks=True))


def _refused(backend: Path, *words: str, code: int = 74) -> None:
    """Run, and see that it is refused with these words and leaves everything as it was."""
    before = tree(backend, without=APART)
    done = subprocess.run(
        [sys.executable, "-c", UNPRIVILEGED, "regen", "--no-hooks", "--dest", str(backend)],
        env=environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == code, done.stdout + done.stderr
    assert [word for word in words if word not in done.stderr] == [], done.stderr
    assert "Traceback" not in done.stderr
    assert tree(backend, without=APART) == before


def _succeeds(backend: Path) -> None:
    done = chariot_gen("regen", "--no-hooks", "--dest", backend)
    assert done.code == 0, done.err
    model = (backend / MODEL).read_bytes()
    assert b"// Body of the note." in model
    assert b"// A person's words." in model


@pytest.mark.parametrize("path", [MODEL, str(Path(MODEL).parent), ".chariot", "."])
def test_what_is_read_only_is_named_and_nothing_is_changed(backend: Path, path: str) -> None:
    target = backend / path
    mode = target.stat().st_mode
    target.chmod(mode & ~0o222)
    try:
        _refused(backend, target.name, "nothing was changed; make i")
    finally:
        target.chmod(mode)
    _succeeds(backend)


def test_what_cannot_be_read_is_named_and_nothing_is_changed(backend: Path) -> None:
    (backend / MODEL).chmod(0)
    before = (backend / MODEL).stat().st_mtime_ns
    done = subprocess.run(
        [sys.executable, "-c", UNPRIVILEGED, "regen", "--no-hooks", "--dest", str(backend)],
        env=environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    (backend / MODEL).chmod(0o644)
    assert (done.returncode, (backend / MODEL).stat().st_mtime_ns) == (74, before)
    assert done.stderr.startswith(f"{MODEL}: cannot be read (Permission denied); nothing was changed;")
    _succeeds(backend)


def _can_mount() -> bool:
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(["mount", "-t", "tmpfs", "tmpfs", folder], capture_output=True, check=False)
        return done.returncode == 0 and subprocess.run(["umount", folder], check=False).returncode == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own with no room left but for a few files."""
    disk = tmp_path / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(disk)], check=True)
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


MOUNTS = ["tmpfs"] if os.geteuid() == 0 and _can_mount() else []


@pytest.mark.parametrize("_kind", MOUNTS)
@pytest.mark.parametrize("room", [0, 8, 64, 150])
def test_a_full_disk_is_named_and_nothing_is_changed(
    made: Path, small_disk: Path, _kind: str, room: int
) -> None:
    backend = Path(shutil.copytree(made, small_disk / "backend"))
    filler = small_disk / "filler"
    with filler.open("wb") as stream:
        free = shutil.disk_usage(small_disk).free - room * 1024
        stream.write(bytes(free))
    _refused(backend, "No space left on device", "nothing was changed")
    filler.unlink()
    _succeeds(backend)


def test_a_limit_on_what_may_be_written_is_as_good_as_a_full_disk(backend: Path) -> None:
    before = tree(backend, without=APART)
    done = subprocess.run(
        [sys.executable, "-m", "chariot_gen", "regen", "--no-hooks", "--dest", str(backend)],
        env=environment(), capture_output=True, text=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1500, 1500)),
    )  # fmt: skip
    assert done.returncode == 74, done.stderr
    assert "(File too large); nothing was changed" in done.stderr
    assert tree(backend, without=APART) == before
    _succeeds(backend)


def test_a_folder_that_leads_out_of_the_backend_is_refused(backend: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    shutil.move(backend / "pkg" / "model", outside)
    (backend / "pkg" / "model").symlink_to(outside)
    before = tree(outside)
    _refused(backend, "leads out of the backend through a symbolic link", "replace the link")
    assert tree(outside) == before


@pytest.mark.parametrize("place", ["outside", "inside"])
def test_a_file_that_is_a_link_is_refused(backend: Path, tmp_path: Path, place: str) -> None:
    target = (tmp_path if place == "outside" else backend) / "real.go"
    shutil.move(backend / MODEL, target)
    (backend / MODEL).symlink_to(target)
    before = target.read_bytes()
    _refused(backend, f"{MODEL}: ", "symbolic link", "nothing was changed; replace the link by")
    assert ((backend / MODEL).is_symlink(), target.read_bytes() == before) == (True, True)
    assert chariot_gen("release", MODEL, "--dest", backend).code == 0
    assert chariot_gen("regen", "--no-hooks", "--dest", backend).code == 0
    assert ((backend / MODEL).is_symlink(), target.read_bytes() == before) == (True, True)


def test_a_name_that_differs_only_by_case_is_refused(backend: Path) -> None:
    leaf = (backend / SPEC_FILE).read_text(encoding="utf-8").replace("Note", "Leaf").replace("#note", "#leaf")
    (backend / "specs" / "leaf.yaml").write_text(leaf, encoding="utf-8")
    (backend / "pkg" / "model" / "model" / "LEAF.go").write_text("package model\n", encoding="utf-8")
    _refused(backend, "leaf.go: differs from pkg/model/model/LEAF.go only by letter case", "rename one")


@pytest.mark.parametrize("path", [MODEL, SHARED, "template.yaml"])
def test_a_folder_in_the_place_of_a_file_is_refused(backend: Path, path: str) -> None:
    (backend / path).unlink()
    (backend / path).mkdir()
    (backend / path / "mine.txt").write_text("mine", encoding="utf-8")
    _refused(backend, f"{path}: is a folder where a file belongs; nothing was changed; move it away")


def test_a_file_in_the_place_of_a_folder_is_refused(backend: Path) -> None:
    shutil.rmtree(backend / "pkg" / "apierror")
    (backend / "pkg" / "apierror").write_text("mine", encoding="utf-8")
    _refused(backend, "apierror: is a file where a folder is needed; nothing was changed; move it away")


@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("newline", [b"\n", b"\r\n"])
def test_line_endings_and_a_byte_order_mark_stay_as_a_person_has_them(
    backend: Path, bom: bytes, newline: bytes
) -> None:
    for path in (MODEL, "cf-templates/note_resources.yaml"):
        content = (backend / path).read_bytes()
        (backend / path).write_bytes(bom + content.replace(b"\n", newline))
    edit(backend / SPEC_FILE, "description: A note.", "description: A remark.")
    _succeeds(backend)
    for path in (MODEL, "cf-templates/note_resources.yaml"):
        content = (backend / path).read_bytes()
        assert content.startswith(bom)
        assert content.count(b"\r\n") == (content.count(b"\n") if newline == b"\r\n" else 0)


def test_a_checkout_with_line_endings_of_windows_is_no_edit_of_what_is_ours(backend: Path) -> None:
    for path in (backend / "pkg" / "apierror").iterdir():
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    template = backend / "template.yaml"
    template.write_bytes(template.read_bytes().replace(b"\n", b"\r\n"))
    done = chariot_gen("check", "--dest", backend)
    assert "edited          pkg/apierror" not in done.out
    leaf = (backend / SPEC_FILE).read_text(encoding="utf-8").replace("Note", "Leaf").replace("#note", "#leaf")
    (backend / "specs" / "leaf.yaml").write_text(leaf, encoding="utf-8")
    _succeeds(backend)
    assert b"leaf" in template.read_bytes()
    assert chariot_gen("check", "--dest", backend).code == 0


def test_lost_records_heal_where_nobody_edited_and_name_the_way_back_elsewhere(backend: Path) -> None:
    _succeeds(backend)
    shutil.rmtree(backend / ".chariot")
    done = chariot_gen("regen", "--no-hooks", "--dest", backend)
    assert done.code == 3
    assert [line for line in done.err.splitlines() if "was not written by chariot-gen" in line] == [
        f"{MODEL}: exists and was not written by chariot-gen; move it away, or give the entity another name"
    ]
    assert "put .chariot back from version control" in done.err
    assert chariot_gen("adopt", MODEL, "--dest", backend).code == 0
    _succeeds(backend)
    assert chariot_gen("check", "--dest", backend).code == 0


def test_a_second_run_waits_for_the_first_and_says_so_when_it_gives_up(backend: Path) -> None:
    program = (
        "import sys\nfrom pathlib import Path\nfrom chariot_gen.workspace.lock import locked\n"
        "with locked(Path(sys.argv[1])):\n    print('held', flush=True)\n    sys.stdin.read()\n"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", program, str(backend)],
        env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    _refused(backend, "another chariot-gen run is at work here", "nothing was changed; wait for it")
    holder.communicate("")
    _succeeds(backend)
