"""The table of our own rules. Each looks at a transformed template and yields complaints."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from chariot_rules import alarm_rules, api_rules, data_rules, function_rules
from chariot_rules.template import Complaint

__all__ = ["RULES", "Rule"]


@dataclass(frozen=True, slots=True)
class Rule:
    """``id`` is what ``ignore_checks`` takes."""

    id: str
    check: Callable[[dict[str, Any]], Iterable[Complaint]]
    severity: str = "error"


RULES = (
    Rule("CG1001", api_rules.every_method_is_authorised),
    Rule("CG1002", api_rules.web_acl_in_front),
    Rule("CG1003", api_rules.closed_addresses),
    Rule("CG1004", api_rules.closed_egress),
    Rule("CG2001", alarm_rules.functions_are_watched),
    Rule("CG2002", alarm_rules.apis_are_watched),
    Rule("CG2003", alarm_rules.alarms_act),
    Rule("CG2004", alarm_rules.queues_are_watched),
    Rule("CG3001", data_rules.items_expire),
    Rule("CG3002", data_rules.stateful_is_retained),
    Rule("CG4001", function_rules.named_actions),
    Rule("CG4002", function_rules.named_resources, "warning"),
    Rule("CG5001", function_rules.logs_are_kept),
    Rule("CG6001", function_rules.arm64),
)
