"""AWS Lambda's side of a function: the Runtime API, which hands a real bootstrap its events."""

from __future__ import annotations

import contextlib
import json
import subprocess
import threading
import time
import uuid
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Empty, Queue
from typing import Any

__all__ = ["Function", "function"]

_PATIENCE = 30.0
_NEXT = "/2018-06-01/runtime/invocation/next"


class Function:
    """A function that waits for events.

    Its process asks for the next event and posts the answer; ``started`` is the time from its
    start to its first question, in seconds.
    """

    def __init__(self) -> None:
        self.events: Queue[tuple[str, bytes]] = Queue()
        self.answers: dict[str, Queue[tuple[str, bytes]]] = {}
        self.asked = threading.Event()

    def invoke(self, event: Mapping[str, Any]) -> dict[str, Any]:
        """Return the function's answer to an event; fail if it reports an error instead."""
        number = str(uuid.uuid4())
        self.answers[number] = Queue()
        self.events.put((number, json.dumps(event).encode()))
        try:
            kind, body = self.answers[number].get(timeout=_PATIENCE)
        except Empty:
            raise AssertionError(f"the function did not answer within {_PATIENCE:.0f} s") from None
        assert kind == "response", body.decode()
        answer: dict[str, Any] = json.loads(body)
        return answer


@contextlib.contextmanager
def function(bootstrap: Path, environment: Mapping[str, str], log: Path) -> Iterator[Function]:
    """Run a bootstrap as Lambda does, entered once it asks for its first event."""
    made = Function()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(made))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with log.open("ab") as output:
        process = subprocess.Popen(
            [str(bootstrap)],
            env={**environment, "AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{server.server_port}"},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            asked = made.asked.wait(_PATIENCE)
            assert asked, f"the function asked for no event\n{log.read_text(encoding='utf-8')}"
            yield made
        finally:
            process.kill()
            process.wait()
            server.shutdown()
            server.server_close()


def _handler(served: Function) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def log_message(self, *_: object) -> None:
            """Say nothing: the test asserts on the answers."""

        def do_GET(self) -> None:
            served.asked.set()
            assert self.path == _NEXT, self.path
            number, event = served.events.get()
            deadline = int((time.time() + _PATIENCE) * 1000)
            self._answer(
                200,
                event,
                {
                    "Lambda-Runtime-Aws-Request-Id": number,
                    "Lambda-Runtime-Deadline-Ms": str(deadline),
                    "Lambda-Runtime-Invoked-Function-Arn": "arn:aws:lambda:us-east-1:123456789012:function:f",
                    "Lambda-Runtime-Trace-Id": "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1",
                },
            )

        def do_POST(self) -> None:
            *_, number, kind = self.path.split("/")
            served.answers[number].put((kind, self._body()))
            self._answer(202, b"", {})

        def _body(self) -> bytes:
            if self.headers.get("Transfer-Encoding") != "chunked":
                return self.rfile.read(int(self.headers.get("Content-Length", 0)))
            body = b""
            while size := int(self.rfile.readline().strip() or b"0", 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
            return body

        def _answer(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

    return Handler
