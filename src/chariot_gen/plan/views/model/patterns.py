"""The regular expressions of an entity's file."""

from __future__ import annotations

import msgspec

from chariot_gen import names
from chariot_gen.model.behaviour import Rule, RuleKind
from chariot_gen.plan import golang
from chariot_gen.plan.views.model.scope import Scope

__all__ = ["PatternView", "pattern_name", "pattern_views"]


class PatternView(msgspec.Struct, frozen=True):
    """One regular expression of the package."""

    doc: str
    name: str
    literal: str


def pattern_views(scope: Scope) -> tuple[PatternView, ...]:
    """Return the regular expressions that ``Validate`` uses, each once."""
    noun = scope.entity.names.human
    views: dict[str, PatternView] = {}
    for rule in (rule for rule in scope.entity.behaviour.rules if rule.kind is RuleKind.PATTERN):
        scope.own("validation")
        for field in rule.fields:
            variable = pattern_name(scope, field, rule)
            about = f"{names.human(field)} of {names.article(noun)} {noun}"
            doc = golang.doc_comment(f"{variable} is the form of the {about}.")
            views[variable] = PatternView(doc, variable, golang.raw_literal(rule.text))
    return tuple(views.values())


def pattern_name(scope: Scope, field: str, rule: Rule) -> str:
    """
    Return the variable of a pattern: ``hostKey`` for the key, ``hostIPPattern`` for a field.

    A second pattern of one field gets a number.
    """
    stem = "Key" if field == "key" else f"{scope.entity.field(field).go}Pattern"
    rules = [r for r in scope.entity.behaviour.rules if r.kind is RuleKind.PATTERN and field in r.fields]
    index = rules.index(rule)
    return f"{scope.entity.names.camel}{stem}{index + 1 if index else ''}"
