"""A backend that serves every entity over HTTP, and people with a user pool's tokens who call it."""

from __future__ import annotations

import contextlib
import itertools
import re
from collections.abc import Iterator
from pathlib import Path

from client import Client
from cloud import Cloud
from processes import running

__all__ = ["Person", "person", "serving"]

_USERS = itertools.count()


@contextlib.contextmanager
def serving(command: Path, environment: dict[str, str], log: Path) -> Iterator[str]:
    """Run cmd/local until the block ends and yield its address."""

    def address() -> re.Match[str] | None:
        return re.search(r"^Serving (http://\S+) ", log.read_text(encoding="utf-8"), flags=re.MULTILINE)

    everything = {**environment, "ADDRESS": "127.0.0.1:0"}
    with running([command], lambda: address() is not None, log, environment=everything):
        found = address()
        assert found is not None
        yield found[1]


class Person(Client):
    """A caller with a name, who can work in another's tenant."""

    def __init__(self, url: str, token: str, name: str, **headers: str) -> None:
        super().__init__(url, token, **headers)
        self.token, self.name = token, name

    def within(self, account: str) -> Person:
        """Return the same caller in a tenant."""
        return Person(self.url, self.token, self.name, account=account)

    def gives(self, member: Person, role: str) -> str:
        """Give a role to another caller and return the record's key."""
        record = {"name": self.name, "member": member.name, "role": role}
        answer = self.send("POST", "/api/account", record)
        assert answer.status == 201, answer
        assert answer.body["key"] == f"#account#{self.name}#{member.name}#"
        key: str = answer.body["key"]
        return key


def person(url: str, cloud: Cloud, *groups: str) -> Person:
    """Return a caller whom nobody knows yet, in these groups of the user pool."""
    name = f"user-{next(_USERS)}"
    return Person(url, cloud.token(name, *groups), name)
