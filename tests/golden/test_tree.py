"""Whole emitted trees, as a reviewer reads them: what changes here changes for every user.

The examples are kept whole. Of the hazards only what each entity owns is kept: the shared
packages are the same.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from trees import REPOSITORY, tree

GOLDEN = REPOSITORY / "tests" / "golden" / "tree"


def _reviewed(case: str, backend: Path) -> dict[str, bytes]:
    files = tree(backend, without=(".chariot", "specs", "go.sum"))
    if case == "examples":
        return files
    manifests = sorted((backend / ".chariot" / "entities").glob("*.json"))
    owned = {name for path in manifests for name in json.loads(path.read_text())["files"]}
    return {path: content for path, content in files.items() if path in owned}


def test_the_tree_is_as_it_was(case: str, backend: Path, request: pytest.FixtureRequest) -> None:
    golden, emitted = GOLDEN / case / "backend", _reviewed(case, backend)
    if request.config.getoption("--update-goldens"):
        shutil.rmtree(golden, ignore_errors=True)
        for name, content in emitted.items():
            path = golden / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    kept = tree(golden)
    assert sorted(emitted) == sorted(kept), "run pytest --update-goldens, and read the difference"
    for name, content in emitted.items():
        assert content.decode() == kept[name].decode(), name
