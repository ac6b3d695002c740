"""The HTTP API of an emitted backend, as a caller meets it: cmd/local, over TCP, every operation."""

from __future__ import annotations

import http.client
import json
import re
import socket
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from commandline import chariot_gen
from tools import go, go_environment

SPEC = """\
entity: Note
kind: table
description: A note.
key: "#note#{title}"
fields:
  username: { desc: Account that owns the note., example: user@example.com }
  title: { desc: Title of the note., example: groceries, required: true }
  text: { desc: Text of the note., example: Milk. }
  marks: { type: int64, desc: How often it was marked., example: 3 }
  tags: { type: "map[string]string", desc: Words to find it by. }
api:
  operations: [create, get, list, update, patch, delete, batch]
  filters: [text, marks]
  sort: [marks]
"""
MERGE_PATCH = "application/merge-patch+json"
NOTES = "/api/note"
ENVIRONMENT = {
    "ADDRESS": "127.0.0.1:0",
    "CORS_ALLOWED_ORIGINS": "https://app.example.com",
    "RATE_LIMIT": "100000",
    "RATE_LIMIT_BURST": "100000",
    "TABLE_NAME": "",
}
SERVING = re.compile(r"Serving http://(\S+) for .*?TOKEN=(\S+)", re.DOTALL)


@dataclass(frozen=True)
class Answer:
    """What the server sent back."""

    status: int
    header: http.client.HTTPMessage
    text: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.text)


