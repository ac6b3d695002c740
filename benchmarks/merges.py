#!/usr/bin/env python3
"""Merge the same regenerations with chariot-gen, git, Copier and mergiraf; print a Markdown table.

Each pair is a spec edit and what a person did by hand in the meantime, the same ones that
``tests/property/test_merge_go.py`` runs. Every tool gets the files that both sides changed, in three
versions; what it makes of them is judged by Go's own parser, and for a tool that gave a result without
a conflict it counts what is not where it was.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# The pairs and their judge are the tests' own; the imports below come after that (E402).
sys.path.insert(0, str(ROOT / "tests"))

from chariot_gen.merge.golang import merge_go  # noqa: E402
from judge import Case, Go, faults, may_conflict, read  # noqa: E402
from regeneration import Pair, pairs  # noqa: E402

BATCH = 100
MARKER = "<<<<<<<"


@dataclass(frozen=True, slots=True)
class Changed:
    """One file that both sides changed, and the pair that it is of."""

    pair: Pair
    path: str

    @property
    def texts(self) -> tuple[str, str, str]:
        """The base, the person's text, and the new rendering."""
        return self.pair.base[self.path], self.pair.ours[self.path], self.pair.theirs[self.path]


# What a tool leaves in the file; None where it says that it could not decide.
Tool = Callable[[Sequence[Changed]], list[str | None]]


def main() -> None:
    """Run every tool that is there over the pairs, a batch at a time."""
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("--pairs", type=int, default=2000, help="how many pairs to merge (2000)")
    count = arguments.parse_args().pairs
    totals: dict[str, Counter[str]] = {name: Counter() for name in tools()}
    for first in range(0, count, BATCH):
        changed = list(both_changed(pairs(min(BATCH, count - first), first)))
        shown = read([text for file in changed for text in file.texts])
        for name, tool in tools().items():
            results = tool(changed)
            shown |= read([text for text in results if text is not None])
            totals[name].update(judged(changed, results, shown))
    show(totals)


def tools() -> dict[str, Tool]:
    """Return the tools by the name that the table gives them, ours first."""
    found: dict[str, Tool] = {
        "chariot-gen": lambda files: [chariot_gen(file) for file in files],
        "`git merge-file`": lambda files: [git_merge_file(file) for file in files],
        "`copier update`": copier_update,
        "`copier update -c 99999`": lambda files: copier_update(files, "--context-lines=99999"),
    }
    if program := shutil.which("mergiraf"):
        found["mergiraf"] = lambda files: [mergiraf(program, file) for file in files]
    return found


def both_changed(made: Sequence[Pair]) -> list[Changed]:
    """Return the files that a merge is needed for."""
    return [
        Changed(pair, path)
        for pair in made
        for path, ours in pair.ours.items()
        if pair.base[path] != ours and pair.theirs.get(path) not in {None, pair.base[path]}
    ]


def judged(changed: Sequence[Changed], results: Sequence[str | None], shown: dict[str, Go]) -> Counter[str]:
    """Count conflicts, those that no declaration calls for, and what a clean result did wrong."""
    counted: Counter[str] = Counter(files=len(changed))
    for file, text in zip(changed, results, strict=True):
        edits = tuple(edit for edit in file.pair.hand_edits if edit.path == file.path)
        case = Case(*(shown[side] for side in file.texts), edits)
        if text is None:
            counted["conflicts"] += 1
            counted["needless"] += not may_conflict(case)
        else:
            counted.update({fault.kind for fault in faults(case, shown[text])})
    return counted


def show(totals: dict[str, Counter[str]]) -> None:
    """Print a row a tool."""
    columns = ("conflicts", "needless", "lost", "misplaced", "moved", "stale", "broken")
    print(f"| of {next(iter(totals.values()))['files']} files | {' | '.join(columns)} |")
    print("|---|" + "---|" * len(columns))
    for name, counted in totals.items():
        print(f"| {name} | {' | '.join(str(counted[column]) for column in columns)} |")


def chariot_gen(file: Changed) -> str | None:
    """Merge by declaration."""
    merged = merge_go(*file.texts)
    return None if merged.conflicts else merged.text


def git_merge_file(file: Changed) -> str | None:
    """Merge by line, with git's default."""
    with tempfile.TemporaryDirectory() as folder:
        base, ours, theirs = written(Path(folder), file)
        done = run("git", "merge-file", "-p", ours, base, theirs, check=False)
    return done.stdout if done.returncode == 0 else None


def mergiraf(program: str, file: Changed) -> str | None:
    """Merge by syntax tree, for any language."""
    with tempfile.TemporaryDirectory() as folder:
        base, ours, theirs = written(Path(folder), file)
        done = run(program, "merge", base, ours, theirs, "-p", file.path, "-t", "0", check=False)
    return done.stdout if done.returncode == 0 else None


def written(folder: Path, file: Changed) -> list[str]:
    """Write the three versions side by side, and return their paths."""
    paths = []
    for name, text in zip(("base.go", "ours.go", "theirs.go"), file.texts, strict=True):
        (folder / name).write_text(text, encoding="utf-8")
        paths.append(str(folder / name))
    return paths


def copier_update(files: Sequence[Changed], *options: str) -> list[str | None]:
    """Update one project that holds every file, from a template's first version to its second."""
    with tempfile.TemporaryDirectory() as folder:
        template, project = Path(folder, "template"), Path(folder, "project")
        for side, tag in ((0, "1.0.0"), (2, "2.0.0")):
            lay_out(template / "files", files, side)
            answers = template / "files" / "[[ _copier_conf.answers_file ]].jinja"
            answers.write_text("[[ _copier_answers|to_nice_yaml ]]\n", encoding="utf-8")
            envops = "_envops: {variable_start_string: '[[', variable_end_string: ']]'}\n"
            (template / "copier.yml").write_text(f"_subdirectory: files\n{envops}", encoding="utf-8")
            commit(template, tag)
        copier("copy", "--vcs-ref=1.0.0", str(template), str(project))
        lay_out(project, files, 1)
        commit(project, "edited")
        copier("update", "--vcs-ref=2.0.0", *options, str(project))
        results = [Path(project, named(index)).read_text("utf-8") for index in range(len(files))]
    return [None if MARKER in text else text for text in results]


def lay_out(folder: Path, files: Sequence[Changed], side: int) -> None:
    """Write one version of every file, each under a number of its own."""
    for index, file in enumerate(files):
        target = folder / named(index)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(file.texts[side], encoding="utf-8")


def named(index: int) -> str:
    """Return where a file lies in the project."""
    return f"{index:04}/file.go"


def commit(folder: Path, tag: str) -> None:
    """Commit everything in a repository of its own, and tag it."""
    run("git", "init", "-q", cwd=folder)
    run("git", "add", "-A", cwd=folder)
    identity = ("-c", "user.name=Nobody", "-c", "user.email=nobody@example.com")
    run("git", *identity, "commit", "-q", "-m", tag, cwd=folder)
    run("git", "tag", tag, cwd=folder)


def copier(*arguments: str) -> None:
    """Run Copier, which must exit 0: with conflicts it does."""
    run(sys.executable, "-m", "copier", arguments[0], "--quiet", "--defaults", *arguments[1:])


def run(*command: str, cwd: Path | None = None, check: bool = True) -> subprocess.CompletedProcess[str]:
    """Run a command and keep what it prints."""
    return subprocess.run(command, cwd=cwd, check=check, capture_output=True, text=True)


if __name__ == "__main__":
    main()
