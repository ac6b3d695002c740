from __future__ import annotations

import sys
from pathlib import Path

import pytest

from chariot_gen.diagnostics import Diagnostic, Location, Severity
from chariot_gen.errors import ToolError
from chariot_gen.hooks.find import Hook, Phase, find_hooks
from chariot_gen.hooks.findings import parse_findings
from chariot_gen.hooks.run import check, rewrite


def _hook(folder: Path, body: str, phase: Phase = Phase.CHECK, name: str = "tool") -> Hook:
    program = folder / f"{name}.py"
    program.write_text(f"import json, pathlib, sys\nroot, *paths = sys.argv[1:]\n{body}\n", encoding="utf-8")
    return Hook(name, phase, (sys.executable, str(program)))


def test_a_checker_gets_the_root_and_the_paths_and_its_findings_are_read(tmp_path: Path) -> None:
    hook = _hook(
        tmp_path,
        "for path in paths: print(json.dumps({'path': path, 'line': 3, 'column': 2, 'rule': 'R1', "
        "'severity': 'warning', 'message': root}))",
    )
    findings, timings = check([hook], tmp_path, ["b.go", "a.go"])
    assert findings == tuple(
        Diagnostic(Location(path, 3, 2), str(tmp_path), severity=Severity.WARNING, rule="R1")
        for path in ("a.go", "b.go")
    )
    assert [timing.hook for timing in timings] == ["tool"]


def test_checkers_run_side_by_side(tmp_path: Path) -> None:
    meet = (
        "import time\nmine, other = {0!r}, {1!r}\npathlib.Path(root, mine).touch()\n"
        "deadline = time.monotonic() + 20\n"
        "while not pathlib.Path(root, other).exists():\n"
        "    assert time.monotonic() < deadline\n    time.sleep(0.01)\n"
    )
    hooks = [_hook(tmp_path, meet.format(*pair), name=pair[0]) for pair in (("x", "y"), ("y", "x"))]
    assert check(hooks, tmp_path, ["a.go"])[0] == ()


def test_the_same_finding_of_two_checkers_is_told_once(tmp_path: Path) -> None:
    body = "print(json.dumps({'path': 'a.go', 'message': 'm'}))"
    hooks = [_hook(tmp_path, body, name=name) for name in ("one", "two")]
    assert len(check(hooks, tmp_path, ["a.go"])[0]) == 1


def test_a_hook_that_could_not_run_hands_on_its_words(tmp_path: Path) -> None:
    hook = _hook(tmp_path, "sys.exit(print('no tool; run: pip install tool', file=sys.stderr) or 2)")
    with pytest.raises(ToolError, match=r"^hooks/check/tool: no tool; run: pip install tool$"):
        check([hook], tmp_path, ["a.go"])


def test_a_hook_that_breaks_off_is_not_taken_for_a_pass(tmp_path: Path) -> None:
    hook = _hook(tmp_path, "raise ValueError('oops')")
    with pytest.raises(ToolError, match=r"broke off with exit code 1.*ValueError: oops"):
        check([hook], tmp_path, ["a.go"])


def test_without_paths_nothing_is_started(tmp_path: Path) -> None:
    assert check([_hook(tmp_path, "raise SystemExit(9)")], tmp_path, []) == ((), ())


def test_formatters_rewrite_in_place_one_after_the_other(tmp_path: Path) -> None:
    body = "for p in paths: f = pathlib.Path(root, p); f.write_text(f.read_text() + {0!r})"
    hooks = [
        _hook(tmp_path, body.format(mark), Phase.FORMAT, name) for name, mark in (("a", "1"), ("b", "2"))
    ]
    (tmp_path / "x").write_text("0", encoding="utf-8")
    assert rewrite(hooks, tmp_path, ["x"])[0] == ()
    assert (tmp_path / "x").read_text(encoding="utf-8") == "012"


def test_a_formatter_sees_every_path_however_many_there_are(tmp_path: Path) -> None:
    hook = _hook(
        tmp_path,
        "with open(pathlib.Path(root, 'log'), 'a') as log: print(*paths, sep='\\n', file=log)",
        Phase.FORMAT,
    )
    paths = [f"pkg/model/model/a_rather_long_name_{number:05}.go" for number in range(3000)]
    rewrite([hook], tmp_path, paths)
    assert (tmp_path / "log").read_text(encoding="utf-8").split() == paths


@pytest.mark.parametrize(
    "line", ["text", "[]", "{}", '{"path": "x"}', '{"path": "x", "message": "m", "severity": "bad"}']
)
def test_a_line_that_is_no_finding_is_the_hooks_fault(line: str) -> None:
    with pytest.raises(ToolError, match="hook tool: printed a line that is not a finding"):
        parse_findings("tool", line)


def test_a_backend_brings_its_own_hooks_and_may_replace_ours(tmp_path: Path) -> None:
    folder = tmp_path / "hooks" / "check"
    folder.mkdir(parents=True)
    for name in ("lint.py", "govet.py", "README.md", ".hidden"):
        (folder / name).write_text("", encoding="utf-8")
    ours = {hook.name for hook in find_hooks(Phase.CHECK)}
    found = {hook.name: hook.command for hook in find_hooks(Phase.CHECK, tmp_path)}
    assert {"cfnlint", "govet"} <= ours
    assert set(found) == ours | {"lint"}
    assert found["govet"] == (sys.executable, str(folder / "govet.py"))


def test_a_hook_that_nobody_can_start_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "hooks" / "check"
    folder.mkdir(parents=True)
    (folder / "lint").write_text("#!/bin/sh\n", encoding="utf-8")
    with pytest.raises(ToolError, match="is not executable; run chmod"):
        find_hooks(Phase.CHECK, tmp_path)