@dataclass
class Caller:
    """A caller of a running command, with the token that it has printed."""

    address: str
    token: str
    process: subprocess.Popen[str] = field(repr=False)

    def send(
        self, method: str, path: str, body: object = None, *, text: bytes | None = None, **header: str
    ) -> Answer:
        """Send one request; ``header`` names are written with underscores."""
        headers = {name.replace("_", "-"): value for name, value in header.items()}
        headers.setdefault("Authorization", f"Bearer {self.token}")
        data = text if text is not None else None if body is None else json.dumps(body).encode()
        if data is not None:
            headers.setdefault("Content-Type", "application/json")
        connection = http.client.HTTPConnection(self.address, timeout=30)
        try:
            connection.request(method, path, data, headers)
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        finally:
            connection.close()

    def memory(self) -> int:
        """Return the most memory that the command has used, in KiB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        return int(re.findall(r"VmHWM:\s+(\d+) kB", status)[0])


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("http")
    spec = folder / "note.yaml"
    spec.write_text(SPEC, encoding="utf-8")
    done = chariot_gen("entity", spec, "--dest", folder / "backend", "--no-hooks")
    assert done.code == 0, done.err
    binary = folder / "local"
    subprocess.run(
        [go(), "build", "-o", binary, "./cmd/local"], cwd=folder / "backend", env=go_environment(), check=True
    )
    return binary


def _start(program: Path, **environment: str) -> Caller:
    process = subprocess.Popen(
        [program], env={**ENVIRONMENT, **environment}, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    said = ""
    while (found := SERVING.search(said)) is None:
        line = process.stdout.readline()
        assert line, f"the command ended: {said}"
        said += line
    return Caller(found[1], found[2], process)


def _stop(caller: Caller) -> None:
    caller.process.terminate()
    caller.process.communicate(timeout=30)
    assert caller.process.returncode == 0


@pytest.fixture(scope="module")
def caller(program: Path) -> Iterator[Caller]:
    started = _start(program)
    # Log lines must not fill the pipe.
    with ThreadPoolExecutor(1) as reader:
        assert started.process.stdout is not None
        reader.submit(started.process.stdout.read)
        yield started
        started.process.terminate()
    started.process.stdout.close()
    assert started.process.wait(timeout=30) == 0


def _path(title: str) -> str:
    return f"{NOTES}/{quote(f'#note#{title}', safe='')}"


def _create(caller: Caller, title: str, **fields: object) -> Answer:
    answer = caller.send("POST", NOTES, {"title": title, **fields})
    assert answer.status == 201, answer.text
    return answer


def _refused(answer: Answer, status: int, code: str) -> None:
    assert (answer.status, answer.json["code"]) == (status, code), answer.text
    assert answer.json["request_id"] == answer.header["X-Request-Id"]
    assert answer.header["X-Content-Type-Options"] == "nosniff"
    assert answer.header["Cache-Control"] == "no-store"


def test_a_note_lives(caller: Caller) -> None:
    created = _create(caller, "life", text="a")
    assert created.header["Location"] == _path("life")
    read = caller.send("GET", _path("life"))
    assert (read.status, read.json["text"]) == (200, "a")
    updated = caller.send("PUT", _path("life"), {"title": "life", "text": "b"})
    assert (updated.status, updated.json["text"]) == (200, "b")
    patched = caller.send("PATCH", _path("life"), {"marks": 7, "tags": {"x": "y"}}, Content_Type=MERGE_PATCH)
    assert (patched.json["marks"], patched.json["text"]) == (7, "b")
    assert len({created.header["ETag"], updated.header["ETag"], patched.header["ETag"]}) == 3
    assert caller.send("DELETE", _path("life")).status == 204
    _refused(caller.send("GET", _path("life")), 404, "not_found")


def test_versions_guard_what_is_changed(caller: Caller) -> None:
    first = _create(caller, "guarded").header["ETag"]
    unchanged = caller.send("GET", _path("guarded"), If_None_Match=f'"other", {first}')
    assert (unchanged.status, unchanged.text, unchanged.header["ETag"]) == (304, b"", first)
    body = {"title": "guarded", "text": "b"}
    second = caller.send("PUT", _path("guarded"), body, If_Match=first)
    assert second.status == 200
    for method in ("PUT", "DELETE"):
        stale = caller.send(method, _path("guarded"), body if method == "PUT" else None, If_Match=first)
        _refused(stale, 412, "precondition_failed")
    _refused(
        caller.send("PUT", _path("guarded"), body, If_Match=f"W/{second.header['ETag']}"),
        412,
        "precondition_failed",
    )
    _refused(caller.send("PUT", _path("guarded"), body, If_None_Match="*"), 412, "precondition_failed")
    _refused(caller.send("PUT", _path("guarded"), body, If_Match="no quotes"), 400, "invalid_request")
    assert caller.send("DELETE", _path("guarded"), If_Match="*").status == 204


def test_no_concurrent_change_is_lost(caller: Caller) -> None:
    _create(caller, "contested", tags={})

    def tag(name: str) -> None:
        while True:
            answer = caller.send("PATCH", _path("contested"), {"tags": {name: "1"}}, Content_Type=MERGE_PATCH)
            if answer.status == 200:
                return
            _refused(answer, 409, "conflict")

    wanted = {f"t{number}" for number in range(12)}
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(tag, sorted(wanted)))
    assert set(caller.send("GET", _path("contested")).json["tags"]) == wanted


def test_a_creation_is_carried_out_once(caller: Caller) -> None:
    body = {"title": "once", "text": "a"}
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: caller.send("POST", NOTES, body, Idempotency_Key="k-1"), range(6)))
    assert {answer.status for answer in answers} <= {201, 409}
    repeated = caller.send("POST", NOTES, body, Idempotency_Key="k-1")
    assert (repeated.status, repeated.header["Idempotency-Replayed"]) == (201, "true")
    assert repeated.header["Location"] == _path("once")
    _refused(caller.send("POST", NOTES, {**body, "text": "b"}, Idempotency_Key="k-1"), 422, "unprocessable")
    _refused(caller.send("POST", NOTES, body), 409, "conflict")
    _refused(caller.send("POST", NOTES, body, Idempotency_Key="é"), 400, "invalid_request")


def test_a_list_is_read_page_by_page(caller: Caller) -> None:
    titles = [f"page {number:02}" for number in range(7)]
    items = [{"title": title} for title in titles]
    results = caller.send("POST", f"{NOTES}/batch", {"items": items}).json["results"]
    assert [result["status"] for result in results] == [201] * 7
    seen, token = [], ""
    while True:
        page = caller.send("GET", f"{NOTES}?limit=3{token and f'&token={token}'}").json
        seen += [item["title"] for item in page["notes"]]
        if "next" not in page:
            break
        token = page["next"]
        assert "note" not in token
    assert [title for title in seen if title.startswith("page")] == titles
    assert len(seen) == len(set(seen))
    for query in (
        "token=made-up",
        f"token={token}x",
        "limit=0",
        "limit=1&limit=2",
        "colour=red",
        "sort=title",
    ):
        _refused(caller.send("GET", f"{NOTES}?{query}"), 400, "invalid_request")


def test_a_list_is_narrowed_and_ordered(caller: Caller) -> None:
    for title, marks in (("low", 1), ("high", 9), ("middle", 5)):
        _create(caller, f"sorted {title}", text="sorted", marks=marks)

    def titles(query: str) -> list[str]:
        answer = caller.send("GET", f"{NOTES}?text=sorted&{query}")
        assert answer.status == 200, answer.text
        return [item["title"].removeprefix("sorted ") for item in answer.json["notes"]]

    assert titles("sort=marks") == ["low", "middle", "high"]
    assert titles("sort=-marks") == ["high", "middle", "low"]
    assert titles("marks=5") == ["middle"]
    assert titles("marks=4") == []
    token = caller.send("GET", f"{NOTES}?text=sorted&sort=marks&limit=1").json["next"]
    assert titles(f"sort=marks&limit=1&token={token}") == ["middle"]
    for query in ("text=other", "text=sorted&sort=-marks", "text=sorted"):
        _refused(caller.send("GET", f"{NOTES}?{query}&token={token}"), 400, "invalid_request")
    _refused(caller.send("GET", f"{NOTES}?marks=many"), 400, "invalid_request")
    _refused(caller.send("GET", f"{NOTES}?sort=text"), 400, "invalid_request")


def test_a_batch_tells_of_each_item(caller: Caller) -> None:
    _create(caller, "batched", marks=5)
    items = [{"title": "batched", "text": "new"}, {"title": ""}, {"title": "fresh"}, {"title": "fresh"}]
    answer = caller.send("POST", f"{NOTES}/batch", {"items": items})
    assert [result["status"] for result in answer.json["results"]] == [200, 400, 201, 409]
    assert caller.send("GET", _path("batched")).json["text"] == "new"
    for bad in ({"items": []}, {"items": [{"title": "x"}] * 101}, {"items": [{"colour": 1}]}, {}):
        _refused(caller.send("POST", f"{NOTES}/batch", bad), 400, "invalid_request")


HOSTILE = {
    "nothing": b"",
    "null": b"null",
    "a list": b"[]",
    "half": b'{"title":"a"',
    "two": b'{"title":"a"}{"title":"b"}',
    "a tail": b'{"title":"a"} x',
    "no text": b'{"title":"\xff"}',
    "half a character": b'{"title":"\\ud83d"}',
    "a name twice": b'{"title":"a","title":"b"}',
    "a name twice in another case": b'{"title":"a","TITLE":"b"}',
    "a name twice in escapes": b'{"title":"a","t\\u0069tle":"b"}',
    "a name twice inside": b'{"title":"a","tags":{"a":"b","a":"c"}}',
    "an unknown field": b'{"title":"a","colour":1}',
    "a read-only field": b'{"title":"a","key":"#note#b"}',
    "a huge number": b'{"title":"a","marks":1e999999}',
    "a long number": b'{"title":"a","marks":' + b"9" * 500_000 + b"}",
    "deep lists": b"[" * 500_000,
    "deep objects": b'{"tags":' * 100_000,
    "many names": b'{"tags":{' + b",".join(b'"%d":1' % number for number in range(60_000)) + b"}}",
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_body_is_the_callers_fault(caller: Caller, body: bytes) -> None:
    _refused(caller.send("POST", NOTES, text=body), 400, "invalid_request")


def test_large_bodies_are_refused_and_take_no_memory(caller: Caller) -> None:
    large = b'{"title":"' + b"a" * (10 << 20) + b'"}'
    before = caller.memory()
    for _ in range(20):
        try:
            _refused(caller.send("POST", NOTES, text=large), 413, "payload_too_large")
        except (BrokenPipeError, ConnectionResetError):
            continue  # the server does not wait for all of it
    assert caller.memory() < before + (48 << 10)


def test_a_body_that_says_nothing_of_its_length_is_bounded_too(caller: Caller) -> None:
    host, _, port = caller.address.partition(":")
    head = (
        f"POST {NOTES} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {caller.token}\r\n"
        "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    with socket.create_connection((host, int(port)), timeout=30) as connection:
        connection.sendall(head.encode())
        chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
        try:
            for _ in range(64):
                connection.sendall(chunk)
        except (BrokenPipeError, ConnectionResetError):
            pass
        assert connection.recv(64).startswith(b"HTTP/1.1 413 ")


def test_what_is_not_served_is_said_so(caller: Caller) -> None:
    wrong = caller.send("DELETE", NOTES)
    _refused(wrong, 405, "method_not_allowed")
    assert {"GET", "POST"} <= set(wrong.header["Allow"].replace(" ", "").split(","))
    _refused(caller.send("GET", "/api/notes"), 404, "not_found")
    _refused(caller.send("GET", f"{NOTES}/{quote('#other#a', safe='')}"), 404, "not_found")
    _refused(
        caller.send("POST", NOTES, text=b"title=a", Content_Type="text/plain"), 415, "unsupported_media_type"
    )
    patch = caller.send("PATCH", _path("x"), {"text": "a"})
    _refused(patch, 415, "unsupported_media_type")
    assert patch.header["Accept-Patch"] == MERGE_PATCH
    _refused(caller.send("GET", f"{NOTES}?token={'a' * 9000}"), 414, "uri_too_long")
    assert caller.send("GET", NOTES, X_Long="a" * (2 << 20)).status == 431


def test_only_callers_are_served(caller: Caller) -> None:
    for header in ("Bearer made.up.token", "Basic YTpi", "Bearer"):
        answer = caller.send("GET", NOTES, Authorization=header)
        _refused(answer, 401, "unauthenticated")
        assert answer.header["WWW-Authenticate"].startswith("Bearer")
    assert caller.send("GET", "/healthz", Authorization="").status == 200


def test_ids_come_back(caller: Caller) -> None:
    answer = caller.send("GET", NOTES, X_Request_Id="r-1", X_Correlation_Id="order-7")
    assert (answer.header["X-Request-Id"], answer.header["X-Correlation-Id"]) == ("r-1", "order-7")
    made = caller.send("GET", NOTES, X_Request_Id="no blanks").header["X-Request-Id"]
    assert made not in ("", "no blanks")


def test_scripts_of_known_origins_may_ask(caller: Caller) -> None:
    asks = {
        "Access_Control_Request_Method": "PATCH",
        "Access_Control_Request_Headers": "authorization,if-match",
    }
    ours = caller.send("OPTIONS", _path("x"), Origin="https://app.example.com", Authorization="", **asks)
    assert (ours.status, ours.header["Access-Control-Allow-Origin"]) == (204, "https://app.example.com")
    theirs = caller.send("OPTIONS", _path("x"), Origin="https://evil.example", Authorization="", **asks)
    assert theirs.header["Access-Control-Allow-Origin"] is None


def test_a_tenant_that_asks_too_much_waits(program: Path) -> None:
    caller = _start(program, RATE_LIMIT="1", RATE_LIMIT_BURST="3")
    answers = [caller.send("GET", NOTES) for _ in range(5)]
    assert [answer.status for answer in answers[:3]] == [200, 200, 200]
    _refused(answers[4], 429, "rate_limited")
    assert int(answers[4].header["Retry-After"]) >= 1
    assert caller.send("GET", "/healthz").status == 200
    _stop(caller)


def test_all_that_is_wrong_with_the_environment_is_said_at_once(program: Path) -> None:
    wrong = {"RATE_LIMIT": "-1", "CORS_ALLOWED_ORIGINS": "*", "REQUEST_TIMEOUT": "soon"}
    done = subprocess.run(
        [program], env={**ENVIRONMENT, **wrong}, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode != 0
    for name in wrong:
        assert name in done.stderr
