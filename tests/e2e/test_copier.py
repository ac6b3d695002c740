"""Copier's door gives the tree that the command line gives, whoever comes through it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

from commandline import chariot_gen
from tools import go
from trees import REPOSITORY, copy_of_the_checkout, tree

SPECS = REPOSITORY / "examples" / "specs"
# Copier's own record, which the command line has not, and the cache, which git ignores.
APART = (".chariot/answers", ".chariot/cache")


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The template as a folder without a history."""
    return copy_of_the_checkout(tmp_path_factory.mktemp("checkout"))


@pytest.fixture(scope="module")
def repository(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The template as a git repository."""
    folder = copy_of_the_checkout(tmp_path_factory.mktemp("repository"))
    identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com"]
    for command in (["init", "-q"], ["add", "-A"], [*identity, "commit", "-qm", "All of it"]):
        subprocess.run(["git", *command], cwd=folder, check=True)
    return folder


def _environment(**extra: str) -> dict[str, str]:
    path = os.pathsep.join([str(Path(go()).parent), os.environ["PATH"]])
    return {**os.environ, "PATH": path, **extra}


def _chariot_gen(*arguments: object) -> None:
    done = chariot_gen(*arguments)
    assert done.code == 0, done.out + done.err


def _copier(
    *arguments: object, python: Path | str = sys.executable, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    command = [str(python), "-m", "copier", "copy", "--trust", "--defaults", *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, env=environment or _environment()
    )


def test_a_new_folder_is_the_same_through_both_doors(checkout: Path, tmp_path: Path) -> None:
    done = _copier("-d", f"spec={SPECS / 'new_entity.yaml'}", checkout, tmp_path / "copier")
    assert done.returncode == 0, done.stderr
    _chariot_gen("entity", SPECS / "new_entity.yaml", f"--dest={tmp_path / 'cli'}")
    assert tree(tmp_path / "copier", without=APART) == tree(tmp_path / "cli", without=APART)


def test_an_existing_backend_is_the_same_through_both_doors(repository: Path, tmp_path: Path) -> None:
    for door in ("copier", "cli"):
        _chariot_gen(
            "entity", SPECS / "host.yaml", "--module=github.com/acme/inventory", f"--dest={tmp_path / door}"
        )
    done = _copier("-d", f"spec={SPECS / 'key.yaml'}", repository, tmp_path / "copier")
    assert done.returncode == 0, done.stderr
    _chariot_gen("entity", SPECS / "key.yaml", f"--dest={tmp_path / 'cli'}")
    assert tree(tmp_path / "copier", without=APART) == tree(tmp_path / "cli", without=APART)
    assert b"module github.com/acme/inventory" in (tmp_path / "copier" / "go.mod").read_bytes()


def test_a_spec_named_from_where_copier_was_started_is_found(checkout: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "copier", "copy", "--trust", "--defaults", "-d", "spec=port.yaml"]
    done = subprocess.run(
        [*command, str(checkout), str(tmp_path / "backend")],
        cwd=SPECS, capture_output=True, text=True, check=False, env=_environment(PWD=str(SPECS)),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "backend" / "pkg" / "model" / "model" / "port.go").is_file()


def test_someone_who_has_only_copier_gets_the_same_tree(repository: Path, tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "venv")], check=True)
    python = tmp_path / "venv" / "bin" / "python"
    subprocess.run([str(python), "-m", "pip", "install", "-q", "copier>=9.16,<10"], check=True)
    environment = _environment(XDG_CACHE_HOME=str(tmp_path / "cache"))
    environment.pop("PYTHONPATH", None)
    url = f"git+file://{repository}"
    done = _copier(
        "-r", "HEAD", "-d", f"spec={SPECS / 'new_entity.yaml'}", url, tmp_path / "copier",
        python=python, environment=environment,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "installing its libraries" in done.stderr
    _chariot_gen("entity", SPECS / "new_entity.yaml", f"--dest={tmp_path / 'cli'}")
    assert tree(tmp_path / "copier", without=APART) == tree(tmp_path / "cli", without=APART)


def test_a_refused_spec_leaves_an_existing_backend_as_it_was(checkout: Path, tmp_path: Path) -> None:
    backend = tmp_path / "backend"
    _chariot_gen("entity", SPECS / "key.yaml", f"--dest={backend}")
    before = tree(backend)
    done = _copier("-d", "entity=Bad", "-d", "key=#bad#{nothing}", checkout, backend)
    assert done.returncode == 1
    assert "specs/bad.yaml:" in done.stdout + done.stderr
    assert "`nothing`, which is no field" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert tree(backend) == before


def test_answering_the_questions_gives_a_backend(checkout: Path, tmp_path: Path) -> None:
    backend = tmp_path / "backend"
    child = pexpect.spawn(
        sys.executable, ["-m", "copier", "copy", "--trust", str(checkout), str(backend)],
        encoding="utf-8", timeout=60, dimensions=(50, 160), env=_environment(TERM="xterm"),
    )  # fmt: skip
    child.expect("spec file that you have")
    child.send("\r")
    child.expect("Name of the entity")
    child.send("\x15Finding\r")
    child.expect("What is it")
    child.send("\r")
    child.expect("One sentence")
    child.send("\r")
    child.expect("Its fields")
    child.send("\x1b\r")
    child.expect("Template of its key")
    child.send("\r")
    child.expect("What callers")
    child.send("\r")
    child.expect("Go module path")
    child.send("\r")
    child.expect(pexpect.EOF, timeout=300)
    child.close()
    assert child.exitstatus == 0, child.before
    _chariot_gen("entity", backend / "specs" / "finding.yaml", f"--dest={tmp_path / 'cli'}")
    assert tree(backend, without=APART) == tree(tmp_path / "cli", without=APART)


# Bodies that look alike, as generated code has them: where a patch by context goes astray.
ALIKE = "".join(
    f"\n// {name} reports whether the finding is {name.lower()}.\nfunc (f *Finding) {name}() bool {{\n"
    "\tlimit := 10\n\tif len(f.Name) > limit {\n\t\treturn true\n\t}\n\treturn false\n}\n"
    for name in ("Alpha", "Beta", "Gamma")
)


def _git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def _release(template: Path, version: str) -> None:
    _git(template, "add", "-A")
    _git(template, "commit", "-qm", version)
    _git(template, "tag", version)


def _change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_an_update_keeps_every_edit_where_it_is(tmp_path: Path) -> None:
    template = copy_of_the_checkout(tmp_path / "template")
    _git(template, "init", "-q")
    _release(template, "v1.0.0")
    backend = tmp_path / "backend"
    done = _copier("-r", "v1.0.0", "-d", "entity=Finding", f"git+file://{template}", backend)
    assert done.returncode == 0, done.stderr
    model, stack = backend / "pkg/model/model/finding.go", backend / "cf-templates/finding_resources.yaml"
    with model.open("a", encoding="utf-8") as stream:
        stream.write(ALIKE)
    _git(backend, "init", "-q")
    _git(backend, "add", "-A")
    _git(backend, "commit", "-qm", "As generated, and three functions of mine")
    head, _, tail = ALIKE.rpartition("10")
    _change(model, ALIKE, f"{head}99{tail}")
    _change(stack, "      MemorySize: 256\n", "      MemorySize: 512\n")
    _change(backend / "specs/finding.yaml", "Name within the account.", "Name of the finding.")
    _git(backend, "commit", "-qam", "Edits of mine")
    # The newer template says something else in the very file, above the edit.
    (source,) = (template / "template/backend/pkg/model/model").glob("ENTITY.go.jinja")
    _change(source, "reports whether Validate finds nothing wrong.", "tells whether Validate is content.")
    _release(template, "v2.0.0")
    command = [sys.executable, "-m", "copier", "update", "--trust", "--defaults"]
    done = subprocess.run(
        [*command, "-a", ".chariot/answers/finding.yml"],
        cwd=backend, capture_output=True, text=True, check=False, env=_environment(),
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    text = model.read_text(encoding="utf-8")
    assert "tells whether Validate is content." in text
    assert "// Name of the finding." in text
    gamma = text.index("func (f *Finding) Gamma()")
    assert (text.count("limit := 10\n"), text.index("limit := 99\n") > gamma) == (2, True)
    assert "      MemorySize: 512\n" in stack.read_text(encoding="utf-8")
    assert "Name of the finding." in (backend / "specs/finding.yaml").read_text(encoding="utf-8")
    assert "v2.0.0" in (backend / ".chariot/answers/finding.yml").read_text(encoding="utf-8")
    left = [name for name, content in tree(backend).items() if b"<<<<<<<" in content or name.endswith(".rej")]
    assert [name for name in left if not name.startswith(".git/")] == []
