"""Keys, defaults, hooks, validity, constructors, visit and merge."""

from __future__ import annotations

from chariot_gen.model.behaviour import CustomKind, Generator, Policy, Step
from chariot_gen.spec import formats
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
    Says,
    Shape,
    Text,
    Value,
)  # fmt: skip

__all__ = [
    "CONSTRUCTOR",
    "CUSTOM",
    "DEFAULT",
    "DERIVE",
    "ENTITY_REF",
    "FIELD_REF",
    "KEY",
    "NORMALISE",
    "POLICY",
    "RULE",
]

FIELD_REF = Text(formats.FIELD_NAME, says=Says.FIELD)
ENTITY_REF = Text(formats.EXPORTED, says=Says.ENTITY)
_TEMPLATE = Text(longest=500, says=Says.TEMPLATE)
_STEPS = tuple(step.value for step in Step if step is not Step.REPLACE)
_POLICIES = tuple(policy.value for policy in Policy if policy is not Policy.UNLESS)
_NAMED_RULES = ("nonempty", "present", "prefix", "regexp", "each_nonempty")
_ON_FIELD = Key(FIELD_REF, "The field that the rule is about.", "ip", required=True)


def _one(key: str, shape: Shape, description: str, example: object, **more: Key) -> Record:
    return Record({key: Key(shape, description, example, required=True), **more})


KEY = Either(
    scalar=_TEMPLATE,
    mapping=Record(
        {
            "template": Key(_TEMPLATE, "The template.", "#condition#{name}[-{value}]", required=True),
            "if_empty": Key(Flag(), "Build the key only while it is empty.", example=True, default=False),
            "max": Key(Integer(16, 2048), "Largest key in bytes.", 1024, default=0),
            "truncate": Key(FIELD_REF, "The field to cut so that the key fits `max`.", "value"),
            "join": Key(Text(empty=True, longest=10), "What joins the items of a list.", "-", default=","),
        }
    ),
)

DEFAULT = Either(
    scalar=Value(),
    mapping=OneOf(
        {
            "hours": _one("hours", Integer(0, 876_000), "Expiry, in hours from now (Unix seconds).", 720),
            "generate": _one(
                "generate",
                Choice(tuple(generator.value for generator in Generator)),
                "A new id: uuid4, uuid7 or base32.",
                "base32",
                bytes=Key(Integer(8, 64), "Random bytes of a base32 id.", 16, default=16),
            ),
            "const": _one("const", Value(), "A constant, also where it reads `now` or `empty`.", "now"),
        }
    ),
)

NORMALISE = ListOf(
    Either(
        scalar=Choice(_STEPS),
        mapping=_one(
            "replace",
            ListOf(Text(empty=True), minimum=2, maximum=2),
            "Replace the first text by the second.",
            ["_", "-"],
        ),
    ),
    minimum=1,
)

DERIVE = Either(
    scalar=Value(),
    mapping=OneOf(
        {
            "from": _one("from", FIELD_REF, "The field to copy.", "name"),
            "map": Record(
                {
                    "map": Key(
                        MapOf(Text(empty=True), Value(), minimum=1),
                        "A table from the texts of `of` to values.",
                        {"critical": 0, "high": 10},
                        required=True,
                    ),
                    "of": Key(FIELD_REF, "The field that is looked up.", "severity", required=True),
                    "else": Key(Value(), "The value for any other text; without it the field stays.", 99),
                }
            ),
            "const": _one("const", Value(), "A constant, also where it reads `now`.", "now"),
        }
    ),
)

RULE = OneOf(
    {
        "rule": Record(
            {
                "field": _ON_FIELD,
                "rule": Key(Choice(_NAMED_RULES), "What must hold.", "nonempty", required=True),
                "value": Key(Text(), "The prefix or the regular expression.", "#"),
            }
        ),
        "regexp": _one(
            "regexp",
            Text(),
            "Regular expression (RE2) that the text must match.",
            "^[0-9a-f.:]+$",
            field=_ON_FIELD,
        ),
        "prefix": _one("prefix", Text(), "Text that the value must start with.", "#", field=_ON_FIELD),
        "min": Record(
            {
                "field": _ON_FIELD,
                "min": Key(Number(), "Smallest value allowed.", 1, required=True),
                "max": Key(Number(), "Largest value allowed.", 65535),
            }
        ),
        "max": _one("max", Number(), "Largest value allowed.", 65535, field=_ON_FIELD),
        "any_of": _one(
            "any_of", ListOf(FIELD_REF, minimum=2), "At least one of these is not empty.", ["email", "name"]
        ),
        "constant": _one("constant", Flag(), "`false`: no value is ever valid.", example=False),
    }
)

CONSTRUCTOR = Either(
    sequence=ListOf(FIELD_REF),
    mapping=_one(
        "from",
        ENTITY_REF,
        "Type or entity whose like-named fields are copied.",
        "Target",
        params=Key(ListOf(FIELD_REF), "Fields that are passed after it.", ["name"], default=()),
    ),
)

POLICY = Either(
    scalar=Choice(_POLICIES),
    mapping=OneOf(
        {
            "unless": _one("unless", Value(), "The other's value, unless ours is this.", "P"),
            "if_self_set": _one(
                "if_self_set", Flag(), "The other's value, if ours is not empty.", example=True
            ),
        }
    ),
)

CUSTOM = Either(
    scalar=Text(formats.GO_NAME),
    mapping=_one(
        "name",
        Text(formats.GO_NAME),
        "Name of the method.",
        "checkOwner",
        kind=Key(
            Choice(tuple(kind.value for kind in CustomKind)),
            "Where it is called.",
            "valid",
            default=CustomKind.HOOK.value,
        ),
    ),
)
