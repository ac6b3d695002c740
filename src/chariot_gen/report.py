"""Reports and errors to text for people, or to JSON for machines; nothing is decided here."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from chariot_gen.diagnostics import Diagnostic
from chariot_gen.errors import ChariotGenError, CheckError, ConflictError, DriftError, SpecError
from chariot_gen.files import Action, Change

if TYPE_CHECKING:
    from chariot_gen.pipeline.drift import Drift, DriftReport
    from chariot_gen.pipeline.request import Report

__all__ = [
    "as_json",
    "diagnostic_text",
    "drift_json",
    "drift_text",
    "error_json",
    "error_text",
    "report_json",
    "report_text",
]

_RESOLVE = (
    "make each marked place what both sides want (yours stands first, the new rendering last), remove the "
    "markers and run chariot-gen regen"
)
# More changes than this are counted by folder, unless every one is asked for.
_LISTED = 24
_PAST = {
    Action.CREATE: "created",
    Action.MOVE: "moved",
    Action.UPDATE: "updated",
    Action.MERGE: "merged",
    Action.MARK: "marked",
    Action.DELETE: "deleted",
}


def report_text(report: Report, *, verbose: bool = False) -> str:
    """Return what a run did, the files first, the sum last."""
    changed = [change for change in report.changed if verbose or not change.path.startswith(".chariot/")]
    lines = [f"note: {notice}" for notice in report.notices]
    lines += [diagnostic_text(finding) for finding in report.diagnostics]
    listed = changed if verbose or len(changed) <= _LISTED else []
    lines += [_change_line(change) for change in listed]
    if not listed:
        lines += _by_folder(changed)
    lines += [f"  kept    {change.path}: {change.reason}" for change in report.kept]
    lines.append(_summary(report, len(changed)))
    if report.marked:
        lines.append(_RESOLVE)
    if verbose and report.timings:
        spent = ", ".join(f"{timing.hook} {timing.seconds:.2f} s" for timing in report.timings)
        lines.append(f"hooks took {spent}")
    if report.module_assumed:
        lines.append(
            f"the Go module is called {report.module}: set module in chariot.yaml and run chariot-gen regen "
            "to give it its own name"
        )
    return "\n".join(lines)


def _change_line(change: Change) -> str:
    said = "; ".join(filter(None, [f"was {change.was}" if change.was else "", change.reason]))
    reason = f" ({said})" if said else ""
    return f"  {change.action.value:<7} {change.path}{reason}"


def _by_folder(changes: Iterable[Change]) -> list[str]:
    groups = Counter((change.action, _folder(change.path)) for change in changes)
    return [
        f"  {action.value:<7} {folder} ({count} file{'s' if count > 1 else ''})"
        for (action, folder), count in sorted(groups.items(), key=lambda item: (item[0][1], item[0][0]))
    ]


def _folder(path: str) -> str:
    head, separator, _ = path.rpartition("/")
    return f"{head}/" if separator else path


def _summary(report: Report, count: int) -> str:
    if not count:
        return "nothing would change" if report.dry_run else "everything is up to date"
    counts = Counter(change.action for change in report.changed if not change.path.startswith(".chariot/"))
    would = "would be " if report.dry_run else ""
    parts = [
        f"{counts[action]} file{'s' if counts[action] > 1 else ''} {would}{_PAST[action]}"
        for action in _PAST
        if counts[action]
    ]
    return ", ".join(parts) or f"{count} files {would}changed"


def error_text(error: ChariotGenError) -> str:
    """Return an error with each finding in full: place, line, caret, remedy."""
    if isinstance(error, SpecError | CheckError):
        lines = [diagnostic_text(finding) for finding in error.diagnostics]
        return "\n".join([*lines, _sum_of(error)])
    if isinstance(error, ConflictError):
        return f"{error}\nnothing was written"
    return str(error)


def diagnostic_text(finding: Diagnostic) -> str:
    """Return one finding: ``place: message; remedy``, the line, a caret, its spec line."""
    rule = f" [{finding.rule}]" if finding.rule else ""
    remedy = f"; {finding.remedy}" if finding.remedy else ""
    lines = [f"{finding.location}: {finding.severity.value}: {finding.message}{rule}{remedy}"]
    if finding.frame:
        number = str(finding.location.line)
        frame, column = finding.window()
        indent = "".join("\t" if character == "\t" else " " for character in frame[:column])
        carets = "^" * max(1, min(finding.length, len(frame) - column))
        lines += [
            f"  {number} | {frame}",
            f"  {' ' * len(number)} | {indent}{carets}",
        ]
    if finding.origin is not None:
        lines.append(f"  caused by {finding.origin}")
    return "\n".join(lines)


def _sum_of(error: SpecError | CheckError) -> str:
    count = len(error.diagnostics)
    noun = "error" if isinstance(error, SpecError) else "finding"
    return f"{count} {noun}{'s' if count != 1 else ''}; nothing was written"


def drift_text(report: DriftReport, *, verbose: bool = False) -> str:
    """Return the files that are not current, each with its class, and how to mend them.

    Files whose edits are merged on every run are no drift: they are counted, and with ``verbose``
    listed among all others.
    """
    lines = [f"note: {notice}" for notice in report.notices]
    lines += [
        f"  {drift.kind.value:<15} {drift.path}" for drift in (report.files if verbose else report.failing)
    ]
    kinds = sorted({drift.kind.value for drift in report.failing})
    lines += [_remedy(kind) for kind in kinds]
    return "\n".join([*lines, _sum_of_drift(report)])


def _sum_of_drift(report: DriftReport) -> str:
    total, failing = len(report.files), len(report.failing)
    edited = sum(drift.kind.value == "edited" for drift in report.files if not drift.fails)
    yours = f"; {edited} with edits of yours, which stay" if edited else ""
    if failing:
        return f"{failing} of {total} files are not current{yours}"
    return f"all {total} files are current{yours}"


# What mends a file of a class: in words, and the commands, the likeliest first.
_REMEDIES = {
    "spec newer": ("a spec changed since", ("regen",)),
    "generator newer": ("this chariot-gen writes it otherwise", ("regen",)),
    "edited": ("it belongs to chariot-gen", ("adopt PATH", "release PATH", "regen --restore PATH")),
    "missing": ("it was removed", ("regen --restore PATH", "release PATH")),
    "orphaned": ("nothing asks for it any more; regen removes what nobody edited", ("regen", "release PATH")),
    "conflicted": (
        "you and the specs changed the same place, or it holds conflict markers",
        ("regen --on-conflict mark", "regen --on-conflict ours=PATH", "regen --on-conflict theirs=PATH"),
    ),
}


def _remedy(kind: str) -> str:
    words, commands = _REMEDIES[kind]
    return f"{kind}: {words}; {' or '.join(f'chariot-gen {command}' for command in commands)}"


def _fixes(drift: Drift) -> list[str]:
    commands = _REMEDIES[drift.kind.value][1] if drift.fails else ()
    return [f"chariot-gen {command}".replace("PATH", drift.path) for command in commands]


def as_json(document: Mapping[str, Any]) -> str:
    """Return a document as every command prints it with --json."""
    return json.dumps(document, indent=2, ensure_ascii=False)


def report_json(report: Report) -> dict[str, Any]:
    """Return a run's report as plain values."""
    return {
        "ok": not report.marked,
        "dry_run": report.dry_run,
        "root": str(report.root),
        "module": report.module,
        "changes": [_change_json(change) for change in report.changed],
        "kept": [_change_json(change) for change in report.kept],
        "diagnostics": _findings_json(report.diagnostics),
        "notices": list(report.notices),
        "timings": {timing.hook: round(timing.seconds, 3) for timing in report.timings},
    }


