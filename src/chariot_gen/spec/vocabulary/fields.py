"""Fields, the sets that share their options, nested types and enumerations."""

from __future__ import annotations

from chariot_gen.spec import formats
from chariot_gen.spec.grammar import Choice, Either, Flag, Integer, Key, ListOf, MapOf, Record, Says, Text

__all__ = ["ENUM", "FIELD", "FIELDS", "FIELD_SET", "STRUCT", "TYPE_KEY", "describe"]

OMITEMPTY = ("none", "json", "store", "both")
DEFAULT_LENGTH = 1024

TYPE_KEY = Key(
    Text(formats.TYPE, says=Says.TYPE),
    "Type: string, bool, int, int32, int64, float32, float64, bytes, time, json, any, []T, map[string]T, "
    "a name from `types` or `enums`, an entity of the backend, or go:import/path.Type. Values of an entity "
    "within another are taken as they are sent: its rules, defaults, hooks and read-only fields do not hold "
    "there, so parts that must be checked belong into `types`.",
    "[]string",
    default="string",
)
GO_KEY = Key(Text(formats.EXPORTED), "Go name, where the derived one will not do.", "CountryCode")

_TAGS = Key(
    MapOf(Text(formats.TAG_KEY), Text(longest=200)),
    "Further struct tags, passed through.",
    {"capmodel": "Port"},
)
_OMITEMPTY = Key(
    Choice(OMITEMPTY), "Which tags carry omitempty: none, json, store or both.", "both", default="none"
)
_OPTIONAL = Key(
    Flag(), "Make the Go field a pointer: absent differs from empty.", example=True, default=False
)
_READ_ONLY = Key(
    Flag(),
    "Set by the backend and refused in requests. True for fields with a default of now, hours or "
    "generate and for derived ones, unless said otherwise.",
    example=True,
)
_TRANSIENT = Key(Flag(), "Never stored: the store tag is `-`.", example=True, default=False)
_SENSITIVE = Key(
    Flag(), "Never logged, and empty in every response but create's.", example=True, default=False
)


def describe(example: str) -> Key:
    """Return the key ``desc`` of something that a doc comment is written for."""
    return Key(Text(), "One sentence; becomes the doc comment.", example)


FIELD = Record(
    {
        "type": TYPE_KEY,
        "desc": describe("Address of the host."),
        "example": Key(
            Text(loose=True, empty=True), "Value for the docs and the tests.", "198.51.100.7", default=""
        ),
        "json": Key(
            Text(formats.JSON_NAME), "Name in JSON. The field's own name, unless set.", "countryCode"
        ),
        "store": Key(
            Text(formats.JSON_NAME), "Name in the store. The JSON name, unless set.", "country_code"
        ),
        "go": GO_KEY,
        "optional": _OPTIONAL,
        "omitempty": _OMITEMPTY,
        "required": Key(Flag(), "Must be sent, and not empty, on create.", example=True, default=False),
        "read_only": _READ_ONLY,
        "transient": _TRANSIENT,
        "sensitive": _SENSITIVE,
        "enum": Key(
            ListOf(Text(longest=200), minimum=1),
            "The values that a text may have. For a Go type of its own use `enums`.",
            ["tcp", "udp"],
        ),
        "max_length": Key(
            Integer(1, 1_000_000), "Largest number of characters of a text.", 45, default=DEFAULT_LENGTH
        ),
        "tags": _TAGS,
    }
)

RENAMED_FIELD = Key(
    Text(formats.FIELD_NAME), "Name that the field had; what people wrote with it follows.", "hostname"
)
_ENTITY_FIELD = Record({**FIELD.keys, "renamed_from": RENAMED_FIELD})
# A value is written, and shown, as a whole.
_PART = Record({key: said for key, said in FIELD.keys.items() if key not in ("read_only", "sensitive")})
_NAME = Text(formats.FIELD_NAME, says=Says.FIELD)

FIELDS = MapOf(_NAME, _ENTITY_FIELD)

FIELD_SET = Record(
    {
        "optional": _OPTIONAL,
        "omitempty": _OMITEMPTY,
        "read_only": _READ_ONLY,
        "transient": _TRANSIENT,
        "sensitive": _SENSITIVE,
        "tags": _TAGS,
        "fields": Key(
            MapOf(_NAME, _ENTITY_FIELD, minimum=1),
            "The fields of the set; what a field says itself wins.",
            {"city": {"desc": "City of residence.", "example": "London"}},
            required=True,
        ),
    }
)

STRUCT = Record(
    {
        "desc": describe("One position that a person holds or held."),
        "optional": Key(
            Choice(("all", "none")),
            "`all` makes every field a pointer.",
            "all",
            default="none",
        ),
        "omitempty": _OMITEMPTY,
        "fields": Key(
            MapOf(Text(formats.FIELD_NAME), _PART, minimum=1),
            "Fields of the type, as those of an entity. `read_only` and `sensitive` are for the field that "
            "holds such a value.",
            {"title": {"desc": "Title of the position.", "example": "Engineer"}},
            required=True,
        ),
    }
)

ENUM = Record(
    {
        "desc": describe("What the holder of a key may do."),
        "values": Key(
            Either(
                sequence=ListOf(Text(longest=200), minimum=1),
                mapping=MapOf(Text(formats.EXPORTED), Text(longest=200), minimum=1),
            ),
            "The texts, or a mapping from Go names (without the type's) to texts.",
            ["admin", "analyst", "readonly"],
            required=True,
        ),
    }
)
