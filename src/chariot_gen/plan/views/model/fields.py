"""The struct, its nested types and its enums."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from chariot_gen import names
from chariot_gen.diagnostics import Location
from chariot_gen.model.entity import Enum, Field, Kind, Struct, Tag
from chariot_gen.plan import golang
from chariot_gen.plan.views.model.scope import Scope
from chariot_gen.plan.views.model.validity import CheckView, struct_check_views

__all__ = [
    "EnumView",
    "FieldView",
    "StructView",
    "enum_views",
    "field_views",
    "sentence",
    "store_key",
    "struct_views",
    "type_doc",
]

_STORE_KEYS = {Kind.GRAPH: "neo4j", Kind.RELATIONSHIP: "neo4j", Kind.TABLE: "dynamodbav"}
_ARTICLES = ("A", "An", "The", "One")
_VERBS = frozenset(
    {"Connects", "Describes", "Holds", "Keeps", "Links", "Marks", "Records", "Says", "Stands", "Tells"}
)
_QUESTIONS = ("How", "What", "When", "Where", "Whether", "Which", "Who")


class FieldView(msgspec.Struct, frozen=True):
    """One field: its comment, its name, its type and its tag."""

    doc: str
    go: str
    type: str
    tag: str
    origin: Location


class StructView(msgspec.Struct, frozen=True):
    """A nested type."""

    doc: str
    go: str
    receiver: str
    fields: tuple[FieldView, ...]
    checks: tuple[CheckView, ...]


class ConstantView(msgspec.Struct, frozen=True):
    """One constant of an enum."""

    doc: str
    go: str
    literal: str


class EnumView(msgspec.Struct, frozen=True):
    """A named string type and its constants."""

    doc: str
    go: str
    receiver: str
    values: str
    constants: tuple[ConstantView, ...]


def store_key(kind: Kind) -> str:
    """Return the struct tag that the store of a kind reads, empty for plain types."""
    return _STORE_KEYS.get(kind, "")


def field_views(scope: Scope, fields: tuple[Field, ...]) -> tuple[FieldView, ...]:
    """Return the views of a struct's fields, in order."""
    return tuple(_field(scope, field) for field in fields)


def struct_views(scope: Scope) -> tuple[StructView, ...]:
    """Return the nested types of the entity."""
    return tuple(_struct(scope, struct) for struct in scope.entity.structs)


def enum_views(scope: Scope) -> tuple[EnumView, ...]:
    """Return the enums of the entity; their validation needs package slices."""
    if scope.entity.enums:
        scope.use("slices")
    return tuple(_enum(enum) for enum in scope.entity.enums)


def sentence(text: str) -> str:
    """Return prose that ends like a sentence."""
    prose = " ".join(text.split())
    return prose if prose[-1:] in (".", "!", "?") else f"{prose}."


def type_doc(name: str, description: str) -> str:
    """Begin a description with the name it documents, as Go asks: ``Host is an internet host.``."""
    noun = names.human(name)
    about = sentence(description)
    first, _, rest = about.partition(" ")
    if first == name:
        return about
    if about.lower() == f"{noun.lower()}.":
        return f"{name} is {names.article(noun)} {noun}."
    if first in _ARTICLES:
        return f"{name} is {first.lower()} {rest}"
    if first in _VERBS:
        return f"{name} {first.lower()} {rest}"
    if first in _QUESTIONS:
        return f"{name} says {first.lower()} {rest}"
    lowered = first if first[1:] != first[1:].lower() else first.lower()
    return f"{name} is {names.article(noun)} {noun}: {lowered} {rest}"


def _field(scope: Scope, field: Field) -> FieldView:
    return FieldView(
        doc=golang.doc_comment(sentence(field.description), indent=1),
        go=field.go,
        type=scope.type_of(field),
        tag=golang.struct_tag(_tags(scope.entity.kind, field)),
        origin=field.location,
    )


def _tags(kind: Kind, field: Field) -> Iterator[tuple[str, str]]:
    key = store_key(kind)
    if key:
        yield key, _tag(field.store) if field.store else "-"
    yield "json", _tag(field.json)
    yield "desc", " ".join(field.description.split())
    if field.example:
        yield "example", field.example
    yield from field.extra_tags


def _tag(tag: Tag) -> str:
    return f"{tag.name},omitempty" if tag.omitempty else tag.name


def _struct(scope: Scope, struct: Struct) -> StructView:
    return StructView(
        doc=golang.doc_comment(type_doc(struct.go, struct.description)),
        go=struct.go,
        receiver=names.receiver(struct.go),
        fields=field_views(scope, struct.fields),
        checks=struct_check_views(scope, struct, names.receiver(struct.go)),
    )


def _enum(enum: Enum) -> EnumView:
    return EnumView(
        doc=golang.doc_comment(type_doc(enum.go, enum.description)),
        go=enum.go,
        receiver=names.receiver(enum.go),
        values=f"{enum.go}Values",
        constants=tuple(
            ConstantView(
                doc=golang.doc_comment(f"{constant} is {golang.string_literal(text)}.", indent=1),
                go=constant,
                literal=golang.string_literal(text),
            )
            for constant, text in enum.values
        ),
    )
