"""What the emitted code demands of one field of a request: its type aside, all that is refused."""

from __future__ import annotations

import msgspec

from chariot_gen.model.backend import Backend
from chariot_gen.model.behaviour import RuleKind, Step
from chariot_gen.model.entity import Entity, Field
from chariot_gen.model.key import Literal, Placeholder
from chariot_gen.plan import samples
from chariot_gen.plan.openapi import patterns
from chariot_gen.plan.openapi.types import Schema
from chariot_gen.plan.samples.constraints import Constraints
from chariot_gen.plan.views.model.checks import must_be_set
from chariot_gen.plan.views.model.key import required_placeholders
from chariot_gen.plan.views.model.scope import Scope

__all__ = ["TEXT_LENGTH", "Demand", "demand_of", "text_schema"]

TEXT_LENGTH = 1024
_TRIMMING = frozenset({Step.TRIM, Step.KEBAB})


class Demand(msgspec.Struct, frozen=True):
    """The demands on a field.

    ``nonempty`` refuses the zero value, ``present`` a nil pointer. Of a field that
    ``stays``, the zero value counts as left out. ``trimmed`` text is judged without
    the white space around it. ``longest`` counts characters.
    """

    constraints: Constraints
    nonempty: bool = False
    present: bool = False
    stays: bool = False
    trimmed: bool = False
    each_nonempty: bool = False
    longest: int = TEXT_LENGTH
    patterns: tuple[str, ...] = ()

    @property
    def excluded(self) -> str:
        """The characters that text may not hold, control characters aside."""
        return "#" if self.constraints.excludes_hash else ""


def demand_of(backend: Backend, entity: Entity, field: Field) -> Demand:
    """Return the demands on a field of an entity's request."""
    rules = [rule for rule in entity.behaviour.rules if field.name in rule.fields]
    kinds = {rule.kind for rule in rules if rule.kind not in (RuleKind.ANY_OF, RuleKind.CONSTANT)}
    single = tuple(rule for rule in rules if rule.kind in kinds)
    steps = {s for n in entity.behaviour.normalise if n.field == field.name for s, _ in n.steps}
    constraints = samples.constraints_of(entity, field)
    return Demand(
        constraints=constraints,
        nonempty=must_be_set(field, single) or _starts_key(backend, entity, field),
        present=bool(kinds & {RuleKind.PRESENT, RuleKind.NONEMPTY}),
        stays=field.sensitive or any(d.field == field.name for d in entity.behaviour.defaults),
        trimmed=bool(steps & _TRIMMING),
        each_nonempty=RuleKind.EACH_NONEMPTY in kinds,
        longest=constraints.max_length or TEXT_LENGTH,
        patterns=(*constraints.patterns, *_of_key(entity, field)),
    )


def text_schema(demand: Demand, *, bypass: bool) -> Schema:
    """Return what is demanded of a text beyond being one.

    Where there is a ``bypass``, the empty text counts as none and is not judged.
    """
    allowed = demand.constraints.allowed
    if allowed:
        return {"enum": [*([""] if bypass else []), *allowed]}
    nonempty = demand.nonempty and not bypass
    schema: Schema = {"minLength": 1} if nonempty else {}
    schema["maxLength"] = demand.longest
    found = _patterns(demand, visible=nonempty and demand.trimmed, bypass=bypass)
    if len(found) == 1:
        schema["pattern"] = found[0]
    else:
        schema["allOf"] = [{"pattern": pattern} for pattern in found]
    return schema


def _patterns(demand: Demand, *, visible: bool, bypass: bool) -> list[str]:
    """Return the patterns that text must match; one of them rules control characters out."""
    excluded = demand.excluded
    starts = [patterns.starting_with(prefix, excluded) for prefix in demand.constraints.prefixes]
    own = [pattern for pattern in demand.patterns if patterns.is_portable(pattern)]
    bounded = [patterns.bounded(pattern, excluded) for pattern in own]
    found = [*starts, *(better or pattern for better, pattern in zip(bounded, own, strict=True))]
    guarded = [patterns.or_empty(pattern) if bypass else pattern for pattern in found]
    if demand.trimmed and own and bounded != own:
        # What the pattern takes at an end, trimming may take away.
        guarded.append(patterns.or_empty(patterns.TRIMMED) if bypass else patterns.TRIMMED)
    if starts or any(bounded):
        return guarded
    return [patterns.text(excluded, visible=visible), *guarded]


def _starts_key(backend: Backend, entity: Entity, field: Field) -> bool:
    """Report whether the key cannot be built without the field."""
    if entity.key is None:
        return False
    needed = required_placeholders(Scope(backend, entity, entity.names.receiver), entity.key)
    return any(part.fields == (field.name,) for part in needed)


def _of_key(entity: Entity, field: Field) -> tuple[str, ...]:
    """Return what rules on the key demand of the one field that follows its constant."""
    key = entity.key
    if key is None or len(key.parts) != 2:  # noqa: PLR2004 - a constant and a field
        return ()
    start, last = key.parts
    if not isinstance(start, Literal) or not isinstance(last, Placeholder):
        return ()
    if last.fields != (field.name,) or last.transform is not None:
        return ()
    rules = (rule for rule in entity.behaviour.rules if rule.fields == ("key",))
    found = (patterns.stripped(r.text, start.text) for r in rules if r.kind is RuleKind.PATTERN)
    return tuple(pattern for pattern in found if pattern)
