"""What people wrote, under the new names: in our files, and in Go files of their own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

import msgspec

from chariot_gen.errors import ConflictError
from chariot_gen.hooks.identifiers import Index, index
from chariot_gen.merge.golang.literals import literals_of
from chariot_gen.merge.golang.renaming import addresses, changed_words, renamed, words_of
from chariot_gen.merge.rewording import Undecided
from chariot_gen.merge.unite import unite
from chariot_gen.merge.yaml import renaming as templates
from chariot_gen.merge.yaml.following import followed
from chariot_gen.workspace.base import base_path
from chariot_gen.workspace.scratch import scratch

__all__ = ["Followed", "Rendering", "follow"]

# What is local to a method, as m/model.Note.Valid:n.
_METHOD = re.compile(r"\.\w+\.\w+:\w+$")


_NEWLINE = "\n"

# Lays texts out, by path, as the formatters of such files do.
Layout = Callable[[Mapping[str, str]], Mapping[str, str]]


class Rendering(msgspec.Struct, frozen=True):
    """One of our files: as rendered under the old name, under the new one, and as it lies there.

    ``written`` is None where a person removed it. What ``is_theirs`` is never merged.
    """

    path: str
    old: str
    new: str
    written: str | None
    is_theirs: bool = False

    @property
    def is_edited(self) -> bool:
        """Report whether a person's text is in it."""
        return self.written is not None and self.written != self.old


class Followed(msgspec.Struct, frozen=True):
    """A text under the new names; ``places`` counts its identifiers, ``notes`` say what stayed.

    ``undecided`` says what a person has to decide first.
    """

    text: str
    places: int = 0
    notes: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()


def follow(
    module: str, ours: Sequence[Rendering], others: Mapping[str, str], laid_out: Layout
) -> dict[str, Followed]:
    """Return every edited file of ours, and every other Go file that uses what is renamed, by old path.

    ``others`` are the Go files that the renaming does not concern by itself. Raises
    ConflictError where a person uses a new name for something else, or an old one where
    nobody can tell what is meant.
    """
    names, places = _identifiers(module, ours, others)
    found: dict[str, Followed] = {}
    for ours_now in ours:
        if ours_now.is_edited:
            found[ours_now.path] = _edited(ours_now, names, places, laid_out)
    for path, text in others.items():
        uses = [place for place in places.written.get(path, ()) if place.address in names]
        if uses:
            found[path] = Followed(renamed(text, uses, names), len(uses))
    undecided = {path: followed_now.undecided for path, followed_now in found.items()}
    if any(undecided.values()):
        messages = [message for said in undecided.values() for message in said]
        raise ConflictError("\n".join(messages), [path for path, said in undecided.items() if said])
    return found


class _Places(msgspec.Struct, frozen=True):
    """The identifiers of interest in our renderings and in the files as they are."""

    rendered: Index
    written: Index


def _identifiers(
    module: str, ours: Sequence[Rendering], others: Mapping[str, str]
) -> tuple[dict[str, str], _Places]:
    """Return the new name of every address that has one, and where such identifiers stand."""
    go = [rendering for rendering in ours if rendering.path.endswith(".go")]
    changed: dict[str, str] = {}
    for rendering in go:
        changed |= changed_words(rendering.old, rendering.new)
    written = {rendering.path: rendering.written for rendering in go if rendering.written is not None}
    edited = [rendering.written or "" for rendering in go if rendering.is_edited]
    if not changed or not _mentioned(changed, (*others.values(), *edited)):
        return {}, _Places({}, {})
    trees = ({**others, **{rendering.path: rendering.old for rendering in go}}, {**others, **written})
    rendered_index, written_index = _index(module, trees, {*changed, *changed.values()})
    names = _names(go, rendered_index)
    _refuse_taken(names, go, _Places(rendered_index, written_index), trees[1])
    names |= _receivers(names, rendered_index, written_index)
    return names, _Places(rendered_index, written_index)


def _mentioned(words: Mapping[str, str], texts: Sequence[str]) -> bool:
    pattern = re.compile(rf"\b(?:{'|'.join(sorted(words))})\b")
    return any(pattern.search(text) for text in texts)


def _index(module: str, trees: Sequence[Mapping[str, str]], words: set[str]) -> list[Index]:
    contents = {
        f"{number}/{path}": text.encode("utf-8", "surrogateescape")
        for number, tree in enumerate(trees)
        for path, text in tree.items()
    }
    with scratch(contents) as root:
        return index([root / str(number) for number in range(len(trees))], module, words)


