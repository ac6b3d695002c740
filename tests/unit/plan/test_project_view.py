"""The files around the code follow from the settings and the entities, and from nothing else."""

from __future__ import annotations

import re

import pytest

from chariot_gen.files import FilePlan, Ownership
from chariot_gen.plan.views.data_files import DATA_FILES
from chariot_gen.plan.views.project import go_mod_view, makefile_view, readme_view
from chariot_gen.plan.views.shared import CHARIOT_FILES
from chariot_gen.render.renderer import render
from chariot_gen.resources import template_root
from stacks import SETTINGS, backend, example

EXAMPLES = ("host", "key", "new_entity", "person", "port", "technology")
DATA_PACKAGES = ("app/files", "app/graph", "awsclient", "httpclient", "neo4jclient", "secrets", "store")


def _text(path: str, view: object) -> str:
    return render(FilePlan(path, f"{path}.jinja", Ownership.GENERATED, lambda: view), template_root()).text


def _go_mod(tabularium: str = "") -> str:
    return _text("go.mod", go_mod_view(backend(example("key"), settings=SETTINGS + tabularium)))


def test_go_mod_names_the_module_and_a_language_version_that_tidy_keeps() -> None:
    assert _go_mod().startswith("module example.com/chariot\n\ngo 1.26.0\n\nrequire (\n")


def test_direct_and_indirect_requirements_stand_apart_and_sorted() -> None:
    direct, indirect = re.findall(r"^require \(\n(.*?)^\)", _go_mod(), flags=re.MULTILINE | re.DOTALL)
    assert all(not line.endswith("// indirect") for line in direct.splitlines())
    assert all(line.endswith("// indirect") for line in indirect.splitlines())
    for block in (direct, indirect):
        assert block.splitlines() == sorted(block.splitlines())


def test_go_sum_knows_every_module_of_go_mod() -> None:
    sums = (template_root() / "go.sum").read_text(encoding="utf-8")
    for module, version in re.findall(r"^\t(\S+) (v\S+)", _go_mod(), flags=re.MULTILINE):
        assert f"{module} {version} h1:" in sums
        assert f"{module} {version}/go.mod h1:" in sums


@pytest.mark.parametrize(
    ("setting", "lines"),
    [
        ("", []),
        ("example.com/tabularium", []),
        ("{ module: example.com/tabularium, version: v1.0.132 }", ["example.com/tabularium v1.0.132"]),
    ],
)
def test_tabularium_is_required_where_its_version_is_known(setting: str, lines: list[str]) -> None:
    text = _go_mod(f"tabularium: {setting}\n" if setting else "")
    assert [line.strip() for line in text.splitlines() if "tabularium" in line] == lines


def test_every_function_has_a_target_that_sam_finds() -> None:
    described = backend(*(example(name) for name in EXAMPLES))
    text = _text("Makefile", makefile_view(described))
    commands = re.search(r"^COMMANDS :=(.*)$", text, flags=re.MULTILINE)
    assert commands is not None
    shared = ["api", "authorizer"]
    assert commands[1].split() == ["host", "key", "newentity", "person", "port", "technology", *shared]
    target = re.compile(r"^(build-\w+):\n\t.*\$\(ARTIFACTS_DIR\)/bootstrap \./cmd/(\w+)$", re.MULTILINE)
    targets = dict(target.findall(text))
    assert targets["build-NewEntityFunction"] == "newentity"
    assert targets["build-AuthorizerFunction"] == "authorizer"
    assert len(targets) == len(EXAMPLES) + len(shared)


def test_a_backend_without_entities_has_a_makefile_too() -> None:
    text = _text("Makefile", makefile_view(backend()))
    assert "COMMANDS :=\n" in text
    assert "build-" not in text


def test_the_stack_is_named_after_the_backend_and_its_stage() -> None:
    settings = "module: example.com/x\nname: Asset-Backend\ndescription: x\nregion: eu-west-1\n"
    view = makefile_view(backend(settings=settings))
    assert (view.stack, view.region) == ("asset-backend", "eu-west-1")


def test_the_readme_lists_the_entities_with_their_specs() -> None:
    text = _text("README.md", readme_view(backend(example("key"))))
    assert "\n| Key | table | `/api/key` | [specs/0.yaml](specs/0.yaml) | An API key that" in text
    assert "pkg/service" not in text
    assert "`pkg/registry`" in text
    assert "\n\n\n" not in text


def test_the_readme_prints_prose_as_it_stands() -> None:
    settings = 'module: example.com/x\nname: x\ndescription: "a | <b> `c` _d_"\n'
    view = readme_view(backend(settings=settings))
    assert view.description == r"a \| \<b\> \`c\` \_d\_"


def test_the_shared_files_are_those_that_have_a_template() -> None:
    found = {
        path.relative_to(template_root()).as_posix().removesuffix(".jinja")
        for package in DATA_PACKAGES
        for path in (template_root() / "pkg" / package).rglob("*.jinja")
    }
    assert found - set(CHARIOT_FILES) == set(DATA_FILES)
    assert list(DATA_FILES) == sorted(DATA_FILES)
