"""What is left alone because nothing that it is made from has changed is what a whole run would make."""

from __future__ import annotations

import contextlib
import copy
import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from random import Random

import pytest
import yaml

from backends import CASES
from chariot_gen import generate
from chariot_gen.diagnostics import Diagnostic
from chariot_gen.errors import SpecError
from chariot_gen.model.backend import Backend
from chariot_gen.pipeline.inputs import Inputs, Source
from chariot_gen.pipeline.request import Request
from chariot_gen.pipeline.sources import sources
from chariot_gen.pipeline.understanding import UNDERSTANDING, Understanding
from chariot_gen.plan.plan import plan_files
from chariot_gen.render.renderer import render
from chariot_gen.resources import template_root
from chariot_gen.spec import load, load_again
from chariot_gen.workspace.tree import Tree
from specedits import SPEC_EDITS, Spec
from trees import tree

STEPS = 40
RUNS = 12
SETTINGS = Source("chariot.yaml", "module: example.com/backend\n")

World = dict[str, Spec]


def _name_another(world: World, random: Random) -> None:
    """Let a spec name something that another one declares."""
    other, spec = random.choice(list(world.values())), random.choice(list(world.values()))
    names = [*other.get("types", {}), *other.get("enums", {})] or [other["entity"]]
    kind = random.choice(["{}", "[]{}", "map[string]{}"]).format(random.choice(names))
    spec.setdefault("fields", {})["neighbour"] = {"type": kind, "desc": "A neighbour."}


def _mix_in_another(world: World, random: Random) -> None:
    plain = [spec["entity"] for spec in world.values() if spec.get("kind") == "plain"]
    random.choice(list(world.values())).setdefault("mixins", []).append(random.choice(plain))


def _rename_an_entity(world: World, random: Random) -> None:
    """Rename an entity in its own spec; whoever names it may be left behind."""
    spec = random.choice(list(world.values()))
    old, new = spec["entity"], random.choice(["Widget", "Gadget", *(s["entity"] for s in world.values())])
    everywhere = random.random() < 0.5
    for path, each in world.items():
        if everywhere or each is spec:
            world[path] = json.loads(json.dumps(each, ensure_ascii=False).replace(f'"{old}"', f'"{new}"'))


def _change_an_enum(world: World, random: Random) -> None:
    spec = random.choice([spec for spec in world.values() if spec.get("enums")])
    enum = random.choice(list(spec["enums"].values()))
    values = enum.get("values", enum)
    if isinstance(values, list):
        values.pop(0)
    else:
        del values[next(iter(values))]


def _change_a_type(world: World, random: Random) -> None:
    spec = random.choice([spec for spec in world.values() if spec.get("types")])
    fields = random.choice(list(spec["types"].values()))["fields"]
    fields[f"added{len(fields)}"] = {"type": "int", "desc": "A number.", "required": True}


def _drop_a_spec(world: World, random: Random) -> None:
    del world[random.choice(list(world))]


def _move_a_spec(world: World, random: Random) -> None:
    path = random.choice(list(world))
    world[f"specs/moved{random.randrange(1000)}.yaml"] = world.pop(path)


def _edit_one(world: World, random: Random) -> None:
    random.choice(list(SPEC_EDITS.values()))(random.choice(list(world.values())), random)


_EDITS = (
    *[_edit_one] * 6, *[_name_another, _change_an_enum, _change_a_type] * 2,
    _name_another, _mix_in_another, _rename_an_entity, _change_an_enum, _drop_a_spec, _move_a_spec,
)  # fmt: skip


def _world(case: str) -> World:
    """Return the specs of a case, some of which name types and enums of others."""
    world = {
        f"specs/{path.name}": yaml.safe_load(path.read_text(encoding="utf-8"))
        for path in sorted(CASES[case].glob("*.yaml"))
    }
    random = Random(case)  # noqa: S311
    for _ in range(2 * len(world)):
        linked = copy.deepcopy(world)
        _name_another(linked, random)
        with contextlib.suppress(SpecError):
            load(SETTINGS, _inputs(linked).specs)
            world = linked
    return world


