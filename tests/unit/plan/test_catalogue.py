from __future__ import annotations

import pytest

from chariot_gen.errors import SpecError
from chariot_gen.plan import plan as planning
from chariot_gen.plan.catalogue import CATALOGUE, Scope
from chariot_gen.plan.plan import plan_files
from chariot_gen.resources import template_root
from stacks import backend, example

EXAMPLES = ("host", "key", "new_entity", "person", "port", "technology")


def test_every_template_has_one_row_and_every_row_its_template() -> None:
    templates = [path for path in _templates() if not _is_part(path)]
    assert sorted(row.template for row in CATALOGUE) == templates


def test_every_part_is_part_of_a_template() -> None:
    texts = [(template_root() / path).read_text(encoding="utf-8") for path in _templates()]
    for part in filter(_is_part, _templates()):
        assert any(f'include "{part}"' in text for text in texts), part


def _templates() -> list[str]:
    files = (path for path in template_root().rglob("*") if path.is_file())
    return sorted(path.relative_to(template_root()).as_posix() for path in files)


def _is_part(template: str) -> bool:
    return template.rpartition("/")[2].startswith("_")


def test_a_row_names_what_it_repeats_for() -> None:
    for row in CATALOGUE:
        for scope in Scope:
            assert (scope.name in row.path) is (scope is row.scope and scope is not Scope.BACKEND), row.path


def test_plans_are_sorted_and_each_path_is_planned_once() -> None:
    paths = [plan.path for plan in plan_files(backend(*map(example, EXAMPLES)))]
    assert paths == sorted(set(paths))


def test_a_second_entity_only_adds_files_of_its_own() -> None:
    one = plan_files(backend(example("host")))
    two = plan_files(backend(example("host"), example("port")))
    kept = {plan.path: plan.view for plan in two if not plan.composed}
    assert {plan.path for plan in one} <= {plan.path for plan in two}
    assert all(kept[plan.path] == plan.view for plan in one if not plan.composed)


def test_every_entity_file_names_its_entity_and_a_spec_line() -> None:
    for plan in plan_files(backend(*map(example, EXAMPLES))):
        assert bool(plan.entity) is (plan.origin is not None), plan.path


def test_two_claims_on_one_path_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    row = next(row for row in CATALOGUE if row.path == "pkg/model/model/ENTITY.go")
    monkeypatch.setattr(planning, "CATALOGUE", (row, row))
    with pytest.raises(
        SpecError, match=r"pkg/model/model/host\.go would be written for host; give one of them"
    ):
        plan_files(backend(example("host")))


@pytest.mark.parametrize("name", ["Api", "Authorizer"])
def test_an_entity_is_not_called_as_what_serves_many(name: str) -> None:
    spec = example("key").replace("entity: Key", f"entity: {name}").replace("#key#", f"#{name.lower()}#")
    with pytest.raises(SpecError) as refused:
        plan_files(backend(spec, example("technology")))
    places = {str(diagnostic.location.path) for diagnostic in refused.value.diagnostics}
    assert places == {"specs/0.yaml"}
    assert f"cmd/{name.lower()}/main.go would be written for {name.lower()} and the backend" in str(
        refused.value
    )
