"""What a renaming changes for those outside of the code."""

from __future__ import annotations

import pytest

from chariot_gen.model.backend import Backend
from chariot_gen.pipeline.renames.outward import notices
from chariot_gen.spec.renaming import Renaming, Subject
from stacks import backend


def served(go: str, contract: str) -> Backend:
    head = f"entity: {go}\nkind: table\ndescription: A note.\nnames: {{ registry: note }}\n"
    body = 'key: "#note#{title}"\nfields: { title: { desc: Title. } }\n'
    return backend(f"{head}{body}api: {{ contract: {contract} }}\n")


@pytest.mark.parametrize(
    ("contract", "told"),
    [
        ("rest", ["at /api/memo instead of /api/note", "replaces its stack"]),
        ("chariot", ["under the contract chariot find it at /memo instead of /note"]),
        ("both", ["at /api/memo instead", "at /memo instead of /note", "replaces its stack"]),
    ],
)
def test_callers_are_told_of_under_each_contract(contract: str, told: list[str]) -> None:
    renaming = Renaming(Subject.ENTITY, "Note", "Memo")
    found = notices(served("Note", contract), served("Memo", contract), [renaming])
    assert len(found) == len(told)
    for notice, part in zip(found, told, strict=True):
        assert part in notice
