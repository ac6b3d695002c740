"""Random edits of a spec: each changes what is generated, or raises where the spec has no room for it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from random import Random
from typing import Any

__all__ = ["SPEC_EDITS", "Spec"]

Spec = dict[str, Any]

_WORDS = ("region", "owner_mail_address", "zone", "score", "checked_at", "rank", "a_rather_long_name")
_TYPES = ("string", "int", "int64", "bool", "float64", "[]string", "map[string]string")
_OPERATIONS = ("create", "get", "list", "update", "delete")


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


def _change_lambda(spec: Spec, random: Random) -> None:
    spec[random.choice(("memory", "concurrency"))] = random.choice((128, 900))
    spec["timeout"] = random.choice(("7s", "25s"))


def _change_rules(spec: Spec, random: Random) -> None:
    fields = [name for name, field in spec["fields"].items() if field.get("type", "string") == "string"]
    spec["fields"][random.choice(fields)]["max_length"] = random.choice((12, 99))
    spec.setdefault("normalise", {})[random.choice(fields)] = ["trim", "lower"]


SPEC_EDITS: Mapping[str, Callable[[Spec, Random], None]] = {
    function.__name__.strip("_").replace("_", " "): function
    for function in (
        _add_field, _drop_field, _retype_field, _rename_field, _reorder_fields, _describe, _change_key,
        _add_operation, _drop_operation, _add_call, _drop_call, _change_service, _drop_service, _change_rules,
        _change_lambda,
    )
}  # fmt: skip
