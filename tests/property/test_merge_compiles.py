"""A merge of two trees that compile compiles: random regenerations, checked by Go's own type checker."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from chariot_gen.merge.golang import merge_go
from regeneration import TreePair, example_tree, tree_pairs
from tools import go, go_environment, run

pytestmark = pytest.mark.compile

PARTS, PAIRS = 8, 50
_PROGRAM = Path(__file__).parents[1] / "typecheck.go"


@pytest.mark.parametrize("part", range(PARTS))
def test_what_compiled_on_both_sides_compiles_merged(part: int, examples: Path) -> None:
    made = tree_pairs(PAIRS, part * PAIRS)
    ours = _errors(examples, [pair.ours for pair in made])
    merged = [_merged(pair) for pair in made]
    compiled = [
        (pair, files)
        for pair, files, error in zip(made, merged, ours, strict=True)
        if not error and files is not None
    ]
    assert len(compiled) > PAIRS / 4
    errors = _errors(examples, [files for _, files in compiled])
    assert [
        f"seed {pair.seed}, {pair.spec_edit}: {error}"
        for (pair, _), error in zip(compiled, errors, strict=True)
        if error
    ] == []


def _merged(pair: TreePair) -> dict[str, str] | None:
    """Return the new tree with each edited file merged; None if there is a conflict."""
    files = dict(pair.theirs)
    for path, ours in pair.ours.items():
        base, theirs = pair.base.get(path), pair.theirs.get(path)
        if ours == base:
            continue
        if base is None or theirs is None:
            return None
        merged = merge_go(base, ours, theirs)
        if merged.conflicts:
            return None
        files[path] = merged.text
    return files


def _errors(backend: Path, trees: list[dict[str, str]]) -> list[str]:
    files = example_tree()
    variants = [
        {
            path: changed.get(path, "")
            for path in files.keys() | changed.keys()
            if changed.get(path) != files.get(path)
        }
        for changed in trees
    ]
    listed = run(
        [go(), "list", "-export", "-deps", "-test", "-f", "{{.ImportPath}}={{.Export}}", "./..."], backend
    )
    exports = dict(line.split("=", 1) for line in listed.splitlines() if not line.startswith("example.com/"))
    asked = {"module": "example.com/backend", "exports": exports, "files": files, "variants": variants}
    done = subprocess.run(
        [go(), "run", str(_PROGRAM)],
        input=json.dumps(asked), capture_output=True, text=True, check=False, env=go_environment(),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    errors: list[str] = json.loads(done.stdout)
    return errors
