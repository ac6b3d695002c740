"""What must not be lost, and what must not stay."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chariot_rules.template import Complaint, mapping, of_type, properties

__all__ = ["items_expire", "stateful_is_retained"]

STATEFUL = (
    "AWS::DynamoDB::GlobalTable",
    "AWS::DynamoDB::Table",
    "AWS::KMS::Key",
    "AWS::Logs::LogGroup",
    "AWS::S3::Bucket",
)
RETAINED = {"DeletionPolicy": {"Retain", "RetainExceptOnCreate"}, "UpdateReplacePolicy": {"Retain"}}


def items_expire(template: dict[str, Any]) -> Iterator[Complaint]:
    """Complain of a table whose expired items stay for ever."""
    for logical_id, table in of_type(template, "AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable"):
        expiry = mapping(properties(table), "TimeToLiveSpecification")
        if expiry.get("Enabled") is not True:
            yield ("Resources", logical_id), "items never expire; set TimeToLiveSpecification"


def stateful_is_retained(template: dict[str, Any]) -> Iterator[Complaint]:
    """Complain of data that goes when its stack goes, or when a change replaces it."""
    for logical_id, resource in of_type(template, *STATEFUL):
        for attribute, wanted in RETAINED.items():
            if resource.get(attribute) not in wanted:
                yield ("Resources", logical_id), f"the resource holds state; set {attribute}: Retain"
