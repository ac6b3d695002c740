"""Say which entry of one version is which of another.

A key of a mapping is itself. An entry of a sequence is, in this order of trust: what its
identifying key says, its value in a list of distinct scalars, its place beside entries
that did not change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from difflib import SequenceMatcher

from chariot_gen.merge.yaml.nodes import Form, Node, Print
from chariot_gen.merge.yaml.split import Entry

__all__ = ["Identity", "identify", "order", "replaced"]

Identity = Hashable
Entries = Sequence[Entry]
Ids = list[Identity]

# The keys that CloudFormation, SAM, OpenAPI, and GitHub's workflows know their entries by.
_IDENTIFYING = (
    ("Sid",),
    ("Key",),
    ("IndexName",),
    ("AttributeName",),
    ("PolicyName",),
    ("ParameterKey",),
    ("Name",),
    ("ResourcePath", "HttpMethod"),
    ("Id",),
    ("Label",),
    ("id",),
    ("key",),
    ("name",),
)
_SIMILAR = 0.5


def identify(
    form: Form, base: Entries, ours: Entries, theirs: Entries, *, by_place: bool
) -> tuple[Ids, Ids, Ids]:
    """Return the identities of three versions' entries; ``by_place`` if places have a meaning."""
    sides = (base, ours, theirs)
    if form is Form.MAPPING:
        return _ids([entry.key for entry in side] for side in sides)
    if not by_place:
        for keys in _IDENTIFYING:
            if all(_identifier(entry.node, keys) for entry in base or (*ours, *theirs)):
                ids = [
                    [_identifier(entry.node, keys) or entry.node.print for entry in side] for side in sides
                ]
                if all(map(_distinct, ids)):
                    return _ids(ids)
        ids = [[entry.node.print for entry in side] for side in sides]
        if all(map(_distinct, ids)) and all(_is_scalar(entry.node) for side in sides for entry in side):
            return _ids(ids)
    return _by_place(base, ours, theirs, strict=by_place)


def order(base: Ids, ours: Ids, theirs: Ids, kept: set[Identity]) -> Ids:
    """Return what is kept in our order, and what only they have behind what precedes it there.

    The order is theirs where only they changed it.
    """
    skeleton, other = ours, theirs
    if _common(base, ours) == _common(ours, base) and _common(base, theirs) != _common(theirs, base):
        skeleton, other = theirs, ours
    result = [identity for identity in skeleton if identity in kept]
    known = set(skeleton)
    at = 0
    for identity in other:
        if identity not in kept:
            continue
        if identity in known:
            at = result.index(identity) + 1
        else:
            result.insert(at, identity)
            at += 1
    return result


def replaced(base: Node, ours: Node, theirs: Node) -> bool:
    """Return whether neither side kept anything of a list of scalars: that is no set of additions."""
    if base.form is not Form.SEQUENCE or not all(
        map(_is_scalar, base.children + ours.children + theirs.children)
    ):
        return False
    old, mine, new = ({child.print for child in node.children} for node in (base, ours, theirs))
    return bool(old) and not old & (mine | new)


def _common(these: Ids, those: Ids) -> Ids:
    others = set(those)
    return [identity for identity in these if identity in others]


def _identifier(node: Node, keys: tuple[str, ...]) -> Identity | None:
    """Return the values of the identifying keys, or None if it has not all of them."""
    if node.form is not Form.MAPPING or node.tag is not None:
        return None
    values = {key.text: value.print for key, value in node.pairs if key.form is Form.SCALAR}
    return (keys, *(values[key] for key in keys)) if all(key in values for key in keys) else None


def _distinct(ids: Sequence[Identity]) -> bool:
    return len(set(ids)) == len(ids)


def _ids(ids: Iterable[Ids]) -> tuple[Ids, Ids, Ids]:
    base, ours, theirs = ids
    return base, ours, theirs


def _is_scalar(node: Node) -> bool:
    return node.form in (Form.SCALAR, Form.ALIAS)


def _by_place(base: Entries, ours: Entries, theirs: Entries, *, strict: bool) -> tuple[Ids, Ids, Ids]:
    # What both added is one addition, even where on one side it seems to replace something.
    added = _prints(ours) & _prints(theirs) - _prints(base)
    mine, new = (_placed(base, side, added, strict=strict) for side in (ours, theirs))
    return list(range(len(base))), mine, new


def _prints(entries: Entries) -> set[Print]:
    return {entry.node.print for entry in entries}


def _placed(base: Entries, side: Entries, added: set[Print], *, strict: bool) -> Ids:
    """Return for each entry the index in base of the one that it was, or a new identity."""
    old, new = [entry.node.print for entry in base], [entry.node.print for entry in side]
    found: dict[int, int] = {}
    for tag, low, high, start, stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal" or (strict and high - low == stop - start):
            found |= dict(zip(range(start, stop), range(low, high), strict=True))
        elif tag == "replace":
            found |= _similar(base, side, range(low, high), range(start, stop))
    found = {index: place for index, place in found.items() if new[index] not in added}
    ids: Ids = []
    seen: Counter[Identity] = Counter()
    for index, value in enumerate(new):
        ids.append(found.get(index, ("new", value, seen[value])))
        seen[value] += index not in found
    return ids


def _similar(base: Entries, side: Entries, old: range, new: range) -> dict[int, int]:
    """Pair what replaced each other: the only scalar, or collections that have half of it in common."""
    found: dict[int, int] = {}
    for index in new:
        node = side[index].node
        for candidate in old:
            other = base[candidate].node
            if candidate in found.values() or node.form is not other.form or node.tag != other.tag:
                continue
            if _is_scalar(node):
                is_same = len(old) == len(new) and candidate - old.start == index - new.start
            else:
                is_same = _likeness(node, other) >= _SIMILAR
            if is_same:
                found[index] = candidate
                break
    return found


def _likeness(one: Node, other: Node) -> float:
    if one.form is Form.MAPPING:
        left, right = Counter(_pair_prints(one)), Counter(_pair_prints(other))
    else:
        left, right = Counter(c.print for c in one.children), Counter(c.print for c in other.children)
    return (left & right).total() / max(left.total(), right.total(), 1)


def _pair_prints(node: Node) -> list[Hashable]:
    return [(key.print, value.print) for key, value in node.pairs]