def _names(go: Sequence[Rendering], rendered: Index) -> dict[str, str]:
    """Return the addresses that our own files call by one new name wherever they stand."""
    found: dict[str, set[str]] = defaultdict(set)
    for rendering in go:
        for address, name in addresses(rendering.old, rendering.new, rendered.get(rendering.path, ())):
            found[address].add(name)
    settled = {address: next(iter(names)) for address, names in found.items() if len(names) == 1}
    return {address: name for address, name in settled.items() if _last(address) != name}


def _last(address: str) -> str:
    return re.split("[.:]", address)[-1]


def _receivers(names: Mapping[str, str], rendered: Index, written: Index) -> dict[str, str]:
    """Return the receivers of methods that people added to a type whose own receivers are renamed."""
    known = {place.address for places in rendered.values() for place in places}
    added = {place.address for places in written.values() for place in places if place.defines} - known
    renamed_ones = {(_owner(address), _last(address)): name for address, name in names.items()}
    found = {
        address: renamed_ones[_owner(address), _last(address)]
        for address in added
        if (_owner(address), _last(address)) in renamed_ones and _METHOD.search(address)
    }
    return {address: name for address, name in found.items() if _called(address, name) not in added}


def _owner(address: str) -> str:
    """Return the type that a method's local belongs to: ``m/model.Note`` of ``m/model.Note.Valid:n``."""
    return address.rpartition(":")[0].rpartition(".")[0]


def _called(address: str, name: str) -> str:
    """Return the address of what is called otherwise in the same place."""
    return address.removesuffix(_last(address)) + name


def _refuse_taken(
    names: Mapping[str, str], go: Sequence[Rendering], places_of: _Places, texts: Mapping[str, str]
) -> None:
    """Refuse a new name that a person has declared in the very place where it is needed."""
    rendered, written = places_of.rendered, places_of.written
    ours = {place.address for rendering in go for place in rendered.get(rendering.path, ()) if place.defines}
    wanted = {_called(address, name): name for address, name in names.items()}
    taken = [
        (path, texts[path].count("\n", 0, place.offset) + 1, wanted[place.address])
        for path, places in written.items()
        for place in places
        if place.defines and place.address in wanted and place.address not in {*ours, *names}
    ]
    if taken:
        raise ConflictError("\n".join(_taken(*place) for place in taken), [path for path, _, _ in taken])


def _taken(path: str, line: int, name: str) -> str:
    return f"{path}:{line}: declares {name}, which the renaming needs; give it another name and run again"


def _edited(rendering: Rendering, names: Mapping[str, str], places: _Places, laid_out: Layout) -> Followed:
    """Return an edited file of ours: what is renamed follows, everything else is as newly rendered."""
    base, ours = _both(rendering, names, places)
    if rendering.is_theirs or laid_out({rendering.path: base})[rendering.path] == rendering.new:
        return ours
    united = unite(rendering.path, base, ours.text, rendering.new)
    return Followed(united.text, ours.places, united.notes, ours.undecided)


def _both(rendering: Rendering, names: Mapping[str, str], places: _Places) -> tuple[str, Followed]:
    """Return the old rendering and the person's version with what we know to be renamed renamed."""
    path, old, new, written = rendering.path, rendering.old, rendering.new, rendering.written or ""
    if path.endswith(".go"):
        words = words_of(old, new)
        there, here = places.rendered.get(path, ()), places.written.get(path, ())
        count = sum(place.address in names for place in here)
        if rendering.is_theirs:
            return old, Followed(renamed(written, here, names, words), count)
        base = renamed(old, there, names, words, literals_of(old, new, old).at)
        literals = literals_of(old, new, written)
        ours = renamed(written, here, names, words, literals.at)
        return base, Followed(ours, count, undecided=_said(path, written, literals.undecided))
    if path.endswith((".yaml", ".yml")):
        ids = templates.logical_ids(old, new)
        before, edited = templates.renamed(old, ids), templates.renamed(written, ids)
        found = followed(before, new, edited)
        said = _said(path, edited, found.undecided)
        return followed(before, new, before).text, Followed(found.text, undecided=said)
    return old, Followed(written)


def _said(path: str, text: str, undecided: Sequence[Undecided]) -> tuple[str, ...]:
    return tuple(
        f"{path}:{text.count(_NEWLINE, 0, place.offset) + 1}: says {place.old}, which becomes {place.new}, "
        f"and was edited, so that nobody can tell whether this is meant; say {place.new} there, or put back "
        f"what stands in {base_path(path)}, and run again"
        for place in undecided
    )
