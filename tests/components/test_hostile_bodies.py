"""Hostile bodies for every operation with a body: a running process refuses each and does not grow."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import pytest

from client import Answer
from described import Api, Operation
from people import Person
from processes import accepts, free_port, running
from session import ENTITIES, Session
from tools import go_environment

pytestmark = pytest.mark.compile

MEGABYTE = 1 << 20
# More than one request may hold at a time, and much less than what is sent.
ALLOWANCE = 48 * MEGABYTE


class Served(NamedTuple):
    """A process that serves the complete backend, and who may do everything there."""

    caller: Person
    process: int

    def peak(self) -> int:
        """Return the most memory that the process has had, in bytes."""
        return self._memory("VmHWM")

    def size(self) -> int:
        """Return the memory that the process has now, in bytes."""
        return self._memory("VmRSS")

    def _memory(self, name: str) -> int:
        status = Path(f"/proc/{self.process}/status").read_text(encoding="ascii")
        return int(re.findall(rf"{name}:\s+(\d+) kB", status)[0]) << 10


@pytest.fixture(scope="module")
def served(command: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    log, port = tmp_path_factory.mktemp("hostile") / "log", free_port()
    environment = {
        **go_environment(),
        "ADDRESS": f"127.0.0.1:{port}",
        "LOG_LEVEL": "error",
        "RATE_LIMIT": "0",
    }
    with running([command], lambda: accepts(port), log, environment=environment) as process:
        token = re.search(r"^TOKEN=(\S+)$", log.read_text(encoding="utf-8"), flags=re.MULTILINE)
        assert token is not None
        yield Served(Person(f"http://127.0.0.1:{port}", token[1], "developer"), process.pid)


@pytest.fixture(scope="module")
def targets(complete: Path, served: Served) -> list[tuple[Operation, str, dict[str, Any]]]:
    """Every operation that takes a body, the path of something that there is, and a body that it accepts."""
    api = Api(complete / "openapi.yaml")
    found = []
    for tag in ENTITIES:
        session = Session(api, tag, served.caller)
        key = quote(session.create(1)[0]["key"], safe="")
        accepted = {
            "create": session.body(1),
            "update": session.body(0),
            "patch": session.change,
            "batch": {"items": [session.body(2)]},
            "uploadFile": {"content_type": "text/plain", "size": 5},
        }
        for kind, operation in session.operations.items():
            if operation.media_type:
                found.append((operation, operation.path.replace("{key}", key), accepted[kind]))
    created = api.of("Tokens")["createAPIKey"]
    found.append((created, created.path, {"name": "ci"}))
    session = Session(api, "Technology", served.caller)
    removed = session.send("create", body=session.body(4)).body["key"]
    others = {
        "upsert": session.body(2),
        "add": session.body(3),
        "remove": {"key": removed},
        "queryMine": {"node": {"labels": ["Technology"]}},
    }
    for kind, operation in api.of("chariot Technology").items():
        if operation.media_type:
            found.append((operation, operation.path, others[kind]))
    assert {str(operation) for operation, _, _ in found} == {
        str(operation) for operation in api.operations if operation.media_type
    }
    return found


def hostile(accepted: dict[str, Any]) -> dict[str, bytes]:
    """Return what becomes of a body that is accepted in the hands of somebody who means harm."""
    good = json.dumps(accepted).encode()
    name = next(iter(accepted))
    inside = b'{"%s":' % name.encode()
    return {
        "nothing": b"",
        "half": good[:-1],
        "twice": good + good,
        "a tail": good + b" x",
        "no text": good[:-1] + b',"\xff":1}',
        "text that is none": inside + b'"\xff"}',
        "half a character": inside + b'"\\ud83d"}',
        "a name twice": good[:-1] + b"," + good[1:],
        "a name twice in another case": good[:-1] + b',"%s":1}' % name.upper().encode(),
        "a huge number": inside + b"1e999999}",
        "a long number": inside + b"9" * 500_000 + b"}",
        "deep lists": inside + b"[" * 500_000,
        "closed deep lists": inside + b"[" * 200_000 + b"]" * 200_000 + b"}",
        "deep objects": inside * 50_000,
        "many names": inside + b"{" + b",".join(b'"%d":1' % number for number in range(60_000)) + b"}}",
        "an unknown name": good[:-1] + b',"no_such_field":1}',
    }


def _send(served: Served, operation: Operation, path: str, body: bytes) -> Answer:
    headers = {**served.caller.headers, "Content-Type": operation.media_type}
    address = served.caller.url.removeprefix("http://")
    with contextlib.closing(HTTPConnection(address, timeout=60)) as connection:
        connection.request(operation.method, path, body, headers)
        answer = connection.getresponse()
        found = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, json.loads(answer.read() or b"null"), found)


def test_each_is_the_callers_fault(
    served: Served, targets: list[tuple[Operation, str, dict[str, Any]]]
) -> None:
    before = served.size()
    for operation, path, accepted in targets:
        for name, body in hostile(accepted).items():
            answer = _send(served, operation, path, body)
            assert (answer.status, answer.body["code"]) == (400, "invalid_request"), (
                f"{operation}, {name}: {answer}"
            )
            assert answer.body["message"], f"{operation}, {name}"
            assert answer.body["request_id"] == answer.headers["x-request-id"], f"{operation}, {name}"
        good = _send(served, operation, path, json.dumps(accepted).encode())
        assert good.status < 300, f"{operation} takes what is right: {good}"
    assert served.peak() < before + ALLOWANCE


def test_large_ones_take_no_memory(
    served: Served, targets: list[tuple[Operation, str, dict[str, Any]]]
) -> None:
    before = served.size()
    for operation, path, accepted in targets:
        large = b'{"%s":"%s"}' % (next(iter(accepted)).encode(), b"a" * 10 * MEGABYTE)
        for _ in range(2):
            # The server does not wait for all of it.
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                answer = _send(served, operation, path, large)
                assert (answer.status, answer.body["code"]) == (413, "payload_too_large"), (
                    f"{operation}: {answer}"
                )
    assert served.peak() < before + ALLOWANCE
    assert served.size() < before + ALLOWANCE
