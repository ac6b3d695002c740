"""A program that calls a backend over HTTP."""

from __future__ import annotations

import contextlib
import json
from http.client import HTTPConnection
from typing import Any, NamedTuple

__all__ = ["Answer", "Client"]


class Answer(NamedTuple):
    """What a request was answered with; ``headers`` has lower-case names."""

    status: int
    body: Any
    headers: dict[str, str]


class Client:
    """Sends requests to one backend with the same headers in each."""

    def __init__(self, url: str, token: str = "", **headers: str) -> None:
        self.url = url
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}
        if token:
            self.headers["Authorization"] = f"Bearer {token}"

    def send(self, method: str, path: str, body: object = None, **headers: str) -> Answer:
        """Return the answer to a request, whatever its status is; ``headers`` are of this one alone."""
        data = None if body is None else json.dumps(body)
        sent = {**self.headers, **({} if data is None else {"Content-Type": "application/json"})}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        with contextlib.closing(HTTPConnection(self.url.removeprefix("http://"), timeout=30)) as connection:
            connection.request(method, path, data, sent)
            answer = connection.getresponse()
            headers = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, json.loads(answer.read() or b"null"), headers)
