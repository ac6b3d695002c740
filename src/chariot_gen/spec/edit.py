"""Rename in the text of specs: every place that says the name, and nothing else.

Comments, order, quotes and layout stay as a person wrote them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from chariot_gen import names
from chariot_gen.errors import SpecError
from chariot_gen.spec.document import Entry, Scalar, parse
from chariot_gen.spec.document import Mapping as Node
from chariot_gen.spec.grammar import Says
from chariot_gen.spec.occurrences import Occurrence, occurrences
from chariot_gen.spec.problems import Problems
from chariot_gen.spec.renaming import Renaming, Subject, declared, members
from chariot_gen.spec.source import Place, SourceFile
from chariot_gen.spec.vocabulary import ENTITY

__all__ = ["entity_of", "members_of", "renamed_path", "renamed_texts", "undone", "without_origin"]

_PLACEHOLDER = re.compile(r"\{(?:[a-z]+:)?[a-z0-9_|]+\}")
_WRAPPED = re.compile(r"(?:\[\]|map\[string\])*")
_LINE_BREAK = re.compile(r"\r\n|\r|\n")

Edit = tuple[int, int, str]  # from, to, the text in between


def renamed_texts(texts: Mapping[str, str], renaming: Renaming) -> dict[str, str]:
    """Return the texts of all specs after a renaming, by path.

    Raises SpecError where a name is written so that it cannot be replaced in place.
    """
    return {path: _renamed(SourceFile(path, text), renaming) for path, text in texts.items()}


def renamed_path(path: str, renaming: Renaming) -> str:
    """Return where a spec belongs after a renaming: a file that bears its entity's name bears the new one."""
    folder, separator, file = path.rpartition("/")
    stem, dot, suffix = file.rpartition(".")
    if renaming.subject is not Subject.ENTITY or stem != names.snake(renaming.old):
        return path
    return f"{folder}{separator}{names.snake(renaming.new)}{dot}{suffix}"


def entity_of(text: str) -> str:
    """Return the name of a spec's entity, or nothing where the file has none."""
    root = parse(Problems(SourceFile("", text)))
    return _entity(root) if root else ""


def members_of(text: str, subject: Subject) -> set[str]:
    """Return the names of a spec's fields or services."""
    root = parse(Problems(SourceFile("", text)))
    return {entry.key for entry in members(root, subject)} if root else set()


def undone(texts: Mapping[str, str], renamings: Sequence[Renaming]) -> dict[str, str]:
    """Return the specs as they would read had nothing been renamed."""
    for renaming in reversed(renamings):
        texts = renamed_texts(texts, renaming.undone)
    return dict(texts)


def without_origin(text: str, renaming: Renaming) -> str:
    """Return a spec without the ``renamed_from`` of what is renamed: it tells of an older name."""
    for said in declared([SourceFile("", text)]):
        if (said.renaming.subject, said.renaming.new) == (renaming.subject, renaming.new):
            return _without(said.source, said.entry)
    return text


def _without(source: SourceFile, entry: Entry) -> str:
    """Return the text without an entry, and without its line if nothing else stands there."""
    text = source.text
    start, end = _span(source, entry.place)[0], _span(source, entry.value.place)[1]
    first = text.rfind("\n", 0, start) + 1
    last = len(text) if text.find("\n", end) < 0 else text.find("\n", end) + 1
    if not text[first:start].strip() and re.fullmatch(r"[ \t]*(?:#[^\n]*)?\r?\n?", text[end:last]):
        return text[:first] + text[last:]
    if after := re.match(r"[ \t]*,[ \t]*", text[end:]):
        return text[:start] + text[end + after.end() :]
    before = re.search(r"[ \t]*,?[ \t]*$", text[:start])
    return text[: before.start() if before else start] + text[end:]


def _entity(root: Node) -> str:
    entry = root.entry("entity")
    return entry.value.text if entry and isinstance(entry.value, Scalar) else ""


def _renamed(source: SourceFile, renaming: Renaming) -> str:
    root = parse(Problems(source))
    if root is None:
        return source.text
    owner = _entity(root)
    if owner != (renaming.entity or owner):
        return source.text
    edits = {
        edit
        for occurrence in occurrences(root, ENTITY)
        for edit in _edits(source, occurrence, renaming, own=owner == renaming.old)
    }
    text = source.text
    for start, end, replacement in sorted(edits, reverse=True):
        text = text[:start] + replacement + text[end:]
    return text


def _edits(source: SourceFile, found: Occurrence, renaming: Renaming, *, own: bool) -> Iterator[Edit]:
    """Yield the edits that one text needs; ``own`` says that it stands in the renamed entity's spec."""
    after = _said_anew(found, renaming, own=own)
    if after == found.text:
        return
    start, end = _span(source, found.place)
    raw = source.text[start:end]
    at = raw.find(found.text)
    if at >= 0:
        yield start + at, start + at + len(found.text), after
    elif raw[:1] == '"' and raw[-1:] == '"' and len(raw) > 1:
        yield start, end, json.dumps(after, ensure_ascii=False)
    else:
        message = f"`{renaming.old}` is written so that it cannot be replaced"
        remedy = "write the text on one line, without escapes, and run again"
        raise SpecError([source.diagnostic(found.place, message, remedy)])


def _said_anew(found: Occurrence, renaming: Renaming, *, own: bool) -> str:
    """Return the text as it reads after the renaming."""
    old, new, text = renaming.old, renaming.new, found.text
    match renaming.subject, found.says:
        case (Subject.ENTITY, Says.ENTITY) | (Subject.FIELD, Says.FIELD) | (Subject.SERVICE, Says.SERVICE):
            return new if text == old else text
        case (Subject.ENTITY, Says.TYPE):
            wrapping = _WRAPPED.match(text)
            prefix = wrapping[0] if wrapping else ""
            return prefix + new if text == prefix + old else text
        case (Subject.ENTITY, Says.CONSTRUCTOR) if own:
            return re.sub(rf"^New{old}(?=[A-Z]|$)", f"New{new}", text)
        case (Subject.FIELD, Says.TEMPLATE):
            word = re.compile(rf"(?<![a-z0-9_:]){old}(?![a-z0-9_:])|(?<=:){old}(?![a-z0-9_])")
            return _PLACEHOLDER.sub(lambda match: word.sub(new, match[0]), text)
    return text


def _span(source: SourceFile, place: Place) -> tuple[int, int]:
    """Return the offsets of a place in the text."""
    starts = [0, *(match.end() for match in _LINE_BREAK.finditer(source.text))]
    start = starts[place.line - 1] + place.column - 1
    if place.line == 1 and source.text.startswith("\ufeff"):
        start += 1
    return start, start + place.length
