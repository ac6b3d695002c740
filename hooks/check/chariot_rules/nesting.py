"""The seam between a root template and the local templates that it nests: parameters and outputs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path as File
from typing import Any

from cfnlint.decode import decode

from chariot_rules.findings import Finding, Path, Source, plain
from chariot_rules.template import as_list, mapping, properties

__all__ = ["check_nesting"]

RULE = "CG9001"
OUTPUT = re.compile(r"\$\{([0-9A-Za-z]+)\.Outputs\.([0-9A-Za-z]+)\}")


def check_nesting(root: File, path: str) -> Iterator[Finding]:
    """Yield parameters that are missing or unknown, and outputs that no nested template has.

    Templates that cannot be read are left to the linter.
    """
    nodes, problems = decode(str(root / path))
    if problems:
        return
    source = Source(path, nodes)
    nested = {
        logical_id: _load(root / path, resource)
        for logical_id, resource in source.resources.items()
        if isinstance(resource, dict) and resource.get("Type") == "AWS::Serverless::Application"
    }
    for logical_id, child in sorted(nested.items()):
        if child is not None:
            for where, message in _parameters(source.resources[logical_id], logical_id, child):
                yield source.finding(where, RULE, message)
    for where, logical_id, output in _outputs(source.template, ()):
        child = nested.get(logical_id)
        if child and output not in mapping(child, "Outputs"):
            yield source.finding(where, RULE, f"{logical_id} has no output {output}")


def _load(root: File, resource: dict[str, Any]) -> dict[str, Any] | None:
    location = properties(resource).get("Location")
    if not isinstance(location, str) or "://" in location:
        return None
    file = root.parent / location
    if not file.is_file():
        return {}
    nodes, problems = decode(str(file))
    found = plain(nodes) if not problems else None
    return found if isinstance(found, dict) else None


def _parameters(
    resource: dict[str, Any], logical_id: str, child: dict[str, Any]
) -> Iterator[tuple[Path, str]]:
    location = properties(resource)["Location"]
    here: Path = ("Resources", logical_id, "Properties")
    if not child:
        yield (*here, "Location"), f"there is no template at {location}"
        return
    given, known = mapping(properties(resource), "Parameters"), mapping(child, "Parameters")
    for name in sorted(set(given) - set(known)):
        yield (*here, "Parameters", name), f"{location} has no parameter {name}"
    for name in sorted(set(known) - set(given)):
        if "Default" not in mapping(known, name):
            yield (*here, "Parameters"), f"{location} needs the parameter {name}"


def _outputs(node: object, where: Path) -> Iterator[tuple[Path, str, str]]:
    """Yield every use of a nested stack's output: where, logical id, output."""
    if isinstance(node, str):
        for logical_id, output in OUTPUT.findall(node):
            yield where, logical_id, output
    elif isinstance(node, list):
        for index, item in enumerate(node):
            yield from _outputs(item, (*where, index))
    elif isinstance(node, dict):
        target = node.get("Fn::GetAtt")
        dotted = ".".join(str(part) for part in as_list(target)).split(".")
        if len(dotted) == 3 and dotted[1] == "Outputs":  # noqa: PLR2004 - stack, Outputs, name
            yield where, dotted[0], dotted[2]
        for key, value in node.items():
            yield from _outputs(value, (*where, key))
