"""Lint one template after another: as written, as transformed, and by our own rules."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path as File
from typing import TYPE_CHECKING, Any

from cfnlint.config import ConfigMixIn
from cfnlint.decode import decode, decode_str
from cfnlint.runner import Runner

from chariot_rules.findings import Finding, Source
from chariot_rules.rules import RULES
from chariot_rules.transform import Refused, is_sam, transform

if TYPE_CHECKING:
    from cfnlint.match import Match

__all__ = ["Linter"]

# What libraries raise when, say, a list stands where a mapping belongs.
SHAPE_ERRORS = (AttributeError, IndexError, KeyError, TypeError, ValueError)
SEVERITIES = {"error": "error", "warning": "warning"}


class Linter:
    """cfn-lint's rules are loaded once, then serve every template."""

    def __init__(self) -> None:
        """Load the rules."""
        self._config = ConfigMixIn([], include_checks=["I"])
        self._runner = Runner(self._config)

    def check(self, root: File, path: str) -> Iterator[Finding]:
        """Yield what is wrong with the template at ``path`` below ``root``."""
        nodes, problems = decode(str(root / path))
        if problems:
            yield from (_as_written(path, problem) for problem in problems)
            return
        source = Source(path, nodes)
        try:
            written = [_as_written(path, match) for match in self._matches(nodes)]
        except SHAPE_ERRORS as error:
            reason = f"cfn-lint cannot read a template of this shape: {type(error).__name__}: {error}"
            yield source.finding((), "E0002", reason)
            return
        yield from written
        if not is_sam(source.template):
            yield from _ours(source, source.template)
            return
        try:
            deployed = transform(source.template)
        except Refused as refusal:
            yield from _refused(source, refusal)
            return
        yield from self._transformed(source, deployed, {(one.line, one.rule) for one in written})
        yield from _ours(source, deployed)

    def _matches(self, nodes: dict[str, Any]) -> list[Match]:
        return list(self._runner.validate_template(nodes))

    def _transformed(
        self, source: Source, deployed: dict[str, Any], known: set[tuple[int, str]]
    ) -> Iterator[Finding]:
        """Yield what only the transformed template shows; hints about SAM's own output are left out."""
        # cfn-lint reads JSON as YAML, which knows no surrogate pairs.
        nodes, _ = decode_str(json.dumps(deployed, ensure_ascii=False))
        for match in self._matches(nodes):
            where = tuple(getattr(match, "path", None) or ())
            severity = SEVERITIES.get(match.rule.severity, "info")
            message = f"after the SAM transform: {match.message}"
            found = source.finding(where, match.rule.id, message, severity)
            if severity == "info" or (found.line, found.rule) in known or source.silenced(where, found.rule):
                continue
            yield found


def _as_written(path: str, match: Match) -> Finding:
    severity = SEVERITIES.get(match.rule.severity, "info")
    return Finding(path, match.linenumber, match.columnnumber, severity, match.rule.id, match.message)


def _refused(source: Source, refusal: Refused) -> Iterator[Finding]:
    for logical_id, reason in refusal.causes:
        where = ("Resources", logical_id) if logical_id else ()
        yield source.finding(where, "SAM", f"the SAM transform refuses this: {reason}")


def _ours(source: Source, deployed: dict[str, Any]) -> Iterator[Finding]:
    for rule in RULES:
        try:
            complaints = list(rule.check(deployed))
        except SHAPE_ERRORS as error:
            yield source.finding(
                (), rule.id, f"the template has a shape that this rule cannot read: {error}", "warning"
            )
            continue
        for where, message in complaints:
            if not source.silenced(where, rule.id):
                yield source.finding(where, rule.id, message, rule.severity)
