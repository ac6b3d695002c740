"""Who is told when something goes wrong."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chariot_rules.template import Complaint, as_list, of_type, properties, refers_to

__all__ = ["alarms_act", "apis_are_watched", "functions_are_watched", "queues_are_watched"]

FUNCTION_METRICS = ("Errors", "Throttles", "Duration")
API_METRICS = ("5XXError", "Latency")
DEPTH = "ApproximateNumberOfMessagesVisible"


def alarms_act(template: dict[str, Any]) -> Iterator[Complaint]:
    """Complain of an alarm that nobody hears."""
    for logical_id, alarm in of_type(template, "AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm"):
        if not properties(alarm).get("AlarmActions") or properties(alarm).get("ActionsEnabled") is False:
            yield ("Resources", logical_id), "the alarm notifies nobody; set AlarmActions"


def functions_are_watched(template: dict[str, Any]) -> Iterator[Complaint]:
    """Complain of a function without alarms on its errors, throttles and duration."""
    for logical_id, function in of_type(template, "AWS::Lambda::Function"):
        names = [properties(function).get("FunctionName")]
        for metric in FUNCTION_METRICS:
            if not _watched(template, metric, "FunctionName", logical_id, names):
                yield ("Resources", logical_id), f"no alarm watches the function's {metric}"


def apis_are_watched(template: dict[str, Any]) -> Iterator[Complaint]:
    """Complain of a REST API without alarms on its 5xx answers and its latency."""
    for logical_id, api in of_type(template, "AWS::ApiGateway::RestApi"):
        names = [properties(api).get("Name"), _title(api)]
        for metric in API_METRICS:
            if not _watched(template, metric, "ApiName", logical_id, names):
                yield ("Resources", logical_id), f"no alarm watches the API's {metric}"


def queues_are_watched(template: dict[str, Any]) -> Iterator[Complaint]:
    """Complain of failed messages that get lost, unseen, or worked on twice.

    A message must stay invisible at least as long as the function may work on it,
    and what failed for good must raise an alarm where it is kept.
    """
    queues = dict(of_type(template, "AWS::SQS::Queue"))
    for _, mapping in of_type(template, "AWS::Lambda::EventSourceMapping"):
        source = properties(mapping).get("EventSourceArn")
        for logical_id in (name for name in queues if refers_to(source, name)):
            queue = properties(queues[logical_id])
            yield from _visibility(template, mapping, logical_id, queue)
            redrive = queue.get("RedrivePolicy")
            if not isinstance(redrive, dict):
                yield ("Resources", logical_id), "the queue has no dead letter queue; set RedrivePolicy"
                continue
            target = redrive.get("deadLetterTargetArn")
            for name in (name for name in queues if refers_to(target, name)):
                names = [properties(queues[name]).get("QueueName")]
                if not _watched(template, DEPTH, "QueueName", name, names):
                    yield ("Resources", name), f"no alarm watches the dead letters; watch {DEPTH}"


def _visibility(
    template: dict[str, Any], mapping: dict[str, Any], logical_id: str, queue: dict[str, Any]
) -> Iterator[Complaint]:
    target = properties(mapping).get("FunctionName")
    visible = queue.get("VisibilityTimeout", 30)
    for name, function in of_type(template, "AWS::Lambda::Function"):
        timeout = properties(function).get("Timeout", 3)
        known = isinstance(visible, int) and isinstance(timeout, int)
        if refers_to(target, name) and known and visible < timeout:
            yield (
                ("Resources", logical_id),
                f"VisibilityTimeout {visible} is shorter than the Timeout {timeout} of {name}",
            )


def _watched(
    template: dict[str, Any], metric: str, dimension: str, logical_id: str, names: list[Any]
) -> bool:
    """Report whether an alarm on the metric has the resource, or its name, as its dimension."""
    for _, alarm in of_type(template, "AWS::CloudWatch::Alarm"):
        if properties(alarm).get("MetricName") != metric:
            continue
        for entry in as_list(properties(alarm).get("Dimensions")):
            value = entry.get("Value")
            if entry.get("Name") == dimension and (refers_to(value, logical_id) or _same(value, names)):
                return True
    return False


def _same(value: object, names: list[Any]) -> bool:
    return value is not None and value in [name for name in names if name is not None]


def _title(api: dict[str, Any]) -> object:
    body = properties(api).get("Body")
    return body.get("info", {}).get("title") if isinstance(body, dict) else None
