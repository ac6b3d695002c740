"""The few shapes that a value in a spec can have.

:mod:`chariot_gen.spec.vocabulary` puts them together into one table, from which both
the checker (:mod:`chariot_gen.spec.shape`) and the JSON Schema
(:mod:`chariot_gen.spec.schema`) are made, so that the two cannot drift apart.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import msgspec

__all__ = [
    "Choice", "Either", "Flag", "Format", "Integer", "Key", "ListOf", "MapOf", "Number", "OneOf", "Record",
    "Says", "Shape", "Text", "Value",
]  # fmt: skip


class Says(StrEnum):
    """What a text names, or holds the names of."""

    ENTITY = "entity"
    FIELD = "field"
    SERVICE = "service"
    TYPE = "type"  # as []Asset
    TEMPLATE = "template"  # as #host#{ip}
    CONSTRUCTOR = "constructor"  # as NewAsset


class Format(msgspec.Struct, frozen=True):
    """What a text must look like: ``noun`` names it, ``remedy`` says how to write one.

    ``pattern`` holds for the whole text, in the dialect that Python and ECMAScript share;
    ``limit`` bounds its length.
    """

    noun: str
    pattern: str
    remedy: str
    limit: int

    def matches(self, text: str) -> bool:
        """Report whether the text looks so; the pattern is compiled when it is first needed."""
        return re.fullmatch(self.pattern, text) is not None


class Text(msgspec.Struct, frozen=True):
    """Text on one line (or several, with ``lines``).

    ``loose`` also takes numbers and booleans, as they stand in the file. ``says`` tells
    whose name the text is or holds, so that it follows when that is renamed.
    """

    format: Format | None = None
    longest: int = 500
    empty: bool = False
    lines: bool = False
    loose: bool = False
    says: Says | None = None

    @property
    def max_length(self) -> int:
        """The largest number of characters: the format's, or else ``longest``."""
        return self.format.limit if self.format else self.longest


class Integer(msgspec.Struct, frozen=True):
    """A whole number within bounds, both inclusive."""

    minimum: int
    maximum: int


class Number(msgspec.Struct, frozen=True):
    """A finite number."""


class Flag(msgspec.Struct, frozen=True):
    """``true`` or ``false``."""


class Value(msgspec.Struct, frozen=True):
    """A constant: text, a finite number or a boolean."""


class Choice(msgspec.Struct, frozen=True):
    """One of these words."""

    words: tuple[str, ...]


class ListOf(msgspec.Struct, frozen=True):
    """A list without duplicates, at least ``minimum`` and at most ``maximum`` items long."""

    item: Shape
    minimum: int = 0
    maximum: int = 200


class MapOf(msgspec.Struct, frozen=True):
    """A mapping from names of the author's choice, at most ``maximum`` of them where that is set."""

    key: Text | Choice
    value: Shape
    minimum: int = 0
    maximum: int | None = None


class Key(msgspec.Struct, frozen=True):
    """One key of a record, as the reference and the editor's pop-up describe it."""

    shape: Shape
    description: str
    example: Any
    required: bool = False
    default: Any = None


class Record(msgspec.Struct, frozen=True):
    """A mapping with known keys. Of ``any_of``, where set, at least one must stand."""

    keys: Mapping[str, Key]
    any_of: tuple[str, ...] = ()


class OneOf(msgspec.Struct, frozen=True):
    """One of several records, told apart by which of these keys stands in it."""

    records: Mapping[str, Record]


class Either(msgspec.Struct, frozen=True):
    """A short form (scalar or list) or a long one (list or mapping), told apart by the kind of node."""

    scalar: Text | Choice | Value | Flag | None = None
    sequence: ListOf | None = None
    mapping: Record | OneOf | MapOf | None = None


Shape = Text | Integer | Number | Flag | Value | Choice | ListOf | MapOf | Record | OneOf | Either
