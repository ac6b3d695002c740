"""Random regenerations: an edit of a spec, and what a person did by hand in the meantime.

A pair is what a merge is for: ``base`` was generated, ``ours`` is base with hand edits,
``theirs`` is generated from the edited spec. All of it follows from the seed.
"""

from __future__ import annotations

import copy
import json
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from chariot_gen.errors import SpecError
from chariot_gen.files import Ownership
from chariot_gen.plan.plan import plan_files
from chariot_gen.render.renderer import render
from chariot_gen.resources import template_root
from chariot_gen.spec import load
from chariot_gen.spec.source import SourceFile
from handedits import HandEdit, edit_go
from tools import gofmt
from trees import REPOSITORY

__all__ = ["SPEC_EDITS", "Pair", "formatted", "merged_files", "pairs"]

Spec = dict[str, Any]
Files = Mapping[str, str]

_WORDS = ("region", "owner_mail_address", "zone", "score", "checked_at", "rank", "a_rather_long_name")
_TYPES = ("string", "int", "int64", "bool", "float64", "[]string", "map[string]string")
_OPERATIONS = ("create", "get", "list", "update", "delete")


@dataclass(frozen=True, slots=True)
class Pair:
    """One regeneration: the merged files in three versions, and what was done to them."""

    seed: int
    spec_edit: str
    base: Files
    ours: Files
    theirs: Files
    hand_edits: tuple[HandEdit, ...]


def _add_field(spec: Spec, random: Random) -> None:
    items = list(spec["fields"].items())
    name = random.choice(_WORDS)
    field = {"type": random.choice(_TYPES), "desc": f"A new {name.replace('_', ' ')}."}
    items.insert(random.randrange(len(items) + 1), (name, field))
    spec["fields"] = dict(items)


def _drop_field(spec: Spec, random: Random) -> None:
    name = random.choice(list(spec["fields"]))
    del spec["fields"][name]
    _forget(spec, name)


def _forget(node: Any, name: str) -> None:
    """Drop whatever names a field."""
    if isinstance(node, dict):
        for key, value in list(node.items()):
            if name in (key, value):
                del node[key]
            else:
                _forget(value, name)
    elif isinstance(node, list):
        node[:] = [
            item for item in node if item != name and name not in (item if isinstance(item, dict) else {})
        ]
        node[:] = [item for item in node if not (isinstance(item, dict) and item.get("field") == name)]


def _retype_field(spec: Spec, random: Random) -> None:
    # A comment that the history records is a text.
    field = spec["fields"][random.choice([name for name in spec["fields"] if name != "comment"])]
    field["type"] = random.choice([kind for kind in _TYPES if kind != field.get("type", "string")])
    field.pop("example", None)


def _rename_field(spec: Spec, random: Random) -> None:
    old, new = random.choice(list(spec["fields"])), random.choice(_WORDS)
    text = json.dumps(spec).replace(f'"{old}"', f'"{new}"').replace(f"{{{old}}}", f"{{{new}}}")
    renamed = json.loads(text)
    spec.clear()
    spec.update(renamed)


def _reorder_fields(spec: Spec, random: Random) -> None:
    items = list(spec["fields"].items())
    random.shuffle(items)
    spec["fields"] = dict(items)


def _describe(spec: Spec, random: Random) -> None:
    field = spec["fields"][random.choice(list(spec["fields"]))]
    field["desc"] = random.choice(
        ("Said anew.", "Said anew, and at a length that makes its comment wrap at eighty.")
    )
    if random.random() < 0.3:
        spec["description"] = "Something else altogether."


def _change_key(spec: Spec, random: Random) -> None:
    spec["key"] += random.choice(("#{status}", "#{created}", "#{username}"))


def _add_operation(spec: Spec, random: Random) -> None:
    spec["api"]["operations"].append(random.choice(_OPERATIONS))


def _drop_operation(spec: Spec, random: Random) -> None:
    spec.setdefault("api", {}).setdefault("operations", list(_OPERATIONS))
    operations = spec["api"]["operations"]
    operations.remove(random.choice(operations))


def _add_call(spec: Spec, random: Random) -> None:
    service = random.choice(list(spec["services"].values()))
    params = {
        "id": {"in": "path", "desc": "Which one."},
        "deep": {"type": "bool", "in": "query", "desc": "All of it."},
    }
    call = {"desc": "Look at one.", "method": "GET", "path": "/v2/look/{id}", "params": params}
    service["calls"][random.choice(("look_up", "zoom"))] = call | {
        "response": {"seen": {"desc": "What was seen."}}
    }


def _drop_call(spec: Spec, random: Random) -> None:
    calls = random.choice(list(spec["services"].values()))["calls"]
    del calls[random.choice(list(calls))]


def _change_service(spec: Spec, random: Random) -> None:
    service = random.choice(list(spec["services"].values()))
    service["timeout"] = random.choice(("7s", "20s"))
    call = random.choice(list(service["calls"].values()))
    call["desc"] = "Ask for what is known."
    call.setdefault("response", {})["remark"] = {"desc": "A remark.", "optional": True}


def _drop_service(spec: Spec, random: Random) -> None:
    del spec["services"][random.choice(list(spec["services"]))]


def _change_rules(spec: Spec, random: Random) -> None:
    fields = [name for name, field in spec["fields"].items() if field.get("type", "string") == "string"]
    spec["fields"][random.choice(fields)]["max_length"] = random.choice((12, 99))
    spec.setdefault("normalise", {})[random.choice(fields)] = ["trim", "lower"]


SPEC_EDITS: Mapping[str, Callable[[Spec, Random], None]] = {
    function.__name__.strip("_").replace("_", " "): function
    for function in (
        _add_field, _drop_field, _retype_field, _rename_field, _reorder_fields, _describe, _change_key,
        _add_operation, _drop_operation, _add_call, _drop_call, _change_service, _drop_service, _change_rules,
    )
}  # fmt: skip


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
    while True:
        name = random.choice(sorted(SPEC_EDITS))
        spec = random.choice(list(_examples().values()))[1]
        base = merged_files(json.dumps(spec))
        after = copy.deepcopy(spec)
        try:
            SPEC_EDITS[name](after, random)
            theirs = merged_files(json.dumps(after))
        except (SpecError, KeyError, IndexError):
            continue
        if theirs != base:
            break
    ours, edits = dict(base), []
    touched = sorted(path for path in base if theirs.get(path) not in (None, base[path]))
    for number in range(random.randint(1, 4)):
        path = random.choice(touched if touched and random.random() < 0.85 else sorted(base))
        ours[path], edit = edit_go(path, ours[path], f"handEdit{seed}x{number}", random)
        edits.append(edit)
    return Pair(seed, name, base, ours, theirs, tuple(edits))


@lru_cache(maxsize=4000)
def merged_files(spec: str) -> Files:
    """Return the Go files that people may edit, as the spec (with those of the examples) has them."""
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
        if plan.ownership is Ownership.MERGED
        and plan.path.endswith(".go")
        and plan.entity == entity.names.snake
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
