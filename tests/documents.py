"""Random YAML documents with comments, edits of them, and a merge of bare data to judge by."""

from __future__ import annotations

import copy
import itertools
from dataclasses import dataclass, field
from typing import Any

import yaml
from hypothesis import strategies as st

__all__ = [
    "DataConflict",
    "Layout",
    "Mapping",
    "Sequence",
    "documents",
    "edited",
    "load",
    "merge_data",
    "write",
]

KEYS = ("Alarm", "Bucket", "Cluster", "Domain", "Events", "Fn", "Group", "Handler")
SCALARS = (
    "1", "2", "30", "true", "'quoted'", '"say \\"so\\""', "plain text", "http://a/#b", "!Ref Stage",
    "!GetAtt A.Arn", "!Sub 'x-${Stage}'", "", "|\nfirst\n\n  second\n", ">-\nfolded\ntext\n", "~", "é 😀",
)  # fmt: skip
WORDS = tuple(f"word{number}" for number in range(12))
Path = tuple[Any, ...]


@dataclass
class Scalar:
    text: str


@dataclass
class Item:
    """An entry; ``key`` is what a list of mappings knows it by, or the key in a mapping."""

    key: str
    value: Any
    above: list[str] = field(default_factory=list)
    behind: str = ""


@dataclass
class Mapping:
    items: list[Item]
    below: list[str] = field(default_factory=list)


@dataclass
class Sequence:
    """A list: of mappings that have a Name, or of distinct words."""

    items: list[Item]
    below: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Layout:
    indent: int
    indented_dash: bool
    inline: bool


layouts = st.builds(Layout, st.sampled_from([2, 3, 4]), st.booleans(), st.booleans())
_comments = st.lists(st.sampled_from(["# about", "", "#", "# a: b", "# - x"]), max_size=2)


@st.composite
def documents(draw: st.DrawFn) -> Mapping:
    return draw(_mapping(3))


@st.composite
def _mapping(draw: st.DrawFn, depth: int, *, name: str = "") -> Mapping:
    keys = draw(st.lists(st.sampled_from(KEYS), min_size=1, max_size=5 if depth > 1 else 3, unique=True))
    items = [Item(key, draw(_value(depth - 1)), draw(_comments), draw(_behind)) for key in keys]
    if name:
        items.insert(draw(st.integers(0, len(items))), Item("Name", Scalar(name)))
    return Mapping(items, draw(_comments))


_behind = st.sampled_from(["", "", "", "# behind"])
_scalar = st.sampled_from(SCALARS).map(Scalar)


@st.composite
def _value(draw: st.DrawFn, depth: int) -> Any:
    kind = draw(st.sampled_from(["scalar", "mapping", "list", "named"])) if depth else "scalar"
    if kind == "scalar":
        return draw(_scalar)
    if kind == "mapping":
        return draw(_mapping(depth))
    words = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4, unique=True))
    if kind == "list":
        return Sequence([Item(word, Scalar(word), draw(_comments), draw(_behind)) for word in words])
    return Sequence([Item(word, draw(_mapping(depth, name=word)), draw(_comments)) for word in words])


def write(document: Mapping, layout: Layout) -> str:
    return "".join(f"{line}\n" if line else "\n" for line in _lines(document, 0, layout))


def _lines(node: Any, column: int, layout: Layout) -> list[str]:
    pad = " " * column
    lines: list[str] = []
    for item in node.items:
        lines += [f"{pad}{line}" if line else "" for line in item.above]
        head = "-" if isinstance(node, Sequence) else f"{item.key}:"
        lines += _entry(pad + head, item, column, layout, is_item=isinstance(node, Sequence))
    return lines + [f"{pad}{line}" if line else "" for line in node.below]


def _entry(head: str, item: Item, column: int, layout: Layout, *, is_item: bool) -> list[str]:
    behind = f"  {item.behind}" if item.behind else ""
    value = item.value
    if isinstance(value, Scalar):
        first, newline, rest = value.text.partition("\n")
        if newline:
            inner = " " * (column + 2)
            return [
                f"{head} {first}{behind}",
                *(inner + line if line else "" for line in rest.split("\n")[:-1]),
            ]
        return [f"{head} {first}{behind}".rstrip()]
    if not value.items:
        return [f"{head} {'[]' if isinstance(value, Sequence) else '{}'}{behind}"]
    if is_item and layout.inline and not value.items[0].above:
        inner_lines = _lines(value, column + 2, layout)
        return [f"{head} {inner_lines[0].lstrip()}", *inner_lines[1:]]
    deeper = column + layout.indent
    if isinstance(value, Sequence) and not layout.indented_dash and not is_item:
        deeper = column
    return [f"{head}{behind}", *_lines(value, deeper, layout)]


def places(node: Any, path: Path = ()) -> list[tuple[Path, Any, Item]]:
    """Every entry with its path and the collection that it is in."""
    found = []
    for item in [] if isinstance(node, Scalar) else node.items:
        found.append(((*path, item.key), node, item))
        found += places(item.value, (*path, item.key))
    return found


