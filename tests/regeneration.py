"""Random regenerations: an edit of a spec, and what a person did by hand in the meantime.

A pair is what a merge is for: ``base`` was generated, ``ours`` is base with hand edits,
``theirs`` is generated from the edited spec. All of it follows from the seed.
"""

from __future__ import annotations

import copy
import json
import re
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from random import Random

import yaml

from chariot_gen.errors import SpecError
from chariot_gen.files import FilePlan, Ownership
from chariot_gen.plan.plan import plan_files
from chariot_gen.render.renderer import render
from chariot_gen.resources import template_root
from chariot_gen.spec import load
from chariot_gen.spec.source import SourceFile
from handedits import HandEdit, edit_go
from specedits import SPEC_EDITS, Spec
from stackedits import StackEdit, edit_stack
from tools import gofmt
from trees import REPOSITORY

__all__ = [
    "Pair",
    "StackPair",
    "TreePair",
    "example_tree",
    "formatted",
    "pairs",
    "stack_pairs",
    "tree_pairs",
]

Files = Mapping[str, str]

_GENERATED = "// Code generated"
_ON_DEMAND = re.compile(r"^//go:build [^!]", re.MULTILINE)
_SIDES = ("base", "ours", "theirs")


@dataclass(frozen=True, slots=True)
class Pair:
    """One regeneration: the merged files in three versions, and what was done to them."""

    seed: int
    spec_edit: str
    base: Files
    ours: Files
    theirs: Files
    hand_edits: tuple[HandEdit, ...]


@dataclass(frozen=True, slots=True)
class TreePair:
    """One regeneration of a whole backend: every Go file in three versions."""

    seed: int
    spec_edit: str
    base: dict[str, str]
    ours: dict[str, str]
    theirs: dict[str, str]

    @property
    def sides(self) -> tuple[dict[str, str], ...]:
        """The three versions."""
        return self.base, self.ours, self.theirs

    @property
    def edited(self) -> tuple[str, ...]:
        """The paths of what was edited by hand."""
        return tuple(sorted(path for path, text in self.ours.items() if text != self.base.get(path)))


@dataclass(frozen=True, slots=True)
class StackPair:
    """One regeneration of an entity's CloudFormation template."""

    seed: int
    spec_edit: str
    base: str
    ours: str
    theirs: str
    edits: tuple[StackEdit, ...]


def pairs(count: int, first: int = 0) -> list[Pair]:
    """Return pairs by seed; everything is formatted, as a person's editor would leave it."""
    raw = [_pair(seed) for seed in range(first, first + count)]
    texts = formatted(
        [text for pair in raw for side in (pair.base, pair.ours, pair.theirs) for text in side.values()]
    )
    return [_with_texts(pair, texts) for pair in raw]


def _with_texts(pair: Pair, texts: Mapping[str, str]) -> Pair:
    sides = [
        {path: texts[text] for path, text in side.items()} for side in (pair.base, pair.ours, pair.theirs)
    ]
    return Pair(pair.seed, pair.spec_edit, *sides, pair.hand_edits)


def _pair(seed: int) -> Pair:
    random = Random(seed)  # noqa: S311 - the same pairs every time
    name, base, theirs = _regenerated(random, _code_of)
    ours, edits = dict(base), []
    touched = sorted(path for path in base if theirs.get(path) not in (None, base[path]))
    for number in range(random.randint(1, 4)):
        path = random.choice(touched if touched and random.random() < 0.85 else sorted(base))
        ours[path], edit = edit_go(path, ours[path], f"handEdit{seed}x{number}", random)
        edits.append(edit)
    return Pair(seed, name, base, ours, theirs, tuple(edits))


def stack_pairs(count: int, first: int = 0) -> list[StackPair]:
    """Return pairs of an entity's CloudFormation template by seed."""
    return [_stack_pair(seed) for seed in range(first, first + count)]


def _stack_pair(seed: int) -> StackPair:
    random = Random(seed)  # noqa: S311 - the same pairs every time
    name, befores, afters = _regenerated(random, _stack_of)
    (base,), (theirs,) = befores.values(), afters.values()
    ours, edits = base, []
    for number in range(random.randint(1, 4)):
        ours, edit = edit_stack(ours, f"handEdit{seed}x{number}", random)
        edits.append(edit)
    return StackPair(seed, name, base, ours, theirs, tuple(edits))


