"""Understand what a checker prints: one JSON object a line."""

from __future__ import annotations

import json

from chariot_gen.diagnostics import Diagnostic, Location, Severity
from chariot_gen.errors import ToolError

__all__ = ["parse_findings"]


def parse_findings(hook: str, output: str) -> tuple[Diagnostic, ...]:
    """Return the findings; ToolError names the hook if a line is not one.

    ``{"path", "line", "column", "severity", "rule", "message"}``; all but path and
    message may be left out.
    """
    return tuple(_finding(hook, line) for line in output.splitlines() if line.strip())


def _finding(hook: str, line: str) -> Diagnostic:
    try:
        record = json.loads(line)
        place = Location(str(record["path"]), int(record.get("line", 1)), int(record.get("column", 1)))
        severity = Severity(record.get("severity", "error"))
        return Diagnostic(
            location=place,
            message=str(record["message"]),
            severity=severity,
            rule=str(record.get("rule", "")),
        )
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ToolError(
            f"hook {hook}: printed a line that is not a finding: {line[:120]}; print one JSON object a "
            "line with path, line, column, severity, rule and message"
        ) from error
