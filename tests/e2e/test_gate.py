"""The gate: nothing is written that a hook refuses, and each finding names the spec line it goes back to."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from chariot_gen.merge.gomod import requirements
from commandline import SPEC, chariot_gen, new_backend
from trees import append, edit, tree

MODEL = "pkg/model/model/note.go"
# Finds every line that holds a word, in the files that changed.
FINDER = """\
import json, pathlib, sys
root, *paths = sys.argv[1:]
for path in paths:
    for number, line in enumerate(pathlib.Path(root, path).read_text().splitlines(), 1):
        if {word!r} in line and path.endswith(".go"):
            print(json.dumps({{"path": path, "line": number, "column": 2, "severity": {severity!r},
                              "rule": "W1", "message": "a word that we do not use"}}))
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return new_backend(tmp_path_factory.mktemp("made"))


def _backend(made: Path, tmp_path: Path, hook: str, *, new_text: str = "Body of the note.") -> Path:
    """Return a backend whose spec has changed, and which has only this checker."""
    backend = Path(shutil.copytree(made, tmp_path / "backend"))
    spec = backend / "specs" / "note.yaml"
    text = spec.read_text(encoding="utf-8")
    spec.write_text(text.replace("Text of the note.", new_text), encoding="utf-8")
    checks = backend / "hooks" / "check"
    checks.mkdir(parents=True)
    for name in ("govet", "cfnlint", "chariot_rules"):
        (checks / f"{name}.py").write_text("", encoding="utf-8")
    (checks / "words.py").write_text(hook, encoding="utf-8")
    return backend


def test_a_finding_stops_the_run_and_names_the_spec_line(made: Path, tmp_path: Path) -> None:
    backend = _backend(made, tmp_path, FINDER.format(word="Body of", severity="error"))
    before = tree(backend)
    done = chariot_gen("regen", "--dest", backend)
    assert (done.code, done.out) == (4, "")
    assert tree(backend) == before
    line = SPEC.splitlines().index("  text: { desc: Text of the note., example: Milk. }") + 2
    assert f"caused by specs/note.yaml:{line}:" in done.err
    found = json.loads(chariot_gen("regen", "--dest", backend, "--json").out)["diagnostics"]
    places = {(finding["path"], finding["origin"].rpartition(":")[0]) for finding in found}
    assert (MODEL, f"specs/note.yaml:{line}") in places


def test_a_warning_is_shown_and_stops_nothing(made: Path, tmp_path: Path) -> None:
    backend = _backend(made, tmp_path, FINDER.format(word="Body of", severity="warning"))
    done = chariot_gen("regen", "--dest", backend)
    assert (done.code, "warning: a word that we do not use [W1]" in done.out) == (0, True)


def test_a_tool_that_is_missing_stops_the_run(made: Path, tmp_path: Path) -> None:
    words = "import sys\nprint('no linter; run: pip install linter', file=sys.stderr)\nsys.exit(2)\n"
    backend = _backend(made, tmp_path, words)
    before = tree(backend)
    done = chariot_gen("regen", "--dest", backend)
    assert (done.code, done.err) == (69, "hooks/check/words: no linter; run: pip install linter\n")
    assert tree(backend) == before


