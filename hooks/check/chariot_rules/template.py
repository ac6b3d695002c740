"""Small questions to a transformed template."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from chariot_rules.findings import Path

__all__ = ["Complaint", "as_list", "mapping", "mentions", "of_type", "properties", "refers_to"]

Complaint = tuple[Path, str]


def of_type(template: dict[str, Any], *types: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield logical id and resource of these types, in the order of the ids."""
    resources = template.get("Resources")
    for logical_id, resource in sorted(resources.items()) if isinstance(resources, dict) else ():
        if isinstance(resource, dict) and resource.get("Type") in types:
            yield logical_id, resource


def mapping(holder: dict[str, Any], key: str) -> dict[str, Any]:
    """Return the mapping under a key, empty where there is none."""
    found = holder.get(key)
    return found if isinstance(found, dict) else {}


def properties(resource: dict[str, Any]) -> dict[str, Any]:
    """Return the properties of a resource, empty where it has none."""
    return mapping(resource, "Properties")


def as_list(value: object) -> list[Any]:
    """Return what CloudFormation lets an author write with or without a list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def refers_to(value: object, logical_id: str) -> bool:
    """Report whether the value is a reference to the resource, or an attribute of it."""
    if not isinstance(value, dict):
        return False
    attribute = value.get("Fn::GetAtt")
    first = attribute.split(".")[0] if isinstance(attribute, str) else next(iter(attribute or ()), None)
    return value.get("Ref") == logical_id or first == logical_id


def mentions(value: object, logical_id: str) -> bool:
    """Report whether the resource is referred to anywhere inside the value."""
    if isinstance(value, dict):
        inside = any(mentions(item, logical_id) for item in value.values())
        return inside or refers_to(value, logical_id)
    if isinstance(value, list):
        return any(mentions(item, logical_id) for item in value)
    text = json.dumps(value)
    return f"${{{logical_id}}}" in text or f"${{{logical_id}." in text
