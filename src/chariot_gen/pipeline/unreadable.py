"""Leave out of the judgement what conflict markers make unreadable, and say so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from chariot_gen.diagnostics import Diagnostic, Severity
from chariot_gen.merge.markers import markers_in

__all__ = ["judged", "marked_sources"]

# One file that is no Go keeps its package, and every package that imports it, from being judged.
_MODULE = (".go", "go.mod", "go.sum")
_TEXTS = (*_MODULE, ".yaml", ".yml", ".json")
_SIGN = b"<<<<<<<"


def marked_sources(root: Path) -> tuple[str, ...]:
    """Return the files below a staged tree that hold conflict markers, sorted."""
    found = []
    for path in sorted(path for path in root.rglob("*") if path.name.endswith(_TEXTS) and path.is_file()):
        content = path.read_bytes()
        name = path.relative_to(root).as_posix()
        if _SIGN in content and markers_in(name, content.decode("utf-8", "surrogateescape")):
            found.append(name)
    return tuple(found)


def judged(root: Path, findings: Sequence[Diagnostic]) -> tuple[tuple[Diagnostic, ...], tuple[str, ...]]:
    """Return the findings that mean something, and a notice on each file that kept hooks from more."""
    if not any(finding.severity is Severity.ERROR for finding in findings):
        return tuple(findings), ()
    marked = marked_sources(root)
    without_go = _concerns_go(marked)
    kept = tuple(
        finding
        for finding in findings
        if not (finding.location.path in marked or (without_go and _concerns_go([finding.location.path])))
    )
    return kept, tuple(map(_notice, marked))


def _concerns_go(paths: Iterable[str]) -> bool:
    return any(path.endswith(_MODULE) for path in paths)


def _notice(path: str) -> str:
    subject = "Go is" if _concerns_go([path]) else "it is"
    return f"{path}: holds conflict markers, so {subject} not checked; resolve them and run chariot-gen regen"
