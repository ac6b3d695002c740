"""Fields, nested types and enumerations."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from chariot_gen import names
from chariot_gen.diagnostics import Location
from chariot_gen.model.entity import Enum, Field, Struct, Tag
from chariot_gen.model.types import ListType, MapType, NamedKind, NamedType, Type
from chariot_gen.spec.document import Entry, Scalar
from chariot_gen.spec.problems import Problems
from chariot_gen.spec.reader import Block
from chariot_gen.spec.types import STRING, TypeReader

__all__ = ["FieldBuilder", "holds_text", "implicit_field"]

_KEY_LENGTH = 1024


def holds_text(kind: Type) -> bool:
    """Report whether ``max_length`` bounds a value of the type: text, or a list or map of it."""
    match kind:
        case ListType(inner) | MapType(inner):
            return holds_text(inner)
        case NamedType(_, NamedKind.ENUM):
            return True
        case _:
            return kind == STRING


def implicit_field(name: str, description: str, location: Location, *, read_only: bool) -> Field:
    """Return a string field that the kind brings: the key, or an end of an edge."""
    return Field(
        name=name,
        go=names.pascal(name),
        type=STRING,
        json=Tag(name),
        store=Tag(name),
        description=description,
        example="",
        optional=False,
        required=not read_only,
        read_only=read_only,
        transient=False,
        sensitive=False,
        enum=(),
        max_length=_KEY_LENGTH,
        extra_tags=(),
        location=location,
    )


class FieldBuilder(msgspec.Struct, frozen=True):
    """Builds what has fields. ``owner`` is the noun that a derived description ends with."""

    types: TypeReader
    problems: Problems
    owner: str

    def entity_fields(self, root: Block, read_only: Collection[str]) -> tuple[Field, ...]:
        """Return the fields of the sets, then those of ``fields``.

        ``read_only`` names the fields that are so unless the spec says otherwise.
        """
        fields = [
            self._field(entry, block, (group,), read_only)
            for _, group in root.blocks("field_sets")
            for entry, block in group.blocks("fields")
        ]
        fields += [self._field(entry, block, (), read_only) for entry, block in root.blocks("fields")]
        return tuple(fields)

    def struct(self, name: Entry, block: Block) -> Struct:
        """Return a nested type; ``optional: all`` makes each of its fields a pointer."""
        pointers = block.text("optional") == "all"
        fields = tuple(
            self._field(entry, inner, (block,), (), optional=pointers)
            for entry, inner in block.blocks("fields")
        )
        description = block.text("desc") or f"{_sentence(name.key)}."
        return Struct(name.key, description, fields, block.at(name.place))

    def enum(self, name: Entry, block: Block) -> Enum:
        """Return a named string type; each constant starts with the type's name."""
        pairs = [(names.pascal(text), text) for text in block.texts("values")]
        pairs += [(e.key, e.value.text) for e in block.entries("values") if isinstance(e.value, Scalar)]
        values = tuple((name.key + suffix, text) for suffix, text in pairs)
        return Enum(name.key, block.text("desc") or f"{_sentence(name.key)}.", values, block.at(name.place))

    def type_of(self, block: Block) -> Type:
        """Return the type that the block's ``type`` names."""
        node = block.value("type")
        if node is None:
            return STRING
        return self.types.read(block.text("type"), node.place, self.problems)

    def _field(
        self,
        entry: Entry,
        block: Block,
        groups: tuple[Block, ...],
        read_only: Collection[str],
        *,
        optional: bool = False,
    ) -> Field:
        said = (block, *groups)
        kind = self.type_of(block)
        transient = _said(said, "transient")
        omitempty = next((b.text("omitempty") for b in said if b.has("omitempty")), "none")
        json = block.text("json") or names.snake(entry.key)
        store = Tag(block.text("store") or json, omitempty in ("store", "both"))
        return Field(
            name=entry.key,
            go=block.text("go") or names.pascal(entry.key),
            type=kind,
            json=Tag(json, omitempty in ("json", "both")),
            store=None if transient else store,
            description=block.text("desc") or f"{_sentence(entry.key)} of the {self.owner}.",
            example=block.text("example"),
            optional=_said(said, "optional", default=optional),
            required=block.flag("required"),
            read_only=_said(said, "read_only", default=entry.key in read_only),
            transient=transient,
            sensitive=_said(said, "sensitive"),
            enum=block.texts("enum"),
            max_length=block.integer("max_length") if holds_text(kind) else 0,
            extra_tags=_tags(said),
            location=block.at(entry.place),
        )


def _said(blocks: tuple[Block, ...], key: str, *, default: bool = False) -> bool:
    """Return what the nearest block says, the field's own before its set's."""
    said = (block.maybe_flag(key) for block in blocks)
    return next((flag for flag in said if flag is not None), default)


def _tags(blocks: tuple[Block, ...]) -> tuple[tuple[str, str], ...]:
    tags: dict[str, str] = {}
    for block in reversed(blocks):
        if "tags" in block.record.keys:
            tags.update((e.key, e.value.text) for e in block.entries("tags") if isinstance(e.value, Scalar))
    return tuple(tags.items())


def _sentence(name: str) -> str:
    text = names.human(name)
    return text[:1].upper() + text[1:]
