"""Let an edited YAML file follow a renaming by its places: the keys and values that the rendering renames.

What two renderings have in one place under two names is the same thing renamed. A place is
a path of keys, and in a list the entry that is the same by what identifies it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from chariot_gen.merge.rewording import Undecided, UndecidedError, reworded
from chariot_gen.merge.yaml.identity import identify
from chariot_gen.merge.yaml.nodes import Form, Node, UnreadableError, read
from chariot_gen.merge.yaml.split import Entry

__all__ = ["Followed", "followed"]

_Edit = tuple[int, int, str]
_Triple = tuple[Node, Node, Node]


class Followed(msgspec.Struct, frozen=True):
    """A text under the new names, and the places that nobody can tell the new name of."""

    text: str
    undecided: tuple[Undecided, ...] = ()


def followed(old: str, new: str, written: str) -> Followed:
    """Return a person's version with what the rendering calls otherwise renamed in its place.

    A file that cannot be read by key stays as it is.
    """
    texts = (old, new, written)
    try:
        roots = [read(text)[0] for text in texts]
    except UnreadableError:
        return Followed(written)
    follower = _Follower(texts)
    follower.follow((roots[0], roots[1], roots[2]))
    for start, end, replacement in sorted(follower.edits, reverse=True):
        written = written[:start] + replacement + written[end:]
    return Followed(written, tuple(follower.undecided))


class _Follower:
    """Walks the three trees side by side."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self.edits: list[_Edit] = []
        self.undecided: list[Undecided] = []

    def follow(self, nodes: _Triple) -> None:
        """Note what becomes of the third node: its keys, its entries, and its value where it has neither."""
        forms = {node.form for node in nodes}
        if nodes[0].print == nodes[1].print:
            return
        if forms == {Form.MAPPING}:
            self._mapping(nodes)
        elif forms == {Form.SEQUENCE}:
            for triple in _entries(nodes):
                self.follow(triple)
        elif forms == {Form.SCALAR}:
            self._value(nodes)

    def _mapping(self, nodes: _Triple) -> None:
        before, after, here = ({key.print: (key, value) for key, value in node.pairs} for node in nodes)
        gone = [key for key in before if key not in after]
        came = [key for key in after if key not in before]
        heirs = dict(zip(gone, came, strict=True)) if len(gone) == len(came) else {}
        for name, (key, value) in before.items():
            heir = heirs.get(name, name)
            if name not in here or heir not in after:
                continue
            if heir != name and heir in here:
                self._undecided(here[name][0], key.text, after[heir][0].text)
                continue
            if heir != name:
                self._replace(here[name][0], self._source(1, after[heir][0]))
            self.follow((value, after[heir][1], here[name][1]))

    def _value(self, nodes: _Triple) -> None:
        old, new, written = (self._source(side, node) for side, node in enumerate(nodes))
        try:
            self._replace(nodes[2], reworded(old, new, written))
        except UndecidedError as problem:
            self._undecided(nodes[2], problem.old, problem.new)

    def _source(self, side: int, node: Node) -> str:
        return self._texts[side][node.start : node.end]

    def _replace(self, node: Node, text: str) -> None:
        if text != self._source(2, node):
            self.edits.append((node.start, node.end, text))

    def _undecided(self, node: Node, old: str, new: str) -> None:
        self.undecided.append(Undecided(node.start, old, new))


def _entries(nodes: _Triple) -> Iterator[_Triple]:
    """Yield the entries of a list that all versions have."""
    before, after, here = (list(node.children) for node in nodes)
    if len(before) != len(after):
        return
    sides = [[Entry(node.print, "", "", "", "", "", node) for node in side] for side in (before, here)]
    ids, mine, _ = identify(Form.SEQUENCE, sides[0], sides[1], sides[1], by_place=False)
    places = {identity: index for index, identity in enumerate(mine)}
    for index, identity in enumerate(ids):
        if identity in places:
            yield before[index], after[index], here[places[identity]]