def _inputs(world: World) -> Inputs:
    specs = tuple(
        Source(path, json.dumps(spec, indent=1, ensure_ascii=False)) for path, spec in sorted(world.items())
    )
    return Inputs(SETTINGS, specs, {source.path: source.path for source in specs}, {})


def _understand(root: Path, inputs: Inputs) -> Backend:
    """Load as a run does that left its understanding in the tree."""
    known = Understanding(Tree(root), "generator")
    backend, understood = load_again(inputs.settings, inputs.specs, known)
    (root / UNDERSTANDING).write_bytes(known.content(understood))
    return backend


def _said(load: Callable[[], Backend]) -> Backend | Sequence[Diagnostic]:
    try:
        return load()
    except SpecError as error:
        return error.diagnostics


def _texts(inputs: Inputs, backend: Backend) -> dict[tuple[str, str], str]:
    """Return every file of an entity by its path and the hash of what it is made from."""
    made_from = sources(inputs, backend)
    return {
        (plan.path, made_from[plan.entity]): render(plan, template_root()).text
        for plan in plan_files(backend)
        if plan.entity
    }


def _agree(before: Mapping[tuple[str, str], str], now: Mapping[tuple[str, str], str]) -> int:
    spared = before.keys() & now.keys()
    for path, made_from in spared:
        assert before[path, made_from] == now[path, made_from], f"{path} changed, and nobody would have seen"
    return len(spared)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("case", sorted(CASES))
def test_what_is_not_made_anew_is_what_it_would_be(case: str, seed: int, tmp_path: Path) -> None:
    random = Random(f"{case} {seed}")  # noqa: S311
    world = _world(case)
    (tmp_path / UNDERSTANDING).parent.mkdir(parents=True)
    texts = _texts(_inputs(world), _understand(tmp_path, _inputs(world)))
    spared = made = refused = 0
    for _ in range(STEPS):
        edited = copy.deepcopy(world)
        try:
            random.choice(_EDITS)(edited, random)
        except (KeyError, IndexError, AttributeError, TypeError):
            continue
        inputs = _inputs(edited)
        whole = _said(partial(load, inputs.settings, inputs.specs))
        assert _said(partial(_understand, tmp_path, inputs)) == whole
        if not isinstance(whole, Backend):
            refused += 1
            continue
        now = _texts(inputs, whole)
        spared += _agree(texts, now)
        made += len(now)
        world, texts = (edited if len(edited) > 2 else _world(case)), texts | now
    assert refused, "no spec was refused: the edits do not reach far enough"
    assert made // 4 < spared < made, "all or nothing was spared: the hashes see too much or too little"


@pytest.mark.parametrize("case", sorted(CASES))
def test_a_regenerated_tree_is_a_new_one_byte_for_byte(case: str, tmp_path: Path) -> None:
    random = Random(case)  # noqa: S311
    world, changed = _world(case), 0
    _generate(tmp_path / "kept", world)
    for step in range(RUNS):
        edited = copy.deepcopy(world)
        with contextlib.suppress(KeyError, IndexError, AttributeError, TypeError):
            random.choice(_EDITS)(edited, random)
        try:
            _generate(tmp_path / f"new{step}", edited)
        except SpecError:
            with pytest.raises(SpecError):
                _generate(tmp_path / "kept", edited)
            continue
        _generate(tmp_path / "kept", edited)
        new = tree(tmp_path / f"new{step}", without=(".chariot/cache",))
        assert tree(tmp_path / "kept", without=(".chariot/cache",)) == new
        changed += edited != world
        world = edited
    assert changed > RUNS // 3


def _generate(root: Path, world: World) -> None:
    """Bring a backend up to date with these specs, and with no others."""
    shutil.rmtree(root / "specs", ignore_errors=True)
    (root / "specs").mkdir(parents=True)
    (root / SETTINGS.path).write_text(SETTINGS.text, encoding="utf-8")
    for source in _inputs(world).specs:
        (root / source.path).write_text(source.text, encoding="utf-8")
    generate(Request(root, hooks=False))
