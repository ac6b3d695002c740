"""What a run promises of the tree: the same bytes everywhere, nothing touched without need, no line lost."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from commandline import SPEC, SPECS, chariot_gen, environment, new_backend
from trees import append, copy_of_the_checkout, edit, mtimes, tree

MODEL = "pkg/model/model/note.go"
SHARED = "pkg/apierror/code.go"
CACHE = ".chariot/cache"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return new_backend(tmp_path_factory.mktemp("made"))


@pytest.fixture
def backend(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "backend"))


def test_the_same_specs_give_the_same_bytes_in_any_folder_under_any_hash_seed(tmp_path: Path) -> None:
    trees = []
    for seed in ("0", "1", "4242"):
        folder = tmp_path / f"a-folder-called-{seed}" / "backend"
        done = chariot_gen(
            "entity", *sorted(SPECS.glob("*.yaml")), "--dest", folder, "--no-hooks", PYTHONHASHSEED=seed
        )
        assert done.code == 0, done.err
        trees.append(tree(folder))
    assert trees[0] == trees[1] == trees[2]


def test_the_order_of_arrival_does_not_matter(tmp_path: Path) -> None:
    specs = [SPECS / "port.yaml", SPECS / "host.yaml"]
    for spec in specs:
        assert chariot_gen("entity", spec, "--dest", tmp_path / "one", "--no-hooks").code == 0
    assert chariot_gen("entity", *reversed(specs), "--dest", tmp_path / "two", "--no-hooks").code == 0
    assert tree(tmp_path / "one", without=(CACHE,)) == tree(tmp_path / "two", without=(CACHE,))


@pytest.mark.parametrize("forgotten", [False, True])
def test_a_second_run_touches_no_file(backend: Path, *, forgotten: bool) -> None:
    if forgotten:
        shutil.rmtree(backend / CACHE)
    before = {path: time for path, time in mtimes(backend).items() if not path.startswith(CACHE)}
    done = chariot_gen("regen", "--dest", backend)
    assert (done.code, done.out) == (0, "everything is up to date\n")
    assert {path: time for path, time in mtimes(backend).items() if not path.startswith(CACHE)} == before


def test_a_run_with_nothing_to_do_imports_neither_yaml_nor_jinja_and_starts_nothing(backend: Path) -> None:
    program = (
        "import subprocess, sys\n"
        "def refuse(*_, **__): raise AssertionError('a process was started')\n"
        "subprocess.Popen = refuse\n"
        "from chariot_gen.cli.app import _run\n"
        f"assert _run(['regen', '--dest', {str(backend)!r}]) == 0\n"
        "print(sorted({'yaml', 'jinja2', 'jsonschema', 'cfnlint', 'rich'} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment(), capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_dry_run_says_what_the_run_does_and_writes_nothing(backend: Path) -> None:
    edit(backend / "specs" / "note.yaml", "Text of the note.", "Body of the note.")
    before = tree(backend)
    dry = json.loads(chariot_gen("regen", "--dest", backend, "--no-hooks", "--dry-run", "--json").out)
    assert tree(backend) == before
    real = json.loads(chariot_gen("regen", "--dest", backend, "--no-hooks", "--json").out)
    assert (dry.pop("dry_run"), real.pop("dry_run")) == (True, False)
    assert {**dry, "timings": {}} == {**real, "timings": {}}
    changed = {path for path, content in tree(backend).items() if before.get(path) != content}
    assert {change["path"] for change in real["changes"]} == {
        path for path in changed if not path.startswith((".chariot/", "specs/"))
    }


def test_a_dry_run_of_a_new_backend_makes_no_folder(tmp_path: Path) -> None:
    done = chariot_gen("entity", SPECS / "host.yaml", "--dest", tmp_path / "new", "--no-hooks", "--dry-run")
    assert done.code == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("spec", "code"), [("entity: 5Qi\n", 1), (SPEC.replace("key:", "kee:"), 1), (None, 2)]
)
def test_a_run_that_fails_leaves_no_trace(tmp_path: Path, spec: str | None, code: int) -> None:
    if spec is not None:
        (tmp_path / "note.yaml").write_text(spec, encoding="utf-8")
    before = tree(tmp_path)
    done = chariot_gen("entity", tmp_path / "note.yaml", "--dest", tmp_path / "new")
    assert (done.code, done.out) == (code, "")
    assert tree(tmp_path) == before
    assert not (tmp_path / "new").exists()


def test_an_edit_survives_a_change_of_the_spec_that_leaves_its_file_alone(backend: Path) -> None:
    append(backend / MODEL, "\n// A person's words.\n")
    edit(backend / "chariot.yaml", "module:", "description: A backend of notes.\nmodule:")
    done = chariot_gen("regen", "--dest", backend, "--no-hooks")
    assert done.code == 0, done.err
    assert f"kept    {MODEL}: edited by hand" in done.out
    assert (backend / MODEL).read_text(encoding="utf-8").endswith("// A person's words.\n")


def test_an_edit_and_a_change_of_the_spec_in_one_file_are_united(backend: Path) -> None:
    append(backend / MODEL, "\n// A person's words.\n")
    edit(backend / "specs" / "note.yaml", "Text of the note.", "Body of the note.")
    done = chariot_gen("regen", "--dest", backend, "--no-hooks")
    assert done.code == 0, done.err
    assert "your edits and the new rendering are united" in done.out
    text = (backend / MODEL).read_text(encoding="utf-8")
    assert text.endswith("// A person's words.\n")
    assert "// Body of the note." in text


def test_a_file_of_somebody_else_is_never_overwritten(tmp_path: Path) -> None:
    foreign = tmp_path / MODEL
    foreign.parent.mkdir(parents=True)
    foreign.write_text("package model\n", encoding="utf-8")
    (tmp_path / "note.yaml").write_text(SPEC, encoding="utf-8")
    before = tree(tmp_path)
    done = chariot_gen("entity", tmp_path / "note.yaml", "--dest", tmp_path, "--no-hooks")
    assert done.code == 3
    assert done.err.startswith(f"{MODEL}: exists and was not written by chariot-gen;")
    assert tree(tmp_path) == before


def test_files_around_the_code_give_way_to_those_of_an_existing_backend(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# Mine\n", encoding="utf-8")
    (tmp_path / "note.yaml").write_text(SPEC, encoding="utf-8")
    for _ in range(2):
        done = chariot_gen("entity", tmp_path / "note.yaml", "--dest", tmp_path, "--no-hooks")
        assert done.code == 0, done.err
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == "# Mine\n"


def test_a_removed_spec_takes_its_files_along_but_not_the_edited_ones(backend: Path) -> None:
    (backend / "port.yaml").write_text(
        SPEC.replace("Note", "Leaflet").replace("#note#", "#leaflet#"), encoding="utf-8"
    )
    assert chariot_gen("entity", backend / "port.yaml", "--dest", backend, "--no-hooks").code == 0
    (backend / "port.yaml").unlink()
    append(backend / "pkg/model/model/leaflet.go", "\n// A person's words.\n")
    (backend / "specs" / "leaflet.yaml").unlink()
    done = chariot_gen("regen", "--dest", backend, "--no-hooks")
    assert done.code == 0, done.err
    left = [path for path in tree(backend, without=(CACHE,)) if "leaflet" in path]
    assert left == [
        ".chariot/base/pkg/model/model/leaflet.go",
        ".chariot/entities/leaflet.json",
        "pkg/model/model/leaflet.go",
    ]
    assert "no longer generated, but edited by hand" in done.out
    (backend / "pkg/model/model/leaflet.go").unlink()
    assert chariot_gen("regen", "--dest", backend, "--no-hooks").code == 0
    assert [path for path in tree(backend) if "leaflet" in path] == []


def test_a_shared_file_that_is_gone_comes_back_and_an_entitys_only_when_asked(backend: Path) -> None:
    (backend / SHARED).unlink()
    (backend / MODEL).unlink()
    done = chariot_gen("regen", "--dest", backend, "--no-hooks")
    assert done.code == 0, done.err
    assert ((backend / SHARED).exists(), (backend / MODEL).exists()) == (True, False)
    assert "regen --restore" in done.out
    assert chariot_gen("regen", "--dest", backend, "--no-hooks", "--restore").code == 0
    assert (backend / MODEL).exists()


def test_a_composed_file_that_git_could_not_merge_is_written_anew(backend: Path) -> None:
    whole = (backend / "template.yaml").read_text(encoding="utf-8")
    for path in ("template.yaml", ".chariot/base/template.yaml"):
        (backend / path).write_text(f"<<<<<<< HEAD\n{whole}=======\n>>>>>>> other\n", encoding="utf-8")
    shutil.rmtree(backend / CACHE)
    done = chariot_gen("regen", "--dest", backend, "--no-hooks")
    assert done.code == 0, done.err
    assert (backend / "template.yaml").read_text(encoding="utf-8") == whole


def test_a_spec_from_elsewhere_is_kept_with_the_modeline_of_its_new_place(backend: Path) -> None:
    text = (backend / "specs" / "note.yaml").read_text(encoding="utf-8")
    assert text == f"# yaml-language-server: $schema=../.chariot/schema/entity.json\n{SPEC}"
    schema = json.loads((backend / ".chariot" / "schema" / "entity.json").read_text(encoding="utf-8"))
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_a_spec_edited_in_the_backend_is_not_replaced_by_its_older_copy(
    backend: Path, tmp_path: Path
) -> None:
    (tmp_path / "note.yaml").write_text(SPEC.replace("A note.", "A short note."), encoding="utf-8")
    done = chariot_gen("entity", tmp_path / "note.yaml", "--dest", backend, "--no-hooks")
    assert done.code == 0, done.err
    append(backend / "specs" / "note.yaml", "# A person's words.\n")
    assert chariot_gen("regen", "--dest", backend, "--no-hooks").code == 0
    before = tree(backend)
    done = chariot_gen("entity", tmp_path / "note.yaml", "--dest", backend, "--no-hooks")
    assert done.code == 3
    assert done.err.startswith("specs/note.yaml: was edited in the backend")
    assert tree(backend) == before


def test_a_patch_of_diff_makes_what_regen_makes(backend: Path, tmp_path: Path) -> None:
    edit(backend / "specs" / "note.yaml", "Text of the note.", "Body of the note.")
    (tmp_path / "leaflet.yaml").write_text(
        SPEC.replace("Note", "Leaflet").replace("#note#", "#leaflet#"), encoding="utf-8"
    )
    shutil.copy(tmp_path / "leaflet.yaml", backend / "specs" / "leaflet.yaml")
    patched = Path(shutil.copytree(backend, tmp_path / "patched"))
    done = chariot_gen("diff", "--dest", backend)
    assert done.code == 0, done.err
    subprocess.run(["git", "apply", "-"], cwd=patched, input=done.out, text=True, check=True)
    assert chariot_gen("regen", "--dest", backend, "--no-hooks").code == 0
    assert tree(patched, without=(".chariot",)) == tree(backend, without=(".chariot",))
    assert chariot_gen("diff", "--dest", backend).out == ""


def _missing(backend: Path) -> None:
    (backend / MODEL).unlink()


def _edited(backend: Path) -> None:
    append(backend / SHARED, "\n// A person's words.\n")


def _spec_newer(backend: Path) -> None:
    edit(backend / "specs" / "note.yaml", "Text of the note.", "Body of the note.")


def _orphaned(backend: Path) -> None:
    (backend / "specs" / "note.yaml").unlink()


def _generator_newer(backend: Path) -> None:
    edit(backend / ".chariot" / "backend.json", '"generator": "', '"generator": "0')
    manifest = backend / ".chariot" / "entities" / "note.json"
    lines = manifest.read_text(encoding="utf-8").splitlines(keepends=True)
    place = next(number for number, line in enumerate(lines) if f'"{MODEL}"' in line)
    text = (backend / MODEL).read_text(encoding="utf-8").replace("Text of the note.", "Text.")
    (backend / MODEL).write_text(text, encoding="utf-8")
    import hashlib  # noqa: PLC0415 - only here

    head = lines[place].split('"sha256": ')[0]
    tail = "," if lines[place].rstrip().endswith(",") else ""
    lines[place] = f'{head}"sha256": "{hashlib.sha256(text.encode()).hexdigest()}"}}{tail}\n'
    manifest.write_text("".join(lines), encoding="utf-8")


def _conflicted(backend: Path) -> None:
    edit(backend / MODEL, "// Text of the note.", "// A person's words.")
    _spec_newer(backend)


def _marked(backend: Path) -> None:
    append(backend / MODEL, "<<<<<<< HEAD\n// a\n=======\n// b\n>>>>>>> other\n")


def _apart(backend: Path) -> None:
    append(backend / MODEL, "\n// A person's words.\n")
    _spec_newer(backend)


@pytest.mark.parametrize(
    ("spoil", "path", "kind"),
    [
        (_missing, MODEL, "missing"),
        (_edited, SHARED, "edited"),
        (_spec_newer, MODEL, "spec newer"),
        (_generator_newer, MODEL, "generator newer"),
        (_orphaned, MODEL, "orphaned"),
        (_conflicted, MODEL, "conflicted"),
        (_marked, MODEL, "conflicted"),
        (_apart, MODEL, "spec newer"),
    ],
)
def test_check_says_how_a_file_came_to_differ(
    backend: Path, spoil: Callable[[Path], None], path: str, kind: str
) -> None:
    assert chariot_gen("check", "--dest", backend).code == 0
    spoil(backend)
    before = tree(backend)
    done = chariot_gen("check", "--dest", backend, "--json")
    assert done.code == 5, done.err
    classes = {file["path"]: file["class"] for file in json.loads(done.out)["files"]}
    assert classes[path] == kind
    assert tree(backend) == before


def test_a_newer_generator_is_named_and_its_templates_merged_with_edits(
    backend: Path, tmp_path: Path
) -> None:
    newer = copy_of_the_checkout(tmp_path / "newer")
    template = newer / "template" / "backend" / "pkg" / "model" / "model" / "ENTITY.go.jinja"
    edit(template, "reports whether Validate finds nothing wrong.", "tells whether Validate is content.")
    done = chariot_gen("check", "--dest", backend, "--json", PYTHONPATH=str(newer / "src"))
    assert done.code == 5, done.err
    drifted = {file["path"]: file for file in json.loads(done.out)["files"] if file["drift"]}
    assert {path: file["class"] for path, file in drifted.items()} == {MODEL: "generator newer"}
    assert drifted[MODEL]["fixes"] == ["chariot-gen regen"]
    append(backend / MODEL, "\n// A person's words.\n")
    assert chariot_gen("regen", "--dest", backend, "--no-hooks", PYTHONPATH=str(newer / "src")).code == 0
    text = (backend / MODEL).read_text(encoding="utf-8")
    assert "tells whether Validate is content." in text
    assert text.endswith("\n// A person's words.\n")


def test_an_edit_of_an_entitys_file_is_no_drift(backend: Path) -> None:
    append(backend / MODEL, "\n// A person's words.\n")
    done = chariot_gen("check", "--dest", backend)
    assert (done.code, "1 with edits of yours" in done.out) == (0, True)
    verbose = chariot_gen("check", "--verbose", "--dest", backend)
    assert (verbose.code, f"  edited          {MODEL}\n" in verbose.out) == (0, True)


def test_two_runs_at_once_both_end_well(backend: Path) -> None:
    edit(backend / "specs" / "note.yaml", "Text of the note.", "Body of the note.")
    command = [sys.executable, "-m", "chariot_gen", "regen", "--no-hooks", "--dest", str(backend)]
    runs = [subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = sorted(run.communicate()[0] for run in runs)
    assert [run.returncode for run in runs] == [0, 0]
    assert said[0] == "everything is up to date\n" or said[1] == "everything is up to date\n"


def test_a_disk_that_refuses_leaves_the_tree_as_it_was(backend: Path) -> None:
    edit(backend / "specs" / "note.yaml", "Text of the note.", "Body of the note.")
    before = tree(backend)
    program = (
        "import sys\n"
        "from chariot_gen.workspace import transaction\n"
        "def full(name):\n"
        f"    if name == 'apply {MODEL}': raise OSError(28, 'No space left on device', 'x')\n"
        "transaction.checkpoint = full\n"
        "from chariot_gen.cli import main\n"
        f"main(['regen', '--no-hooks', '--dest', {str(backend)!r}])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment(), capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (
        74,
        "x: cannot be written (No space left on device); nothing was changed; free the cause and run again\n",
    )
    assert tree(backend) == before


def test_a_reader_that_leaves_early_is_no_failure() -> None:
    command = [sys.executable, "-m", "chariot_gen", "schema"]
    with subprocess.Popen(
        command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        run.stdout.close()
        assert (run.stderr.read(), run.wait()) == ("", 0)


def test_an_output_that_takes_nothing_is_named() -> None:
    command = [sys.executable, "-m", "chariot_gen", "schema"]
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            command, env=environment(), stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    problem = "standard output: cannot be written (No space left on device)"
    assert (done.returncode, done.stderr) == (
        74,
        f"{problem}; no file is half done; free the cause and run again\n",
    )


def test_a_bug_of_ours_shows_no_traceback_but_says_where_it_lies(backend: Path, tmp_path: Path) -> None:
    program = (
        "from chariot_gen.pipeline import run\n"
        "def broken(*_): raise ZeroDivisionError('oops')\n"
        "run.gather = broken\n"
        "from chariot_gen.cli import main\n"
        f"main(['regen', '--dest', {str(backend)!r}])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=environment(TMPDIR=str(tmp_path)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 70
    assert "Traceback" not in done.stderr
    assert "a bug in chariot-gen, not in your spec: ZeroDivisionError: oops" in done.stderr
    (log,) = tmp_path.glob("chariot-gen-*.log")
    assert "Traceback" in log.read_text(encoding="utf-8")
    assert str(log) in done.stderr
