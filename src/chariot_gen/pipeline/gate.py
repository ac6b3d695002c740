"""Let the hooks judge the tree as it would be, and say which spec line each finding goes back to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from chariot_gen.diagnostics import Diagnostic
from chariot_gen.hooks.find import Phase, find_hooks
from chariot_gen.hooks.run import check, rewrite
from chariot_gen.hooks.timing import Timing
from chariot_gen.merge.gomod import anchored, loosened
from chariot_gen.pipeline.blame import Blame
from chariot_gen.pipeline.unreadable import judged, marked_sources
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
    blame: Blame,
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
            findings = _explained(findings, root, blame)
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


def _explained(findings: Sequence[Diagnostic], root: Path, blame: Blame) -> tuple[Diagnostic, ...]:
    """Add the line and what it goes back to, as the staged files below ``root`` have it."""
    texts: dict[str, str] = {}
    for path in {finding.location.path for finding in findings}:
        texts[path] = (read_back(root, path) or b"").decode("utf-8", "replace")
    return tuple(blame.explain(finding, texts[finding.location.path]) for finding in findings)
