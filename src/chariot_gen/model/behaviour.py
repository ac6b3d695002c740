"""How values of an entity behave: defaults, hooks, validity, constructors, visit and merge."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from chariot_gen.diagnostics import Location

__all__ = [
    "Behaviour", "Constructor", "Custom", "CustomKind", "Default", "DefaultKind", "Derive",
    "DeriveKind", "Generator", "MergePolicy", "Normalise", "Policy", "Rule", "RuleKind", "Step",
]  # fmt: skip

Constant = str | int | float | bool


class DefaultKind(StrEnum):
    """Where a default comes from."""

    CONSTANT = "constant"
    NOW = "now"
    TTL = "ttl"
    GENERATE = "generate"
    EMPTY = "empty"


class Generator(StrEnum):
    """How an id is made."""

    UUID4 = "uuid4"
    UUID7 = "uuid7"
    BASE32 = "base32"


class Default(msgspec.Struct, frozen=True):
    """The value a field has before anything is known.

    ``value`` is the constant of CONSTANT; ``hours`` counts from now for TTL (Unix
    seconds); ``generator`` and ``size`` (random bytes, for base32) are GENERATE's;
    EMPTY makes an empty list or map.
    """

    field: str
    kind: DefaultKind
    value: Constant = ""
    hours: int = 0
    generator: Generator | None = None
    size: int = 16
    location: Location | None = None


class Step(StrEnum):
    """One normalisation of a string."""

    LOWER = "lower"
    UPPER = "upper"
    TRIM = "trim"
    KEBAB = "kebab"
    REPLACE = "replace"


class Normalise(msgspec.Struct, frozen=True):
    """Steps applied to a string field in order; REPLACE carries (old, new)."""

    field: str
    steps: tuple[tuple[Step, tuple[str, str] | None], ...]
    location: Location | None = None


class DeriveKind(StrEnum):
    """Where a derived field takes its value from."""

    CONSTANT = "constant"
    COPY = "copy"
    LOOKUP = "lookup"
    NOW = "now"


class Derive(msgspec.Struct, frozen=True):
    """A field computed in a hook: a constant, another field, or a table over one."""

    field: str
    kind: DeriveKind
    value: Constant = ""
    source: str = ""
    table: tuple[tuple[str, Constant], ...] = ()
    otherwise: Constant | None = None
    location: Location | None = None


class RuleKind(StrEnum):
    """What ``valid`` can demand."""

    NONEMPTY = "nonempty"
    PRESENT = "present"
    PREFIX = "prefix"
    PATTERN = "pattern"
    RANGE = "range"
    ANY_OF = "any_of"
    EACH_NONEMPTY = "each_nonempty"
    CONSTANT = "constant"


class Rule(msgspec.Struct, frozen=True):
    """One condition of validity.

    ``fields`` has one name, or several for ANY_OF. ``text`` is the prefix or the RE2
    pattern. ``minimum`` and ``maximum`` are inclusive; None leaves a side open.
    """

    kind: RuleKind
    fields: tuple[str, ...]
    text: str = ""
    minimum: int | float | None = None
    maximum: int | float | None = None
    location: Location | None = None


class Constructor(msgspec.Struct, frozen=True):
    """One constructor: positional ``params`` (field names), or the fields of a struct.

    ``source`` is the Go name of a nested type or an entity whose like-named fields are
    copied first; params come after it.
    """

    name: str
    params: tuple[str, ...]
    source: str = ""
    location: Location | None = None


class Policy(StrEnum):
    """What happens to a field when the same thing is seen again or edited.

    ``always``: the other's value. ``if_set``: the other's, if non-empty.
    ``if_self_empty``: the other's, if ours is empty. ``unless``: the other's, unless
    ours equals ``value``. ``if_self_set``: the other's, if ours is non-empty.
    ``sticky``: true once either is. ``union``: append what is new. ``copy_map``: put
    the other's entries over ours. ``history``: the other's, if the history accepts it.
    """

    ALWAYS = "always"
    IF_SET = "if_set"
    IF_SELF_EMPTY = "if_self_empty"
    UNLESS = "unless"
    IF_SELF_SET = "if_self_set"
    STICKY = "sticky"
    UNION = "union"
    COPY_MAP = "copy_map"
    HISTORY = "history"


class MergePolicy(msgspec.Struct, frozen=True):
    """The policy of one field (or of one mixin, by its spec name)."""

    field: str
    policy: Policy
    value: Constant = ""
    location: Location | None = None


class CustomKind(StrEnum):
    """Where generated code calls a name that the user writes in the companion file."""

    HOOK = "hook"
    VALID = "valid"
    DEFAULT = "default"
    VISIT = "visit"
    MERGE = "merge"


class Custom(msgspec.Struct, frozen=True):
    """A method of the entity in ``<entity>_custom.go``.

    ``func (n *NewEntity) name() error`` for a HOOK; a DEFAULT returns nothing, a VALID
    takes the checker that it records on, VISIT and MERGE take the other entity.
    """

    name: str
    kind: CustomKind
    location: Location | None = None


class Behaviour(msgspec.Struct, frozen=True):
    """Everything an entity's values do, in the order in which it happens."""

    defaults: tuple[Default, ...] = ()
    normalise: tuple[Normalise, ...] = ()
    derive: tuple[Derive, ...] = ()
    rules: tuple[Rule, ...] = ()
    constructors: tuple[Constructor, ...] = ()
    visit: tuple[MergePolicy, ...] = ()
    merge: tuple[MergePolicy, ...] = ()
    custom: tuple[Custom, ...] = ()
