"""API Gateway in front of a backend's functions: routes and authorizer as the emitted stack has them."""

from __future__ import annotations

import contextlib
import json
import re
import threading
from collections.abc import Iterator
from fnmatch import fnmatchcase
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cfnlint.decode import decode

from caller import event_v1
from runtime import Function

__all__ = ["STAGE", "Gateway", "gateway"]

STAGE = "/dev"
_ANY = "x-amazon-apigateway-any-method"
_ARN = "arn:aws:execute-api:us-east-1:123456789012:abc123"


class Gateway:
    """Answers requests below the stage's path; what the function is not asked, it answers itself.

    ``asked`` counts the questions to the authorizer.
    """

    def __init__(self, template: Path, api: Function, authorizer: Function) -> None:
        nodes, problems = decode(str(template))
        assert not problems
        body = nodes["Resources"]["RestApi"]["Properties"]["DefinitionBody"]
        scheme = body["components"]["securitySchemes"]["Bearer"]["x-amazon-apigateway-authorizer"]
        self.paths: dict[str, Any] = body["paths"]
        self.token_form: str = scheme["identityValidationExpression"]
        self.api, self.authorizer, self.url, self.asked = api, authorizer, "", 0

    def answer(self, method: str, target: str, headers: dict[str, str], body: str | None) -> dict[str, Any]:
        """Return the answer to a request."""
        path = urlsplit(target).path
        operation = self._operation(method, path)
        if operation is None:
            return _own(404, "not_found")
        refusal = self._refusal(method, path, headers) if operation["security"] else None
        return refusal or self.api.invoke(event_v1(method, target, headers, body))

    def _operation(self, method: str, path: str) -> dict[str, Any] | None:
        for route, item in self.paths.items():
            pattern = "[^/]+".join(map(re.escape, re.split(r"\{\w+\}", route)))
            if re.fullmatch(pattern, path):
                found: dict[str, Any] | None = item.get(method.lower(), item.get(_ANY))
                return found
        return None

    def _refusal(self, method: str, path: str, headers: dict[str, str]) -> dict[str, Any] | None:
        token = headers.get("authorization", "")
        if not re.fullmatch(self.token_form, token):
            return _own(401, "unauthenticated")
        arn = f"{_ARN}{STAGE}/{method}{path}"
        self.asked += 1
        try:
            decision = self.authorizer.invoke(
                {"type": "TOKEN", "authorizationToken": token, "methodArn": arn}
            )
        except AssertionError:
            return _own(503, "unavailable")
        (statement,) = decision["policyDocument"]["Statement"]
        fits = any(fnmatchcase(arn, resource) for resource in statement["Resource"])
        allowed = statement["Effect"] == "Allow" and statement["Action"] == ["execute-api:Invoke"] and fits
        return None if allowed else _own(401, "unauthenticated")


@contextlib.contextmanager
def gateway(template: Path, api: Function, authorizer: Function) -> Iterator[Gateway]:
    """Serve a gateway; its ``url`` has the stage in it."""
    made = Gateway(template, api, authorizer)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(made))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    made.url = f"http://127.0.0.1:{server.server_port}{STAGE}"
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()


def _own(status: int, code: str) -> dict[str, Any]:
    return {"statusCode": status, "body": json.dumps({"code": code, "message": "said by the gateway"})}


def _handler(served: Gateway) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            """Say nothing: the test asserts on the answers."""

        def serve(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            body = self.rfile.read(length).decode() if length else None
            headers = {name.lower(): value for name, value in self.headers.items()}
            answer = served.answer(self.command, self.path.removeprefix(STAGE), headers, body)
            text = (answer.get("body") or "").encode()
            self.send_response(answer["statusCode"])
            for name, values in (answer.get("multiValueHeaders") or {}).items():
                for value in values:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        do_DELETE = do_GET = do_OPTIONS = do_POST = do_PUT = serve  # noqa: N815 - http.server calls them so

    return Handler
