"""What a function runs on, may do and writes down."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chariot_rules.findings import Path
from chariot_rules.template import Complaint, as_list, mapping, of_type, properties, refers_to

__all__ = ["arm64", "logs_are_kept", "named_actions", "named_resources"]

# Actions that know no resources: nothing narrower than "*" can be said for them.
RESOURCELESS = ("cloudwatch:PutMetricData", "ec2:Describe", "xray:Put")
POLICIES = ("AWS::IAM::ManagedPolicy", "AWS::IAM::Policy", "AWS::IAM::RolePolicy")


def arm64(template: dict[str, Any]) -> Iterator[Complaint]:
    """Complain of a function that is not built for Graviton."""
    for logical_id, function in of_type(template, "AWS::Lambda::Function"):
        if properties(function).get("Architectures") != ["arm64"]:
            yield ("Resources", logical_id), "the function is not built for arm64; set Architectures"


def logs_are_kept(template: dict[str, Any]) -> Iterator[Complaint]:
    """Complain of logs that nobody can query, or that are kept for ever or for no time."""
    groups = dict(of_type(template, "AWS::Logs::LogGroup"))
    for logical_id, group in groups.items():
        if "RetentionInDays" not in properties(group):
            yield ("Resources", logical_id), "the log group keeps its events for ever; set RetentionInDays"
    for logical_id, function in of_type(template, "AWS::Lambda::Function"):
        logging = mapping(properties(function), "LoggingConfig")
        if logging.get("LogFormat") != "JSON":
            yield ("Resources", logical_id), "the function does not log as JSON; set LoggingConfig.LogFormat"
        if not any(refers_to(logging.get("LogGroup"), group) for group in groups):
            yield (
                ("Resources", logical_id),
                "the function logs to a group that is kept for ever; set LoggingConfig.LogGroup",
            )


def named_actions(template: dict[str, Any]) -> Iterator[Complaint]:
    """Complain of permissions for actions that nobody has named."""
    for where, statement in _statements(template):
        if "NotAction" in statement:
            yield where, "NotAction allows every action but a few; name the actions"
        for action in as_list(statement.get("Action")):
            if "*" in str(action):
                yield where, f"the action {action} is a wildcard; name the actions"


def named_resources(template: dict[str, Any]) -> Iterator[Complaint]:
    """Complain of permissions on everything where the action knows resources."""
    for where, statement in _statements(template):
        actions = [str(action) for action in as_list(statement.get("Action"))]
        wide = [action for action in actions if not action.startswith(RESOURCELESS)]
        if "*" in as_list(statement.get("Resource")) and wide:
            yield where, f"{', '.join(wide)}: allowed on every resource; name the resources"


def _statements(template: dict[str, Any]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield every statement that allows an identity something, and its path."""
    for where, document in _documents(template):
        for index, statement in enumerate(as_list(document.get("Statement"))):
            if isinstance(statement, dict) and statement.get("Effect") == "Allow":
                yield (*where, "Statement", index), statement


def _documents(template: dict[str, Any]) -> Iterator[tuple[Path, dict[str, Any]]]:
    for logical_id, policy in of_type(template, *POLICIES):
        where: Path = ("Resources", logical_id, "Properties", "PolicyDocument")
        yield where, mapping(properties(policy), "PolicyDocument")
    for logical_id, role in of_type(template, "AWS::IAM::Role"):
        for index, policy in enumerate(as_list(properties(role).get("Policies"))):
            where = ("Resources", logical_id, "Properties", "Policies", index, "PolicyDocument")
            yield where, mapping(policy, "PolicyDocument")
