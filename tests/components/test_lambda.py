"""The Lambda binaries themselves, through the Runtime API: every operation, both shapes of event."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

import pytest

from caller import Caller
from cloud import Cloud
from runtime import Function, function
from tools import go, run

pytestmark = pytest.mark.compile

# Of each Lambda that keeps its items in a table: its collection, a body that it accepts, the same changed.
COMMANDS = {
    "newentity": ("/api/newentity", {"field1": "first", "field2": 7}, {"field1": "first", "field2": 8}),
    "key": ("/api/key", {"name": "ci"}, None),
}


@pytest.fixture(scope="module", params=sorted(COMMANDS))
def command(request: pytest.FixtureRequest) -> str:
    """The folder of a Lambda's main."""
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def served(
    command: str, cloud: Cloud, examples: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Function]:
    """The Lambda, running with a table of its own."""
    folder = tmp_path_factory.mktemp(command)
    bootstrap = folder / "bootstrap"
    run([go(), "build", "-tags", "lambda.norpc", "-o", str(bootstrap), f"./cmd/{command}"], examples)
    environment = {**cloud.environment, "TABLE_NAME": cloud.table(f"items-{command}")}
    with function(bootstrap, environment, folder / "log") as started:
        yield started


@pytest.fixture(params=["1.0", "2.0"])
def caller(request: pytest.FixtureRequest, served: Function, cloud: Cloud) -> Caller:
    """An administrator whose requests come in each of API Gateway's formats."""
    version = request.param
    return Caller(served, version, cloud.token(f"admin{version[0]}", "admin"))


def test_a_session_of_every_operation(command: str, caller: Caller) -> None:
    path, body, changed = COMMANDS[command]

    status, created, headers = caller.send("POST", path, body)
    assert status == 201, created
    item = f"{path}/{quote(created['key'], safe='')}"
    assert headers["location"] == item

    status, got, headers = caller.send("GET", item)
    assert (status, got["key"]) == (200, created["key"])
    assert caller.send("GET", item, **{"if-none-match": headers["etag"]})[0] == 304
    assert caller.send("DELETE", item, **{"if-match": '"other"'})[0] == 412

    status, page, _ = caller.send("GET", f"{path}?limit=1")
    assert status == 200
    assert [found["key"] for found in next(iter(page.values()))] == [created["key"]]

    if changed is not None:
        status, updated, _ = caller.send("PUT", item, changed)
        assert (status, {**updated, **changed}) == (200, updated)

    assert caller.send("DELETE", item)[0] == 204
    assert caller.send("GET", item)[0] == 404


def test_a_repeated_creation_is_answered_once_but_a_secret_is_not_kept_for_that(
    command: str, caller: Caller
) -> None:
    path, body, changed = COMMANDS[command]
    key = {"idempotency-key": f"session-{caller.version}"}
    status, created, _ = caller.send("POST", path, body, **key)
    assert status == 201, created
    status, again, headers = caller.send("POST", path, body, **key)
    if changed is None:
        assert (status, again["secret"] != created["secret"]) == (201, True)
        assert caller.send("DELETE", f"{path}/{quote(again['key'], safe='')}")[0] == 204
    else:
        assert (status, again, headers["idempotency-replayed"]) == (201, created, "true")
        assert caller.send("POST", path, {}, **key)[0] == 422
    assert caller.send("DELETE", f"{path}/{quote(created['key'], safe='')}")[0] == 204


def test_refusals_have_their_status_and_the_envelope(command: str, caller: Caller) -> None:
    path, body, _ = COMMANDS[command]
    refused = {
        400: caller.send("POST", path, {"unknown": 1}),
        401: Caller(caller.served, caller.version, "nonsense").send("GET", path),
        404: caller.send("GET", "/api/nothing"),
        405: caller.send("DELETE", path),
        415: caller.send("POST", path, body, **{"content-type": "text/plain"}),
    }
    for wanted, (status, answer, headers) in refused.items():
        assert status == wanted, answer
        assert answer["code"]
        assert answer["message"]
        assert answer["request_id"] == headers["x-request-id"]


def test_a_reader_may_read_and_no_more(command: str, caller: Caller, cloud: Cloud) -> None:
    path, body, _ = COMMANDS[command]
    reader = Caller(caller.served, caller.version, cloud.token(f"reader{caller.version[0]}"))
    assert reader.send("GET", path)[0] == 200
    assert reader.send("POST", path, body)[0] == 403


def test_an_event_that_is_no_request_is_an_error_and_the_function_lives(command: str, caller: Caller) -> None:
    with pytest.raises(AssertionError, match="errorMessage"):
        caller.served.invoke({"version": {"not": "a request"}})
    assert caller.send("GET", COMMANDS[command][0])[0] == 200


@pytest.fixture
def upstream() -> Iterator[tuple[str, list[str]]]:
    """An outside service that knows a summary of everything, and the credentials that it was shown."""
    shown: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def do_GET(self) -> None:
            shown.append(self.headers["Authorization"])
            body = b'{"name":"first","summary":"As the service has it."}'
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", shown
        server.shutdown()


@pytest.mark.parametrize("name", ["external-token", "/dev/external-token"])
def test_a_refresh_signs_in_with_a_secret_or_a_parameter(
    name: str, upstream: tuple[str, list[str]], cloud: Cloud, examples: Path, tmp_path: Path
) -> None:
    if name.startswith("/"):
        cloud.api("ssm").put_parameter(Name=name, Value="s3cr3t", Type="SecureString")
    else:
        cloud.secret(name, "s3cr3t")
    bootstrap = tmp_path / "bootstrap"
    run([go(), "build", "-tags", "lambda.norpc", "-o", str(bootstrap), "./cmd/newentity"], examples)
    environment = {
        **cloud.environment,
        "TABLE_NAME": cloud.table(f"items{name.replace('/', '-')}"),
        "EXTERNAL_SERVICE_BASE_URL": upstream[0],
        "EXTERNAL_SERVICE_SECRET_NAME": name,
    }
    with function(bootstrap, environment, tmp_path / "log") as served:
        caller = Caller(served, "1.0", cloud.token("refresher", "admin"))
        _, created, _ = caller.send("POST", "/api/newentity", {"field1": "first"})
        item = f"/api/newentity/{quote(created['key'], safe='')}"
        status, refreshed, _ = caller.send("POST", f"{item}/refresh")
    assert (status, refreshed["summary"]) == (200, "As the service has it.")
    assert upstream[1] == ["Bearer s3cr3t"]
    assert "s3cr3t" not in (tmp_path / "log").read_text(encoding="utf-8")
