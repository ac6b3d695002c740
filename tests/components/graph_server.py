"""Neo4j itself, in one process of its own."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from maven import jars, java
from processes import free_port, running

__all__ = ["GraphServer", "neo4j"]

_PROJECT = Path(__file__).parent / "neo4j"
_PASSWORD = "correct-horse-battery"


@dataclass(frozen=True, slots=True)
class GraphServer:
    """Where the database is."""

    uri: str

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a process of its own that uses the database."""
        return {
            "NEO4J_URI": self.uri,
            "NEO4J_SECRET": self.secret,
            "NEO4J_SECRET_NAME": "neo4j",
        }

    @property
    def secret(self) -> str:
        """The credentials, as a secret holds them."""
        return json.dumps({"username": "neo4j", "password": _PASSWORD})


@contextlib.contextmanager
def neo4j(folder: Path) -> Iterator[GraphServer]:
    """Run an empty Neo4j that keeps its files in a folder."""
    port, log = free_port(), folder / "log"
    command = (java(), "-Xmx512m", "-cp", f"{jars(_PROJECT / 'pom.xml')}/*", _PROJECT / "Neo4jServer.java")
    arguments = (folder / "data", port, _PASSWORD)
    with running((*command, *arguments), lambda: "ready" in log.read_text(encoding="utf-8"), log):
        yield GraphServer(f"bolt://127.0.0.1:{port}")
