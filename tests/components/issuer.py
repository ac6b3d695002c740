"""An issuer of tokens whose keys a test can change: it signs RS256 and serves its JWKS."""

from __future__ import annotations

import base64
import contextlib
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256

__all__ = ["CLIENT", "Issuer", "issuer"]

CLIENT = "client"


class Issuer:
    """Signs tokens with its newest key and publishes all that it has not withdrawn."""

    def __init__(self) -> None:
        self.url = ""
        self.keys: dict[str, rsa.RSAPrivateKey] = {}
        self.fetches = 0

    def add(self, kid: str) -> None:
        """Sign with a new key from now on."""
        self.keys[kid] = rsa.generate_private_key(65537, 2048)

    def withdraw(self, kid: str) -> None:
        """Publish a key no longer."""
        del self.keys[kid]

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a process that accepts the issuer's tokens."""
        return {"JWT_ISSUER": self.url, "JWT_CLIENT_ID": CLIENT, "JWKS_URL": f"{self.url}/jwks.json"}

    def token(self, user: str, *, lifetime: float = 600, **claims: object) -> str:
        """Return an access token of an administrator."""
        kid, key = list(self.keys.items())[-1]
        payload = {
            "iss": self.url,
            "sub": f"sub-of-{user}",
            "client_id": CLIENT,
            "token_use": "access",
            "username": user,
            "cognito:groups": ["admin"],
            "exp": int(time.time() + lifetime),
            **claims,
        }
        signed = f"{_part({'alg': 'RS256', 'kid': kid})}.{_part(payload)}"
        return f"{signed}.{_base64(key.sign(signed.encode(), padding.PKCS1v15(), SHA256()))}"

    def document(self) -> bytes:
        """Return the published keys as a JWKS."""
        return json.dumps({"keys": [_jwk(kid, key) for kid, key in self.keys.items()]}).encode()


@contextlib.contextmanager
def issuer() -> Iterator[Issuer]:
    """Serve an issuer with one key."""
    made = Issuer()
    made.add("first")
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(made))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    made.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()


def _handler(served: Issuer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing: the test asserts on the fetches."""

        def do_GET(self) -> None:
            served.fetches += 1
            document = served.document()
            self.send_response(200)
            self.send_header("Content-Length", str(len(document)))
            self.end_headers()
            self.wfile.write(document)

    return Handler


def _jwk(kid: str, key: rsa.RSAPrivateKey) -> dict[str, str]:
    numbers = key.public_key().public_numbers()
    return {
        "kid": kid,
        "kty": "RSA",
        "use": "sig",
        "alg": "RS256",
        "n": _base64(numbers.n.to_bytes(256, "big")),
        "e": _base64(numbers.e.to_bytes(3, "big")),
    }


def _part(content: Any) -> str:
    return _base64(json.dumps(content).encode())


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