def edited(
    draw: st.DrawFn,
    document: Mapping,
    side: str,
    *,
    forbidden: list[Path] | None = None,
    comments: bool = True,
) -> tuple[Mapping, list[Path]]:
    """Return an edited copy and the paths of what was edited, none of them near a forbidden one."""
    document = copy.deepcopy(document)
    done: list[Path] = []
    numbers = itertools.count()
    for _ in range(draw(st.integers(1, 4))):
        options = [place for place in places(document) if not _near(place[0], forbidden)]
        if not options:
            break
        path, parent, item = draw(st.sampled_from(options))
        kinds = ["add", "add", "delete", "move"]
        kinds += ["change"] if isinstance(parent, Mapping) and item.key != "Name" else []
        kinds += ["comment", "behind", "below"] if comments else []
        spot = _Spot(path, parent, item, f"{side}{next(numbers)}", forbidden)
        done += _EDITS[draw(st.sampled_from(kinds))](draw, spot)
    return document, done


@dataclass
class _Spot:
    """An entry about to be edited; ``mark`` is a text that no other edit has."""

    path: Path
    parent: Any
    item: Item
    mark: str
    forbidden: list[Path] | None


def _change(draw: st.DrawFn, spot: _Spot) -> list[Path]:
    spot.item.value = draw(st.one_of(st.just(Scalar(spot.mark)), _scalar, _value(1)))
    return [spot.path]


def _delete(draw: st.DrawFn, spot: _Spot) -> list[Path]:
    if spot.item.key == "Name" or len(spot.parent.items) == 1:
        return []
    spot.parent.items.remove(spot.item)
    return [spot.path]


def _move(draw: st.DrawFn, spot: _Spot) -> list[Path]:
    if spot.forbidden is None:
        spot.parent.items.remove(spot.item)
        spot.parent.items.insert(draw(st.integers(0, len(spot.parent.items))), spot.item)
    return []


def _add(draw: st.DrawFn, spot: _Spot) -> list[Path]:
    key = draw(st.sampled_from([spot.mark, "Shared"]))
    path = (*spot.path[:-1], key)
    if any(other.key == key for other in spot.parent.items) or _near(path, spot.forbidden):
        return []
    value = draw(_value(1))
    if isinstance(spot.parent, Sequence):
        value = Scalar(key) if isinstance(spot.item.value, Scalar) else draw(_mapping(1, name=key))
    at = spot.parent.items.index(spot.item)
    spot.parent.items.insert(draw(st.integers(at, at + 1)), Item(key, value, draw(_comments)))
    return [path]


def _comment(draw: st.DrawFn, spot: _Spot) -> list[Path]:
    spot.item.above.insert(draw(st.integers(0, len(spot.item.above))), f"# {spot.mark}")
    return []


def _comment_behind(draw: st.DrawFn, spot: _Spot) -> list[Path]:
    if isinstance(spot.item.value, Scalar):
        spot.item.behind = f"# {spot.mark}"
    return []


def _comment_below(draw: st.DrawFn, spot: _Spot) -> list[Path]:
    spot.parent.below.append(f"# {spot.mark}")
    return []


_EDITS = {
    "add": _add,
    "behind": _comment_behind,
    "below": _comment_below,
    "change": _change,
    "comment": _comment,
    "delete": _delete,
    "move": _move,
}


def _near(path: Path, others: list[Path] | None) -> bool:
    """Return whether one of the others leads to this path, or this one to it."""
    return any(path[: len(other)] == other or other[: len(path)] == path for other in others or [])


def load(text: str) -> Any:
    """Read data with tags: scalars as (tag, text), mappings and lists as they are."""
    return _data(yaml.compose(text, Loader=yaml.CSafeLoader))


def _data(node: Any) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {_data(key): _data(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_data(value) for value in node.value]
    return (node.tag, node.value)


class DataConflict(Exception):  # noqa: N818 - an outcome, not a mistake
    pass


_MISSING: Any = object()
_NAME = ("tag:yaml.org,2002:str", "Name")


def merge_data(base: Any, ours: Any, theirs: Any) -> Any:
    """Merge data by key, as the merge of texts must."""
    if theirs in (ours, base):
        return ours
    if ours == base:
        return theirs
    if isinstance(ours, dict) and isinstance(theirs, dict) and (base is _MISSING or isinstance(base, dict)):
        old = {} if base is _MISSING else base
        keys = {**ours, **theirs}
        merged = {
            key: merge_data(old.get(key, _MISSING), ours.get(key, _MISSING), theirs.get(key, _MISSING))
            for key in keys
        }
        return {key: value for key, value in merged.items() if value is not _MISSING}
    if isinstance(ours, list) and isinstance(theirs, list) and (base is _MISSING or isinstance(base, list)):
        return _merge_lists([] if base is _MISSING else base, ours, theirs)
    raise DataConflict


def _merge_lists(base: list[Any], ours: list[Any], theirs: list[Any]) -> list[Any]:
    old, mine, new = ({_identity(item): item for item in side} for side in (base, ours, theirs))
    are_words = not any(isinstance(item, dict) for item in (*base, *ours, *theirs))
    if base and are_words and not set(old) & (set(mine) | set(new)):
        raise DataConflict
    merged = merge_data(old, mine, new)
    first, second = (
        (theirs, ours) if _kept_order(base, ours) and not _kept_order(base, theirs) else (ours, theirs)
    )
    order = [_identity(item) for item in first if _identity(item) in merged]
    previous: Any = None
    for identity in map(_identity, second):
        if identity in merged:
            if identity not in order:
                order.insert(order.index(previous) + 1 if previous in order else 0, identity)
            previous = identity
    return [merged[identity] for identity in order]


def _kept_order(base: list[Any], side: list[Any]) -> bool:
    old, new = list(map(_identity, base)), list(map(_identity, side))
    return [item for item in old if item in new] == [item for item in new if item in old]


def _identity(item: Any) -> Any:
    return item[_NAME] if isinstance(item, dict) else item
