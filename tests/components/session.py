"""What one person does with one entity, every answer held against the description."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

from client import Answer
from described import Api
from people import Person

__all__ = ["ENTITIES", "Session", "text_of"]

# Of each entity: a field of its key with values of it, and what is changed of the first item.
ENTITIES: dict[str, tuple[str, list[Any], dict[str, Any]]] = {
    "Account": ("member", [f"m{n}@example.com" for n in range(5)], {"role": "readonly"}),
    "Document": (
        "title",
        ["first", "second", "third", "fourth", "fifth"],
        {"pages": 9, "labels": {"a": "b"}},
    ),
    "Host": ("ip", [f"198.51.100.{n}" for n in range(5)], {"ip": "198.51.100.0"}),
    "Key": ("name", ["ci", "laptop", "server", "phone", "watch"], {}),
    "NewEntity": ("field1", ["first", "second", "third", "fourth", "fifth"], {"field2": 9}),
    "Person": ("email", [f"p{n}@example.com" for n in range(5)], {"city": "Paris"}),
    "Port": ("port", [22, 80, 443, 3306, 8080], {"service": "http"}),
    "Technology": ("cpe", [f"cpe:2.3:a:b:c:{n}:*:*:*:*:*:*:*" for n in range(5)], {"name": "C"}),
}
# Times of expiry: those of the examples lie behind us.
_ENDS = {"ttl", "expires"}


class Session:
    """A person's session with an entity; ``done`` is what has been exercised of its operations."""

    def __init__(self, api: Api, tag: str, caller: Person) -> None:
        self.api, self.tag, self.caller = api, tag, caller
        self.operations = api.of(tag)
        self.field, self._values, self.change = ENTITIES[tag]
        self.done: set[str] = set()

    def send(
        self,
        kind: str,
        key: str = "",
        body: object = None,
        query: dict[str, Any] | None = None,
        **headers: str,
    ) -> Answer:
        """Carry an operation out, on the item of the key if it is on one."""
        operation = self.operations[kind]
        path = operation.path.replace("{key}", quote(key, safe=""))
        asked = f"?{urlencode(query)}" if query else ""
        if body is not None:
            headers = {"Content-Type": operation.media_type, **headers}
        answer = self.caller.send(operation.method, path + asked, body, **headers)
        self.api.judge(operation, answer)
        self.done.add(kind)
        return answer

    def body(self, number: int) -> dict[str, Any]:
        """Return a body that creates an item: the examples of the description, and its own key."""
        properties = self.operations["create"].body["properties"]
        examples = {
            name: schema["examples"][0]
            for name, schema in properties.items()
            if "examples" in schema and name not in _ENDS
        }
        return {**examples, self.field: self._values[number]}

    def create(self, count: int) -> list[dict[str, Any]]:
        """Create the first items, and return them in the order of their keys."""
        answers = [self.send("create", body=self.body(number)) for number in range(count)]
        assert [answer.status for answer in answers] == [201] * count, answers
        return sorted((answer.body for answer in answers), key=lambda item: str(item["key"]).encode())

    def pages(self, **query: Any) -> Iterator[tuple[list[dict[str, Any]], str]]:
        """Yield the items of each page of a list, and the token of the next."""
        token = ""
        while True:
            answer = self.send("list", query={**query, **({"token": token} if token else {})})
            assert answer.status == 200, answer
            (items,) = (value for name, value in answer.body.items() if name != "next")
            token = answer.body.get("next", "")
            yield items, token
            if not token:
                return

    def listed(self, **query: Any) -> list[str]:
        """Return the keys of the items in a list, read page by page."""
        return [item["key"] for items, _ in self.pages(**query) for item in items]

    def queries(self, item: dict[str, Any]) -> Iterator[tuple[str, str]]:
        """Yield every filter with the value that an item has, and ``sort`` with every order."""
        for name, parameter in self.operations["list"].parameters.items():
            if parameter["in"] != "query" or name in {"limit", "token"}:
                continue
            orders = parameter["schema"].get("enum") if name == "sort" else None
            yield from ((name, value) for value in orders or [text_of(item[name])])


def text_of(value: Any) -> str:
    """Return a value as a query has it."""
    return json.dumps(value) if isinstance(value, bool) else str(value)