def drift_json(report: DriftReport) -> dict[str, Any]:
    """Return a classification as plain values."""
    return {
        "ok": not report.failing,
        "root": str(report.root),
        "files": [
            {
                "path": drift.path,
                "class": drift.kind.value,
                "ownership": drift.ownership.value,
                "drift": drift.fails,
                "fixes": _fixes(drift),
            }
            for drift in report.files
        ],
        "notices": list(report.notices),
    }


def error_json(error: ChariotGenError) -> dict[str, Any]:
    """Return an error as plain values."""
    findings = error.diagnostics if isinstance(error, SpecError | CheckError) else ()
    paths = error.paths if isinstance(error, ConflictError | DriftError) else ()
    return {
        "ok": False,
        "exit_code": error.exit_code,
        "error": type(error).__name__,
        "message": str(error),
        "paths": list(paths),
        "diagnostics": _findings_json(findings),
    }


def _change_json(change: Change) -> dict[str, str]:
    was = {"was": change.was} if change.was else {}
    return {"path": change.path, "action": change.action.value, "reason": change.reason, **was}


def _findings_json(findings: Sequence[Diagnostic]) -> list[dict[str, Any]]:
    return [
        {
            "path": finding.location.path,
            "line": finding.location.line,
            "column": finding.location.column,
            "severity": finding.severity.value,
            "rule": finding.rule,
            "message": finding.message,
            "remedy": finding.remedy,
            "origin": str(finding.origin) if finding.origin else None,
        }
        for finding in findings
    ]