def test_checkers_see_only_what_changed_in_a_tree_that_is_whole(made: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    hook = (
        "import pathlib, sys\nroot, *paths = sys.argv[1:]\n"
        f"pathlib.Path({str(log)!r}).write_text(' '.join(paths))\n"
        "assert pathlib.Path(root, 'go.mod').exists()\nassert pathlib.Path(root, 'pkg/mine.go').exists()\n"
    )
    backend = _backend(made, tmp_path, hook)
    (backend / "pkg" / "mine.go").write_text("package pkg\n", encoding="utf-8")
    done = chariot_gen("regen", "--dest", backend)
    assert done.code == 0, done.err
    paths = log.read_text(encoding="utf-8").split()
    assert MODEL in paths
    assert not [path for path in paths if path.startswith((".chariot/", "pkg/apierror/"))]


def test_hooks_can_be_left_out(made: Path, tmp_path: Path) -> None:
    backend = _backend(made, tmp_path, "raise SystemExit(9)")
    assert chariot_gen("regen", "--dest", backend, "--no-hooks").code == 0


def test_go_vet_judges_what_is_emitted_together_with_what_is_there(made: Path, tmp_path: Path) -> None:
    backend = _backend(made, tmp_path, "")
    (backend / "hooks" / "check" / "govet.py").unlink()
    mine = backend / "pkg" / "model" / "model" / "mine.go"
    mine.write_text("package model\n\nfunc (n *Note) Text2() string { return n.Absent }\n", encoding="utf-8")
    done = chariot_gen("regen", "--dest", backend)
    assert done.code == 4, done.out + done.err
    assert done.err.startswith("pkg/model/model/mine.go:3:")
    mine.unlink()
    assert chariot_gen("regen", "--dest", backend).code == 0


def test_a_custom_method_that_nobody_wrote_is_named_with_its_signature(made: Path, tmp_path: Path) -> None:
    backend = Path(shutil.copytree(made, tmp_path / "backend"))
    spec, companion = backend / "specs" / "note.yaml", "pkg/model/model/note_custom.go"
    append(spec, "custom:\n  - tidy\n")
    assert chariot_gen("regen", "--dest", backend).code == 0
    append(spec, "  - { name: checkOwner, kind: valid }\n")
    done = chariot_gen("regen", "--dest", backend)
    assert done.code == 4
    signature = "func (n *Note) checkOwner(_ *validation.Checker)"
    assert f"write it in {companion}, as `{signature}`" in done.err
    line = len(spec.read_text(encoding="utf-8").splitlines())
    assert f"caused by specs/note.yaml:{line}:5" in done.err
    append(backend / companion, f"\n// checkOwner finds nothing.\n{signature} {{}}\n")
    edit(
        backend / companion,
        "package model\n",
        'package model\n\nimport "{module}/pkg/validation"\n'.format(
            module=(backend / "go.mod").read_text(encoding="utf-8").split()[1]
        ),
    )
    done = chariot_gen("regen", "--dest", backend)
    assert done.code == 0, done.out + done.err


def test_a_backend_with_a_module_of_its_own_keeps_it(tmp_path: Path) -> None:
    backend = tmp_path / "backend"
    backend.mkdir()
    (tmp_path / "near").mkdir()
    (tmp_path / "near" / "go.mod").write_text("module example.com/near\n\ngo 1.26\n", encoding="utf-8")
    (tmp_path / "near" / "near.go").write_text("package near\n\nconst X = 1\n", encoding="utf-8")
    own = (
        "// Kept by hand.\nmodule example.com/mine\n\ngo 1.26.1\n\nrequire example.com/near v0.0.0\n\n"
        "replace example.com/near => ../near\n"
    )
    (backend / "go.mod").write_text(own, encoding="utf-8")
    (backend / "mine.go").write_text('package mine\n\nimport _ "example.com/near"\n', encoding="utf-8")
    (tmp_path / "note.yaml").write_text(SPEC, encoding="utf-8")
    done = chariot_gen("entity", tmp_path / "note.yaml", "--dest", backend)
    assert done.code == 0, done.out + done.err
    text = (backend / "go.mod").read_text(encoding="utf-8")
    assert text.startswith("// Kept by hand.\nmodule example.com/mine\n\ngo 1.26.1\n")
    assert "replace example.com/near => ../near\n" in text
    assert {"example.com/near", "github.com/aws/aws-lambda-go"} <= {item.path for item in requirements(text)}
    assert "module: example.com/mine" in (backend / "chariot.yaml").read_text(encoding="utf-8")
    assert '"example.com/mine/pkg/model/model"' in (backend / "cmd/note/main.go").read_text(encoding="utf-8")
    before = tree(backend, without=(".chariot/cache",))
    assert chariot_gen("regen", "--dest", backend).out == "everything is up to date\n"
    shutil.rmtree(backend / ".chariot" / "cache")
    assert chariot_gen("regen", "--dest", backend).code == 0
    assert tree(backend, without=(".chariot/cache",)) == before
