"""Random specs: valid ones of every kind, and broken ones made from them."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from chariot_gen import names

__all__ = ["broken_specs", "field_names", "spec_text", "valid_specs"]

Spec = dict[str, Any]
# Changes a spec in place, or returns the text to read instead.
Mutation = Callable[[Spec], str | None]

_TEXTS = ("string",)
_NUMBERS = ("int", "int32", "int64", "float32", "float64")
_TYPES = (
    *_TEXTS, *_NUMBERS, "bool", "bytes", "time", "json", "any", "[]string", "[]int", "[]bool",
    "map[string]string", "map[string]int", "[][]string", "go:net/netip.Addr",
)  # fmt: skip
_TAKEN = frozenset(
    """
    base_model defaulted get_agent serial get_description get_hooks get_key get_labels get_partition_key group
    identifier key label merge nodes set_username source standalone table_model target username valid
    validate visit tags history remove agent logit ip_address
    """.split()  # noqa: SIM905 - a list of words reads better so
)
_PROSE = st.text(
    st.characters(categories=("L", "N", "P", "S", "Zs"), exclude_characters="\u2028\u2029"),
    min_size=1,
    max_size=60,
).filter(lambda text: bool(text.strip()))
_ENTITY_NAMES = st.from_regex(r"[A-Z][a-z]{2,7}([A-Z][a-z]{2,7}){0,2}", fullmatch=True).filter(
    lambda name: (
        names.snake(name) not in {"clock", "doc", "history", "tags", "origination", "data", "local"}
        and name not in {"Now", "Future", "Local", "Data"}
        and names.snake(name).rpartition("_")[2]
        not in {"test", "linux", "windows", "wasm", "aix", "ios", "js"}
    )
)


def field_names() -> st.SearchStrategy[str]:
    """Names of fields that no generated name is in the way of."""
    words = st.from_regex(r"[a-z]{2,8}(_[a-z]{2,8}){0,2}", fullmatch=True)
    return words.filter(lambda name: name not in _TAKEN and names.pascal(name) != "")


def spec_text(spec: Spec) -> str:
    """Return a spec as a file: JSON is YAML, and says exactly what is meant."""
    return json.dumps(spec, ensure_ascii=False, indent=1)


@st.composite
def valid_specs(draw: st.DrawFn) -> Spec:
    """A spec that loads, of any kind, with any of the behaviours and services."""
    kind = draw(st.sampled_from(["graph", "table", "relationship", "plain"]))
    entity = draw(_ENTITY_NAMES)
    spec: Spec = {"entity": entity, "kind": kind, "description": draw(_PROSE)}
    spec["fields"] = draw(_fields())
    flat = names.flat(entity)
    if kind in {"graph", "table"}:
        spec["key"] = f"#{flat}#{{title}}"
    if kind == "graph":
        spec["labels"] = [entity, "TTL"]
    if kind == "relationship":
        spec["relationship"] = {"label": draw(st.sampled_from(["HAS_PART", "{title}"]))}
    spec |= draw(_behaviour(spec["fields"]))
    if kind in {"graph", "table"} and draw(st.booleans()):
        spec["services"] = {"outside": draw(_service(spec["fields"]))}
    if kind in {"graph", "table"} and draw(st.booleans()):
        spec["api"] = draw(_api())
        if kind == "table" and draw(st.booleans()):
            spec["key"] = f"#{flat}#{{serial}}"
            spec["fields"]["serial"] = {"desc": draw(_PROSE)}
            spec["defaults"] = {**spec.get("defaults", {}), "serial": {"generate": "uuid4"}}
        if "soft_delete" in spec["api"]:
            spec["fields"]["gone_for_good"] = {"type": "bool", "desc": draw(_PROSE)}
    return spec


@st.composite
def _api(draw: st.DrawFn) -> Spec:
    operations = st.sampled_from(["create", "get", "list", "update", "patch", "delete"])
    api: Spec = {"operations": draw(st.lists(operations, min_size=1, unique=True))}
    api["contract"] = draw(st.sampled_from(["rest", "chariot", "both"]))
    if api["contract"] != "chariot" and draw(st.booleans()):
        api["operations"].append("batch")
    if draw(st.booleans()):
        api["page_size"] = draw(st.integers(1, 4))
        api["max_page_size"] = draw(st.integers(api["page_size"], 5))
    if api["contract"] != "rest":
        api["answer"] = draw(st.sampled_from(["item", "list", "plural"]))
    if api["contract"] == "chariot" and "get" in api["operations"] and "list" not in api["operations"]:
        api["operations"].append("list")
    if "delete" in api["operations"] and draw(st.booleans()):
        api["soft_delete"] = {"gone_for_good": True}
    return api


@st.composite
def _fields(draw: st.DrawFn) -> Spec:
    drawn = draw(st.lists(field_names(), max_size=8, unique_by=names.flat))
    fields: Spec = {"title": {"desc": draw(_PROSE), "required": True}}
    for name in drawn:
        if names.flat(name) == "title":
            continue
        field: Spec = {"type": draw(st.sampled_from(_TYPES)), "desc": draw(_PROSE)}
        for flag in ("optional", "transient", "sensitive"):
            if draw(st.booleans()):
                field[flag] = draw(st.booleans())
        if draw(st.booleans()):
            field["omitempty"] = draw(st.sampled_from(["none", "json", "store", "both"]))
        if field["type"] == "string" and draw(st.booleans()):
            field["enum"] = ["first", "second"]
        fields[name] = field
    return fields


@st.composite
def _behaviour(draw: st.DrawFn, fields: Spec) -> Spec:
    """Defaults, steps, rules and policies for those fields that can have them."""
    spec: Spec = {"defaults": {}, "normalise": {"title": ["trim"]}, "valid": [], "visit": {}}
    for name, field in fields.items():
        if not draw(st.booleans()):
            continue
        kind = field.get("type", "string")
        if kind == "string" and "enum" not in field and name != "title":
            generators = [{"generate": "uuid4"}, {"generate": "base32", "bytes": 16}]
            spec["defaults"][name] = draw(st.sampled_from(["now", "A", {"const": "empty"}, *generators]))
            spec["visit"][name] = draw(
                st.sampled_from(["always", "if_set", "if_self_empty", {"unless": "P"}])
            )
        elif kind == "int64":
            spec["defaults"][name] = {"hours": 5}
        elif kind in _NUMBERS and not field.get("transient"):
            spec["valid"].append({"field": name, "min": 1, "max": 10})
        elif kind == "bool":
            spec["visit"][name] = "sticky"
        elif kind.startswith("map"):
            spec["defaults"][name] = "empty"
            spec["visit"][name] = "copy_map"
        elif kind in {"[]string", "[]int", "[]bool"}:
            spec["visit"][name] = "union"
    spec["valid"].append({"field": "title", "regexp": "^[a-z]+$"})
    spec["constructor"] = ["title"]
    return {key: value for key, value in spec.items() if value}


@st.composite
def _service(draw: st.DrawFn, fields: Spec) -> Spec:
    auth = draw(
        st.sampled_from(
            [
                {"kind": "none"},
                {"kind": "bearer", "secret": "outside-token"},
                {"kind": "basic", "secret": "outside/login"},
                {"kind": "api_key", "in": "header", "name": "X-Api-Key", "secret": "outside-key"},
            ]
        )
    )
    response = {name: {"type": fields[name].get("type", "string")} for name in fields if name != "title"}
    call: Spec = {
        "path": "/items/{id}",
        "params": {"id": {"in": "path", "field": "title"}},
        "response": response,
    }
    if response and draw(st.booleans()):
        call["map"] = {name: name for name in response}
    return {"base_url": "https://api.example.com", "auth": auth, "timeout": "1500ms", "calls": {"get": call}}


@st.composite
def broken_specs(draw: st.DrawFn) -> str:
    """The text of a valid spec after one mutation that cannot leave it valid."""
    spec = copy.deepcopy(draw(valid_specs()))
    mutation = draw(st.sampled_from(sorted(_MUTATIONS)))
    text = _MUTATIONS[mutation](spec)
    return text if isinstance(text, str) else spec_text(spec)


def _without(key: str) -> Mutation:
    return lambda spec: spec.pop(key) and None


def _with(**items: object) -> Mutation:
    return lambda spec: spec.update(items)


def _with_field(**options: object) -> Mutation:
    return lambda spec: spec["fields"].update(broken={"desc": "Broken.", **options})


_MUTATIONS: dict[str, Mutation] = {
    "bad constructor": _with(constructor=["nowhere"]),
    "bad default": _with(defaults={"title": 5}),
    "bad enum": _with_field(type="int", enum=["a"]),
    "bad kind": _with(kind="grpah"),
    "bad memory": _with(memory="much"),
    "bad pattern": _with(valid=[{"field": "title", "regexp": "(?=x)"}]),
    "bad range": _with(valid=[{"field": "title", "min": 1}]),
    "bad type": _with_field(type="strng"),
    "bidi": _with(description="a \u202e b"),
    "control": _with(description="a \x07 b"),
    "duplicate": lambda spec: spec_text(spec)[:-2] + ',\n "entity": "Twice"\n}',
    "line break": _with(description="a\nb"),
    "no description": _without("description"),
    "no entity": _without("entity"),
    "null": _with(fields=None),
    "path": _with(entity="../Escape"),
    "reserved": lambda spec: spec["fields"].update(validate={"desc": "Reserved."}),
    "tag": lambda spec: f"{spec_text(spec)[:-2]},\n custom: !!python/name:os.system []\n}}",
    "truncated": lambda spec: spec_text(spec)[:-3],
    "unknown key": _with(zzz=1),
    "unknown visit": _with(visit={"nowhere": "always"}),
}
