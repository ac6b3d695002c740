"""The outside services of every entity, all at one address: they know of everything."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

__all__ = ["outside_services", "told_of"]

_NAMES = ("EXTERNAL_SERVICE", "LIBRARY", "SHODAN")

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


def told_of(address: str, secret_name: str = "") -> dict[str, str]:
    """Return what tells a backend where they are, and their secret: itself, or the name it is kept by."""
    kept = ("SECRET_NAME", secret_name) if secret_name else ("SECRET", "secret")
    told = {"BASE_URL": address, kept[0]: kept[1]}
    return {f"{name}_{key}": value for name in _NAMES for key, value in told.items()}