def tree_pairs(count: int, first: int = 0) -> list[TreePair]:
    """Return pairs of whole backends by seed, what people may edit formatted."""
    raw = [_tree_pair(seed) for seed in range(first, first + count)]
    texts = formatted(
        [side[path] for pair in raw for side in pair.sides for path in pair.edited if path in side]
    )
    return [
        replace(pair, **{name: _laid_out(getattr(pair, name), pair.edited, texts) for name in _SIDES})
        for pair in raw
    ]


def _tree_pair(seed: int) -> TreePair:
    random = Random(seed)  # noqa: S311 - the same pairs every time
    name, base, theirs = _regenerated(random, _whole_tree)
    ours = dict(base)
    touched = sorted(
        path
        for path, text in base.items()
        if not text.startswith(_GENERATED) and theirs.get(path, text) != text
    )
    for number in range(random.randint(1, 3)):
        path = random.choice(touched or ["pkg/model/model/host.go"])
        ours[path], _ = edit_go(path, ours[path], f"handEdit{seed}x{number}", random)
    return TreePair(seed, name, dict(base), ours, dict(theirs))


def _laid_out(side: Files, edited: Sequence[str], texts: Mapping[str, str]) -> dict[str, str]:
    return {path: texts[text] if path in edited else text for path, text in side.items()}


def _regenerated(random: Random, generate: Callable[[str], Files]) -> tuple[str, Files, Files]:
    """Return the name of a spec edit, and what is generated before and after it, which differs."""
    while True:
        name = random.choice(sorted(SPEC_EDITS))
        spec = random.choice(list(_examples().values()))[1]
        base = generate(json.dumps(spec))
        after = copy.deepcopy(spec)
        try:
            SPEC_EDITS[name](after, random)
            theirs = generate(json.dumps(after))
        except (SpecError, KeyError, IndexError):
            continue
        if theirs != base:
            return name, base, theirs


@lru_cache(maxsize=4000)
def _code_of(spec: str) -> Files:
    """Return the Go files that people may edit, as the spec (with those of the examples) has them."""
    return _rendered(spec, lambda plan: _is_editable(plan) and plan.path.endswith(".go"), of_entity=True)


@lru_cache(maxsize=4000)
def _stack_of(spec: str) -> Files:
    return _rendered(spec, lambda plan: _is_editable(plan) and plan.path.endswith(".yaml"), of_entity=True)


@lru_cache(maxsize=400)
def _whole_tree(spec: str) -> Files:
    """Return every Go file of the examples' backend with one spec in place of its own."""
    files = _rendered(spec, lambda plan: plan.path.endswith(".go"), of_entity=False)
    # What is built only on demand asks for what a test has not got.
    return {path: text for path, text in files.items() if not _ON_DEMAND.search(text)}


def example_tree() -> Files:
    """Return every Go file of the examples' backend."""
    return _whole_tree(json.dumps(next(iter(_examples().values()))[1]))


def _is_editable(plan: FilePlan) -> bool:
    return plan.ownership is Ownership.MERGED


def _rendered(spec: str, wanted: Callable[[FilePlan], bool], *, of_entity: bool) -> Files:
    name = json.loads(spec)["entity"]
    others = [SourceFile(f"{other}.yaml", text) for other, (text, _) in _examples().items() if other != name]
    backend = load(
        SourceFile("chariot.yaml", "module: example.com/backend\n"),
        [SourceFile("edited.yaml", spec), *others],
    )
    entity = next(entity for entity in backend.entities if entity.names.go == name)
    return {
        plan.path: render(plan, template_root()).text
        for plan in plan_files(backend)
        if wanted(plan) and (not of_entity or plan.entity == entity.names.snake)
    }


@lru_cache(maxsize=1)
def _examples() -> Mapping[str, tuple[str, Spec]]:
    texts = [
        path.read_text(encoding="utf-8")
        for path in sorted((REPOSITORY / "examples" / "specs").glob("*.yaml"))
    ]
    return {spec["entity"]: (text, spec) for text in texts for spec in [yaml.safe_load(text)]}


def formatted(texts: Sequence[str]) -> dict[str, str]:
    """Return each text as gofmt writes it; one that is not Go stays as it is."""
    distinct = sorted(set(texts))
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / f"{index}.go" for index in range(len(distinct))]
        for file, text in zip(files, distinct, strict=True):
            file.write_text(text, encoding="utf-8")
        subprocess.run([gofmt(), "-w", folder], capture_output=True, check=False)
        return {text: file.read_text(encoding="utf-8") for text, file in zip(distinct, files, strict=True)}
