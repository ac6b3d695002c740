"""Who may call: authorisers, WAF, function addresses, open networks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chariot_rules.template import Complaint, as_list, mentions, of_type, properties

__all__ = ["closed_addresses", "closed_egress", "every_method_is_authorised", "web_acl_in_front"]

# Programs get the token that all else demands from /token, for an API key.
OPEN = frozenset({("get", "/healthz"), ("get", "/token")})
MAY_BE_OPEN = "only GET /healthz and GET /token may be open"
# A preflight request carries no token, so OPTIONS is open by design.
METHODS = frozenset({"delete", "get", "head", "patch", "post", "put", "x-amazon-apigateway-any-method"})
PROOFS = ("x-amazon-apigateway-authorizer", "x-amazon-apigateway-authtype")
ANYWHERE = frozenset({"0.0.0.0/0", "::/0"})
OPEN_EGRESS = "egress is open to the whole internet; name a security group or a prefix list"


def every_method_is_authorised(template: dict[str, Any]) -> Iterator[Complaint]:
    """Complain of each method that answers without an authoriser and is not meant to."""
    for logical_id, api in of_type(template, "AWS::ApiGateway::RestApi", "AWS::ApiGatewayV2::Api"):
        body = properties(api).get("Body")
        if not isinstance(body, dict):
            continue
        for route, methods in sorted(body.get("paths", {}).items()):
            for method, operation in sorted(methods.items()):
                guarded = any(_authorises(body, entry) for entry in _security(body, operation))
                if method in METHODS and (method, route) not in OPEN and not guarded:
                    where = ("Resources", logical_id, "Properties", "Body", "paths", route, method)
                    yield where, f"{method.upper()} {route} has no authorizer; {MAY_BE_OPEN}"
    for logical_id, method in of_type(template, "AWS::ApiGateway::Method"):
        if properties(method).get("AuthorizationType", "NONE") == "NONE":
            yield ("Resources", logical_id), "the method has no authorizer"
    for logical_id, route in of_type(template, "AWS::ApiGatewayV2::Route"):
        if properties(route).get("AuthorizationType", "NONE") == "NONE":
            yield ("Resources", logical_id), "the route has no authorizer"


def web_acl_in_front(template: dict[str, Any]) -> Iterator[Complaint]:
    """Complain of a REST API whose stage no web ACL stands in front of."""
    guarded = [
        properties(resource).get("ResourceArn")
        for _, resource in of_type(template, "AWS::WAFv2::WebACLAssociation")
    ]
    for logical_id, _ in of_type(template, "AWS::ApiGateway::RestApi"):
        if not any(mentions(arn, logical_id) for arn in guarded):
            yield (
                ("Resources", logical_id),
                "no web ACL stands in front; add an AWS::WAFv2::WebACLAssociation",
            )


def closed_addresses(template: dict[str, Any]) -> Iterator[Complaint]:
    """Complain of a function's own address that anybody may call."""
    for logical_id, url in of_type(template, "AWS::Lambda::Url"):
        if properties(url).get("AuthType") != "AWS_IAM":
            yield ("Resources", logical_id), "the function's URL is open to anybody; set AuthType: AWS_IAM"


def closed_egress(template: dict[str, Any]) -> Iterator[Complaint]:
    """Complain of a security group that lets traffic out to anywhere, said or by default."""
    for logical_id, group in of_type(template, "AWS::EC2::SecurityGroup"):
        rules = properties(group).get("SecurityGroupEgress")
        if not rules:
            yield ("Resources", logical_id), "without SecurityGroupEgress the group lets everything out"
        for index, rule in enumerate(as_list(rules)):
            if _is_open(rule):
                yield (
                    ("Resources", logical_id, "Properties", "SecurityGroupEgress", index),
                    OPEN_EGRESS,
                )
    for logical_id, rule in of_type(template, "AWS::EC2::SecurityGroupEgress"):
        if _is_open(properties(rule)):
            yield ("Resources", logical_id), OPEN_EGRESS


def _security(body: dict[str, Any], operation: object) -> list[Any]:
    own = operation.get("security") if isinstance(operation, dict) else None
    return as_list(own if own is not None else body.get("security"))


def _authorises(body: dict[str, Any], entry: object) -> bool:
    """Report whether a security requirement names a scheme that tells callers apart.

    An API key alone meters callers, it does not prove who they are.
    """
    schemes = {**body.get("securityDefinitions", {}), **body.get("components", {}).get("securitySchemes", {})}
    named = entry if isinstance(entry, dict) else {}
    return any(proof in schemes.get(name, {}) for name in named for proof in PROOFS)


def _is_open(rule: object) -> bool:
    return isinstance(rule, dict) and bool({str(rule.get("CidrIp")), str(rule.get("CidrIpv6"))} & ANYWHERE)
