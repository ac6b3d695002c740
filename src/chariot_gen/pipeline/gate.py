"""Let the hooks judge the tree as it would be, and say which spec line each finding goes back to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
from msgspec.structs import replace

from chariot_gen.diagnostics import Diagnostic, Location
from chariot_gen.files import FilePlan
from chariot_gen.hooks.find import Phase, find_hooks
from chariot_gen.hooks.run import check, rewrite
from chariot_gen.hooks.timing import Timing
from chariot_gen.merge.gomod import anchored, loosened
from chariot_gen.pipeline.unreadable import judged, marked_sources
from chariot_gen.resources import template_root
from chariot_gen.workspace.scratch import read_back, staged, write
from chariot_gen.workspace.tree import Tree

__all__ = ["Judgement", "judge"]

_MODULE_FILES = ("go.mod", "go.sum")


class Judgement(msgspec.Struct, frozen=True):
    """What the hooks found, what they took, and go.mod and go.sum where a hook completed them."""

    findings: tuple[Diagnostic, ...] = ()
    timings: tuple[Timing, ...] = ()
    resolved: tuple[tuple[str, str], ...] = ()
    notices: tuple[str, ...] = ()


def judge(
    tree: Tree,
    changes: Mapping[str, bytes | None],
    plans: Sequence[FilePlan],
    *,
    resolve: bool,
    checks: bool,
) -> Judgement:
    """Stage a copy of the backend, complete its module files, run the checkers on it."""
    if not (resolve or (changes and checks)):
        return Judgement()
    resolved: tuple[tuple[str, str], ...] = ()
    timings: tuple[Timing, ...] = ()
    findings: tuple[Diagnostic, ...] = ()
    notices: tuple[str, ...] = ()
    with staged(tree, changes) as root:
        module = _movable(tree, root)
        if resolve and not marked_sources(root):
            _, timings = rewrite(find_hooks(Phase.RESOLVE, tree.root), root, _MODULE_FILES)
            contents = [(path, read_back(root, path)) for path in _MODULE_FILES]
            resolved = tuple(
                (path, loosened(content.decode(), module, str(tree.root)))
                for path, content in contents
                if content is not None
            )
        if checks:
            paths = _concerned(changes)
            findings, spent = check(find_hooks(Phase.CHECK, tree.root), root, paths)
            timings += spent
            findings, notices = judged(root, findings)
            findings = _explained(findings, root, {plan.path: plan for plan in plans})
    return Judgement(findings, timings, resolved, notices)


def _movable(tree: Tree, root: Path) -> str:
    """Let go.mod's relative replacements lead where they led before; return it as it was."""
    original = (read_back(root, "go.mod") or b"").decode()
    text = anchored(original, str(tree.root))
    if text != original:
        write(root, "go.mod", text.encode())
    return original


def _concerned(changes: Mapping[str, bytes | None]) -> list[str]:
    """Return the changed paths that exist; go.mod stands for Go files that are gone."""
    paths = {path for path, content in changes.items() if content is not None}
    if any(content is None and path.endswith(".go") for path, content in changes.items()):
        paths.add("go.mod")
    return sorted(paths)


def _explained(
    findings: Sequence[Diagnostic], root: Path, plans: Mapping[str, FilePlan]
) -> tuple[Diagnostic, ...]:
    """Add the emitted line and the spec line to each finding."""
    texts: dict[str, str] = {}
    traced: dict[str, Mapping[int, Location]] = {}
    explained = []
    for finding in findings:
        path, line = finding.location.path, finding.location.line
        if path not in texts:
            texts[path] = (read_back(root, path) or b"").decode("utf-8", "replace")
            traced[path] = _trace(plans.get(path), texts[path])
        lines = texts[path].splitlines()
        plan = plans.get(path)
        origin = traced[path].get(line) or (plan.origin if plan else None)
        frame = lines[line - 1] if 0 < line <= len(lines) else ""
        explained.append(replace(finding, frame=finding.frame or frame, origin=finding.origin or origin))
    return tuple(explained)


def _trace(plan: FilePlan | None, text: str) -> Mapping[int, Location]:
    if plan is None or not plan.template:
        return {}
    from chariot_gen.render.trace import origins  # noqa: PLC0415 - Jinja is slow to import

    return origins(plan, template_root(), text)
