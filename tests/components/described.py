"""What openapi.yaml says that a backend does: each operation, and what its answers may be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator

from client import Answer

__all__ = ["Api", "Operation"]

_METHODS = ("delete", "get", "patch", "post", "put")
_COUNTED = re.compile(r"[A-Z].*$")
# Where the routes of the contract rest are; all others are the platform's own client's.
_REST = ("/api/", "/token", "/healthz")


@dataclass(frozen=True)
class Operation:
    """One operation of one entity; ``kind`` is what its id begins with.

    ``tag`` is the entity's, behind ``chariot`` for operations of that contract.
    """

    kind: str
    tag: str
    method: str
    path: str
    entitlement: str
    parameters: dict[str, Any]
    body: Any
    media_type: str
    answers: dict[str, Any]

    @property
    def of_item(self) -> bool:
        return "{" in self.path

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


class Api:
    """The operations of a document, and which of them a test has made use of."""

    def __init__(self, document: Path) -> None:
        self._document = yaml.safe_load(document.read_text(encoding="utf-8"))
        self.operations = [
            self._operation(path, method, item[method])
            for path, item in self._document["paths"].items()
            for method in _METHODS
            if method in item
        ]

    @property
    def entities(self) -> set[str]:
        """The tags of operations that a session has to be written for."""
        return {operation.tag for operation in self.operations}

    def of(self, tag: str) -> dict[str, Operation]:
        """Return the operations of a tag by their kind."""
        found = {operation.kind: operation for operation in self.operations if operation.tag == tag}
        assert len(found) == sum(operation.tag == tag for operation in self.operations), found
        return found

    def resolved(self, schema: Any) -> Any:
        """Return what a reference leads to, or what is none as it is."""
        while "$ref" in schema:
            name = schema["$ref"].removeprefix("#/")
            schema = self._document
            for step in name.split("/"):
                schema = schema[step]
        return schema

    def judge(self, operation: Operation, answer: Answer) -> None:
        """Hold an answer against what is described: its status, its headers, its body."""
        described = operation.answers.get(str(answer.status))
        assert described is not None, f"{operation} has no {answer.status}: {answer.body}"
        described = self.resolved(described)
        for name, header in described.get("headers", {}).items():
            assert name.lower() in answer.headers or not self.resolved(header).get("required"), (
                f"{operation}: no {name}"
            )
        content = described.get("content", {}).get("application/json")
        if content is None:
            assert answer.body is None, f"{operation}: {answer.body}"
            return
        whole = {**content["schema"], "components": self._document["components"]}
        wrong = [error.message for error in Draft202012Validator(whole).iter_errors(answer.body)]
        assert wrong == [], f"{operation}: {wrong} in {answer.body}"

    def _operation(self, path: str, method: str, described: dict[str, Any]) -> Operation:
        name, (tag, *_) = described["operationId"], described["tags"]
        if not path.startswith(_REST):
            tag = f"chariot {tag}"
        (media_type, content), *_ = described.get("requestBody", {}).get("content", {"": {}}).items()
        return Operation(
            kind=_kind(name, tag),
            tag=tag,
            method=method.upper(),
            path=path,
            entitlement=described.get("x-entitlement", ""),
            parameters={each["name"]: each for each in described.get("parameters", [])},
            body=self.resolved(content.get("schema", {})),
            media_type=media_type,
            answers=described["responses"],
        )


def _kind(name: str, tag: str) -> str:
    if tag == "Tokens":
        return name
    suffix = next((word for word in ("File", "Mine") if name.endswith(word)), "")
    return _COUNTED.sub("", name) + suffix
