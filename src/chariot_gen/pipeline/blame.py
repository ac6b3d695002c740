"""Say what a place in an emitted file goes back to: a line of a spec, or the person who wrote it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

from msgspec.structs import replace

from chariot_gen.diagnostics import Diagnostic, Location
from chariot_gen.files import FilePlan
from chariot_gen.resources import template_root
from chariot_gen.workspace.tree import Tree

__all__ = ["Blame", "Source"]

_OWN_LINE = "this line is not generated: make it fit what is"
_ORPHAN = (
    "the file is no longer generated but was edited by hand: remove it, or keep in the spec what it uses"
)

_COMPANION = "ENTITY_custom.go.jinja"
# What the Go compiler says of a call of a method that there is not.
_MISSING_METHOD = re.compile(r"has no field or method (\w+)")


class Source:
    """The spec lines behind one rendering, which is traced when somebody first asks."""

    def __init__(self, plan: FilePlan, text: str) -> None:
        """Take the plan, and the text that was made from it and perhaps edited since."""
        self._plan = plan
        self._text = text

    def __call__(self, base: Sequence[str], theirs: Sequence[str]) -> str:
        """Return the place in a spec behind these lines of the rendering, empty for none.

        Lines that ``base`` lacks are asked first: they are what the spec changed. For
        lines that cannot be found it is the spec as a whole.
        """
        start = self._find(theirs)
        rows = [] if start is None else range(start, start + len(theirs))
        old = {_bare(line) for line in base}
        changed = [row for row, line in zip(rows, theirs, strict=False) if _bare(line) not in old]
        for row in (*changed, *rows):
            origin = self.origins.get(row + 1)
            if origin is not None:
                return f"{origin.path}:{origin.line}"
        return self._plan.origin.path if self._plan.origin else ""

    @cached_property
    def origins(self) -> Mapping[int, Location | None]:
        """Every line that is as rendered, counted from 1, with the spec line that caused it, if any did."""
        if not self._plan.template:
            return {}
        from chariot_gen.render.trace import origins  # noqa: PLC0415 - Jinja is slow to import

        return origins(self._plan, template_root(), self._text)

    def _find(self, lines: Sequence[str]) -> int | None:
        """Return where these lines begin, if they stand in one place."""
        wanted = [_bare(line) for line in lines]
        have = [_bare(line) for line in self._text.splitlines()]
        starts = [
            start
            for start in range(len(have) - len(wanted) + 1)
            if have[start : start + len(wanted)] == wanted
        ]
        return starts[0] if wanted and len(starts) == 1 else None


class Blame:
    """Adds to findings what their places go back to."""

    def __init__(self, tree: Tree, plans: Mapping[str, FilePlan], orphans: Collection[str]) -> None:
        """Take the tree on disk; ``orphans`` are paths that are no longer generated but stay."""
        self._tree = tree
        self._plans = plans
        self._orphans = orphans
        self._sources: dict[str, Source] = {}

    def explain(self, finding: Diagnostic, staged: str) -> Diagnostic:
        """Return the finding with its line, and its spec line or whose line it is.

        ``staged`` is the text that the hooks have read. A line of a person's own is named
        as it is found on disk, since nothing is written where there are findings.
        """
        path, line = finding.location.path, finding.location.line
        lines = staged.splitlines()
        frame = finding.frame or (lines[line - 1] if 0 < line <= len(lines) else "")
        finding = replace(finding, frame=frame)
        if path in self._orphans:
            return replace(finding, remedy=finding.remedy or _ORPHAN)
        plan = self._plans.get(path)
        if plan is None:
            return self._own(finding)
        finding = self._unwritten(finding, plan)
        origins = self._source(plan, staged).origins if plan.template else {line: None}
        if frame and line not in origins:
            return self._own(finding)
        return replace(finding, origin=finding.origin or origins.get(line) or plan.origin)

    def _unwritten(self, finding: Diagnostic, plan: FilePlan) -> Diagnostic:
        """Say of a method that a spec names under ``custom``, and nobody wrote, how to begin it."""
        missing = _MISSING_METHOD.search(finding.message)
        companion = self._plans.get(f"{plan.path.removesuffix('.go')}_custom.go")
        if missing is None or companion is None or not companion.template.endswith(_COMPANION):
            return finding
        declared = companion.view.declared(missing[1])
        if declared is None:
            return finding
        signature, origin = declared
        return replace(finding, remedy=f"write it in {companion.path}, as `{signature}`", origin=origin)

    def _source(self, plan: FilePlan, staged: str) -> Source:
        if plan.path not in self._sources:
            self._sources[plan.path] = Source(plan, staged)
        return self._sources[plan.path]

    def _own(self, finding: Diagnostic) -> Diagnostic:
        """Return a finding in a person's line, which edits above it may be about to move."""
        lines = (self._tree.read(finding.location.path) or "").splitlines()
        rows = [row for row, line in enumerate(lines, start=1) if line == finding.frame]
        place = replace(finding.location, line=rows[0]) if len(rows) == 1 else finding.location
        return replace(finding, location=place, remedy=finding.remedy or _OWN_LINE)


def _bare(line: str) -> str:
    """Return a line without its space, which formatters change."""
    return "".join(line.split())
