"""A caller of a Lambda that serves HTTP: requests as API Gateway makes events of them."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

from runtime import Function

__all__ = ["Caller", "event_v1"]


class Caller:
    """A person's program: sends requests as events of one version of API Gateway's format."""

    def __init__(self, served: Function, version: str, token: str) -> None:
        self.served, self.version, self.token = served, version, token

    def send(
        self, method: str, url: str, body: object = None, **headers: str
    ) -> tuple[int, Any, dict[str, str]]:
        """Return the status, the JSON body and the header of the answer."""
        sent = {"authorization": f"Bearer {self.token}", **headers}
        if body is not None:
            sent.setdefault("content-type", "application/json")
        text = None if body is None else json.dumps(body)
        event = (event_v1 if self.version == "1.0" else _v2)(method, url, sent, text)
        answer = self.served.invoke(event)
        found = {name.lower(): value for name, value in (answer.get("headers") or {}).items()}
        found |= {
            name.lower(): ",".join(values) for name, values in (answer.get("multiValueHeaders") or {}).items()
        }
        text = answer.get("body") or "null"
        return answer["statusCode"], json.loads(text), found


def event_v1(method: str, url: str, headers: dict[str, str], body: str | None) -> dict[str, Any]:
    """Return a request as a REST API puts it to a function."""
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    return {
        "version": "1.0",
        "resource": "/{proxy+}",
        "path": parts.path,
        "httpMethod": method,
        "headers": headers,
        "multiValueHeaders": {name: [value] for name, value in headers.items()},
        "queryStringParameters": {name: values[-1] for name, values in query.items()} or None,
        "multiValueQueryStringParameters": query or None,
        "requestContext": {"requestId": "r", "stage": "dev", "identity": {"sourceIp": "198.51.100.7"}},
        "body": body,
        "isBase64Encoded": False,
    }


def _v2(method: str, url: str, headers: dict[str, str], body: str | None) -> dict[str, Any]:
    parts = urlsplit(url)
    return {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": parts.path,
        "rawQueryString": parts.query,
        "headers": headers,
        "requestContext": {
            "requestId": "r",
            "stage": "$default",
            "http": {
                "method": method,
                "path": parts.path,
                "protocol": "HTTP/1.1",
                "sourceIp": "198.51.100.7",
            },
        },
        **({} if body is None else {"body": body}),
        "isBase64Encoded": False,
    }
