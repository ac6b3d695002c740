"""What is found, and where it stands in the file as its author wrote it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

__all__ = ["Finding", "Path", "Source", "plain"]

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One finding; ``severity`` is error, warning or info."""

    path: str
    line: int
    column: int
    severity: str
    rule: str
    message: str

    def record(self) -> dict[str, object]:
        """Return what is printed."""
        return {
            "path": self.path,
            "line": self.line,
            "column": self.column,
            "severity": self.severity,
            "rule": self.rule,
            "message": self.message,
        }


def plain(node: object) -> object:
    """Return a decoded template as dicts, lists and scalars that forget their place."""
    if isinstance(node, dict):
        return {str(key): plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [plain(item) for item in node]
    return str(node) if isinstance(node, str) else node


class Source:
    """A template whose nodes know their place, as cfn-lint decodes it."""

    def __init__(self, path: str, nodes: object) -> None:
        """Take the decoded nodes of the file at ``path``."""
        self.path = path
        self.nodes = nodes
        template = plain(nodes)
        self.template: dict[str, Any] = template if isinstance(template, dict) else {}

    @property
    def resources(self) -> dict[str, Any]:
        """The resources by logical id; empty where the template has none."""
        found = self.template.get("Resources")
        return found if isinstance(found, dict) else {}

    def finding(self, where: Path, rule: str, message: str, severity: str = "error") -> Finding:
        """Return a finding at the nearest place in the file that the path leads to."""
        line, column = self.place(where)
        return Finding(self.path, line, column, severity, rule, message)

    def place(self, where: Path) -> tuple[int, int]:
        """Return line and column of the deepest key on the path that the file has.

        The path may lead through the transformed template: a resource that SAM made
        stands where the one it was made from does, a method of an API at its event.
        """
        node, mark = self.nodes, None
        for step in self._written(where):
            if isinstance(node, dict) and step in node:
                mark = next((getattr(key, "start_mark", None) for key in node if key == step), mark)
                node = node[step]
            elif isinstance(node, list) and isinstance(step, int) and step < len(node):
                node = node[step]
                mark = getattr(node, "start_mark", mark)
            else:
                break
        return (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)

    def silenced(self, where: Path, rule: str) -> bool:
        """Report whether the resource, or the template, tells linters to leave this rule out."""
        written = self._written(where)
        inside = len(written) > 1 and written[0] == "Resources"
        owner = self.resources.get(str(written[1])) if inside else None
        return any(rule in _ignored(holder) for holder in (owner, self.template))

    def _written(self, where: Path) -> Path:
        if len(where) < 2 or where[0] != "Resources":  # noqa: PLR2004 - section and logical id
            return where
        event = self._event(where)
        if event:
            return event
        made = str(where[1])
        if made in self.resources:
            return where
        origins = [logical_id for logical_id in self.resources if made.startswith(logical_id)]
        return ("Resources", max(origins, key=len)) if origins else where[:1]

    def _event(self, where: Path) -> Path:
        """Return the event from which SAM made the method, or nothing."""
        if "paths" not in where[:-2]:
            return ()
        route, method = where[where.index("paths") + 1 :][:2]
        for logical_id, resource in sorted(self.resources.items()):
            for name, event in _below(resource, "Properties", "Events").items():
                wanted = _below(event, "Properties")
                if wanted.get("Path") == route and str(wanted.get("Method")).lower() == method:
                    return ("Resources", logical_id, "Properties", "Events", name)
        return ()


def _below(node: object, *keys: str) -> dict[str, Any]:
    """Return the mapping that the keys lead to, empty where they lead to none."""
    for key in keys:
        node = node.get(key) if isinstance(node, dict) else None
    return node if isinstance(node, dict) else {}


def _ignored(holder: object) -> list[str]:
    rules = _below(holder, "Metadata", "cfn-lint", "config").get("ignore_checks")
    return [str(rule) for rule in rules] if isinstance(rules, list) else []
