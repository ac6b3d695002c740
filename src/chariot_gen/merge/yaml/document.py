"""Merge whole YAML files, and check what came of it before anybody gets it."""

from __future__ import annotations

from chariot_gen.merge.labels import Labels
from chariot_gen.merge.lines import merge_lines, trivial
from chariot_gen.merge.result import Merged
from chariot_gen.merge.shape import plain
from chariot_gen.merge.yaml.chunks import render
from chariot_gen.merge.yaml.combine import Combiner
from chariot_gen.merge.yaml.nodes import UnreadableError, read
from chariot_gen.merge.yaml.split import Document, split

__all__ = ["merge_yaml"]

_NO_LABELS = Labels()
_SIDES = ("the last generated text", "your file", "the newly generated text")


def merge_yaml(base: str, ours: str, theirs: str, labels: Labels = _NO_LABELS) -> Merged:
    """Merge by key path, in the text of ours.

    A key that one side changed has that side's text; changes of different keys never
    conflict. What cannot be merged by key is merged by line, and a note says why.
    """
    same = trivial(base, ours, theirs)
    if same is not None:
        return Merged(same)
    texts, shapes = zip(*(plain(text) for text in (base, ours, theirs)), strict=True)
    shape = shapes[1].merged_with(shapes[0], shapes[2])
    same = trivial(*texts)
    if same is not None:
        return Merged(shape.apply(same))
    documents: list[Document] = []
    for text, side in zip(texts, _SIDES, strict=True):
        try:
            documents.append(split(text))
        except UnreadableError as problem:
            return _by_line(base, ours, theirs, labels, f"{side} cannot be merged by key ({problem})")
    merged = _by_key(documents[0], documents[1], documents[2], labels)
    if isinstance(merged, str):
        return _by_line(base, ours, theirs, labels, merged)
    return Merged(shape.apply(merged.text), merged.conflicts, merged.notes)


def _by_key(base: Document, ours: Document, theirs: Document, labels: Labels) -> Merged | str:
    """Merge; return why not, if the outcome is not what it must be."""
    if len({document.root.node.form for document in (base, ours, theirs)}) > 1:
        return "one side is a list and another is not"
    prefix = trivial(base.prefix, ours.prefix, theirs.prefix)
    if prefix is None:
        return "its first lines changed on both sides"
    if not base.header == ours.header == theirs.header:
        base, ours, theirs = (document.with_header_in_root() for document in (base, ours, theirs))
    prefix += ours.header
    needed: frozenset[str] = frozenset()
    while True:
        combiner = Combiner(needed)
        piece = combiner.body(base.root, ours.root, theirs.root, ())
        is_empty = piece.print is not None and not piece.print[-1]
        text, conflicts = render((prefix, "{}\n" if is_empty else "", *piece.chunks), labels)
        merged = Merged(text, conflicts, tuple(combiner.notes))
        if conflicts:
            return merged
        try:
            node, _ = read(text)
        except UnreadableError as problem:
            if not problem.alias or problem.alias in needed:
                return f"merged by key it would not be YAML ({problem})"
            needed |= {problem.alias}
            continue
        return merged if node.print == piece.print else "merged by key it would mean something else"


def _by_line(base: str, ours: str, theirs: str, labels: Labels, reason: str) -> Merged:
    merged = merge_lines(base, ours, theirs, labels)
    return Merged(merged.text, merged.conflicts, (f"{reason}, so it was merged by line", *merged.notes))
