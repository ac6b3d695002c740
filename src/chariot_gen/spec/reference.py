"""The reference of the vocabulary in Markdown, made from the table that the checker reads."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator

from chariot_gen.spec.grammar import (
    Choice,
    Either,
    Flag,
    Integer,
    Key,
    ListOf,
    MapOf,
    Number,
    OneOf,
    Record,
    Shape,
    Text,
    Value,
)
from chariot_gen.spec.vocabulary import ENTITY, SETTINGS

__all__ = ["reference"]

_INTRODUCTION = """\
# Reference of the spec

One file per entity in `specs/`, and `chariot.yaml` for the whole backend. This page is what
`chariot-gen schema --markdown` prints; without `--markdown` it prints JSON Schema, and every
backend has that under `.chariot/schema/`, where editors find it. Scalars follow YAML 1.2: `on`,
`no` and dates are text. Keys in **bold** are required.
"""


def reference() -> str:
    """Return the whole page, ending with a line break."""
    sections = [*_sections("An entity's spec", ENTITY), *_sections("chariot.yaml", SETTINGS)]
    return "\n".join([_INTRODUCTION, *sections])


def _sections(title: str, top: Record) -> Iterator[str]:
    """Yield the section of a record and of each record below it, each once, the nearest first."""
    seen: dict[int, str] = {}
    waiting = deque([(title, "", top)])
    while waiting:
        heading, path, record = waiting.popleft()
        if id(record) in seen:
            continue
        seen[id(record)] = heading
        level = "##" if record is top else "###"
        rows = "\n".join(_row(name, key) for name, key in record.keys.items())
        yield f"{level} {heading}\n\n| key | takes | unless set | what it does |\n|---|---|---|---|\n{rows}\n"
        for name, key in record.keys.items():
            found = _records(key.shape, f"{path}{name}")
            waiting.extend((f"`{inner}`", f"{inner}.", below) for inner, below in found)


def _row(name: str, key: Key) -> str:
    label = f"**`{name}`**" if key.required else f"`{name}`"
    default = "" if key.default in (None, "", ()) else f"`{_inline(key.default)}`"
    example = f" For example `{_inline(key.example)}`."
    return f"| {label} | {_escape(_takes(key.shape))} | {default} | {_escape(key.description + example)} |"


def _takes(shape: Shape) -> str:
    match shape:
        case ListOf(item):
            return f"a list of {_takes(item)}"
        case MapOf(_, value):
            return f"by name: {_takes(value)}"
        case Record(keys):
            return f"a mapping with {_words(keys)}"
        case OneOf(records):
            return f"a mapping with {_words(records)}"
        case Either():
            forms = (shape.scalar, shape.sequence, shape.mapping)
            return ", or ".join(_takes(form) for form in forms if form is not None)
        case _:
            return _takes_scalar(shape)


def _takes_scalar(shape: Shape) -> str:
    match shape:
        case Text(format=form):
            return form.noun if form else "text"
        case Choice(words):
            return " \N{MIDDLE DOT} ".join(f"`{word}`" for word in words)
        case Integer(minimum, maximum):
            return f"a whole number from {minimum} to {maximum}"
        case _:
            nouns = {Number: "a number", Flag: "`true` or `false`", Value: "text, a number or a boolean"}
            return nouns[type(shape)]


def _records(shape: Shape, path: str) -> Iterator[tuple[str, Record]]:
    """Yield the records below a shape with their paths: ``fields.<name>`` where names are free."""
    match shape:
        case Record():
            yield path, shape
        case MapOf(_, value):
            yield from _records(value, f"{path}.<name>")
        case ListOf(item):
            yield from _records(item, f"{path}[]")
        case OneOf(records):
            yield from ((f"{path} ({word})", record) for word, record in records.items())
        case Either():
            for form in (shape.sequence, shape.mapping):
                if form is not None:
                    yield from _records(form, path)


def _words(keys: object) -> str:
    return ", ".join(f"`{key}`" for key in keys) if isinstance(keys, dict) else ""


def _inline(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _escape(text: str) -> str:
    return text.replace("|", "\\|")
