"""The outside services of every entity, all at one address: they know of everything."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

__all__ = ["outside_services"]

# What any of them answers, all at once.
_ANSWER = json.dumps(
    {"ip_str": "198.51.100.7", "ports": [443], "hostnames": ["a"], "name": "a", "summary": "An example."}
).encode()


class _Outside(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(_ANSWER)))
        self.end_headers()
        self.wfile.write(_ANSWER)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextlib.contextmanager
def outside_services() -> Iterator[str]:
    """Serve until the block ends, and yield the address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Outside)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
