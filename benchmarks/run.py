#!/usr/bin/env python3
"""Measure chariot-gen against bare processes and Copier; print a Markdown table of ratios."""

from __future__ import annotations

import itertools
import json
import os
import pickle
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec.structs import asdict

from chariot_gen import spec
from chariot_gen.plan.plan import plan_files

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "examples" / "specs" / "new_entity.yaml"
ENTITIES = 300
REPEATS = 7
BARE = ROOT / "benchmarks" / "bare.py"
# As for everybody who has run the command before: Python keeps what it has compiled.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


class Cost(NamedTuple):
    """What a process and its children took, in seconds."""

    wall: float
    cpu: float

    def over(self, other: Cost) -> tuple[float, float]:
        """Return how many times the other this is, by the clock and by the processors."""
        return self.wall / other.wall, self.cpu / other.cpu


class Case(NamedTuple):
    """Something to measure, and what has to be done before it each time."""

    act: Callable[[], None]
    before: Callable[[], object] = lambda: None


def main() -> None:
    """Measure every row, cold processes only, and print the table."""
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        print("| what | median | CPU | ratio | of CPU | goal |\n|---|---|---|---|---|---|")
        one_entity(scratch)
        many_entities(scratch)
    print(f"\nPython {platform.python_version()}, {os.cpu_count()} cores; median of {REPEATS} processes.")


def one_entity(scratch: Path) -> None:
    """One spec into a new folder, against a bare renderer and against Copier."""
    one, bared, copied = new(scratch / "one"), new(scratch / "bare"), new(scratch / "copied")
    prepared = prepare(scratch)
    generate(scratch / "model", [EXAMPLE])
    template = copier_template(scratch, scratch / "model")
    ours, bare, copier = in_turn(
        Case(lambda: generate(next(one), [EXAMPLE])),
        Case(lambda: python(BARE, "render", prepared, next(bared))),
        Case(lambda: run(sys.executable, "-m", "copier", "copy", "--quiet", template, next(copied))),
    )
    row("one entity, hooks off", ours)
    row("… bare: import, render, write the same files", bare, ours.over(bare), "at most 1.5")
    row("… Copier: the same files", copier, ours.over(copier), "at most 0.33")


def new(stem: Path) -> Iterator[Path]:
    """Yield folders that nothing was in before.

    A file system may be slow to make files where thousands were removed a moment ago,
    and so each run has a folder of its own, which stays.
    """
    return (stem.with_name(f"{stem.name}{number}") for number in itertools.count())


def many_entities(scratch: Path) -> None:
    """Three hundred specs in one run, then a run that has nothing to do, then changes of one."""
    many, alone, specs = new(scratch / "many"), new(scratch / "alone"), three_hundred(scratch)
    (whole,) = in_turn(Case(lambda: generate(next(many), specs)), repeats=3)
    backend = scratch / "many0"
    idle, bare = in_turn(Case(lambda: regenerate(backend)), Case(lambda: python(BARE, "import")))
    edited = backend / "specs" / "sample000.yaml"
    changed, single = in_turn(
        Case(lambda: regenerate(backend), lambda: edit(edited)),
        Case(lambda: generate(next(alone), [EXAMPLE])),
    )
    row(f"{ENTITIES} entities, hooks off", whole)
    row("… an entity", Cost(whole.wall / ENTITIES, whole.cpu / ENTITIES), goal="under 15 ms")
    row(f"regen of {ENTITIES} that changes nothing", idle)
    row("… bare: import Jinja2, PyYAML and click", bare, idle.over(bare), "at most 2")
    row(f"regen of {ENTITIES} after a change of one", changed)
    row("… one entity alone", single, changed.over(single), "at most 3")
    fresh = f"--dest={scratch / 'fresh'}"
    ours_memory = peak_memory("-m", "chariot_gen", "entity", *specs, fresh, "--no-hooks")
    bare_memory = peak_memory(BARE, "import")
    print(f"| peak memory of the run over {ENTITIES} | {ours_memory:.0f} MB | | "
          f"{ours_memory / bare_memory:.2f} | | |")  # fmt: skip


def in_turn(*cases: Case, repeats: int = REPEATS) -> list[Cost]:
    """Return the median cost of each case, after a first round that fills every cache.

    Each is a cold process. They take turns, so that whatever else the machine does
    weighs on all of them.
    """
    costs: list[list[Cost]] = [[] for _ in cases]
    for turn in range(repeats + 1):
        for case, spent in zip(cases, costs, strict=True):
            case.before()
            start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
            case.act()
            wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
            cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            if turn:
                spent.append(Cost(wall, cpu))
    return [Cost(*map(statistics.median, zip(*spent, strict=True))) for spent in costs]


def row(what: str, cost: Cost, ratios: tuple[float, float] | None = None, goal: str = "") -> None:
    """Print one line of the table."""
    shown = " | ".join(f"{ratio:.2f}" for ratio in ratios) if ratios else " | "
    print(f"| {what} | {cost.wall * 1000:.0f} ms | {cost.cpu * 1000:.0f} ms | {shown} | {goal} |", flush=True)


def regenerate(backend: Path) -> None:
    """Bring a backend up to date, hooks off."""
    python("-m", "chariot_gen", "regen", f"--dest={backend}", "--no-hooks")


def edit(path: Path) -> None:
    """Change what a spec says of its entity."""
    path.write_text(path.read_text().replace("description: ", "description: Again ", 1))


def generate(backend: Path, specs: list[Path]) -> None:
    """Run the command line as a user would, hooks off."""
    python("-m", "chariot_gen", "entity", *specs, f"--dest={backend}", "--no-hooks")


def python(*arguments: object) -> None:
    """Run a cold Python process to its end."""
    run(sys.executable, *arguments)


def run(*command: object) -> None:
    """Run a command; show what it said if it fails."""
    words = [str(word) for word in command]
    done = subprocess.run(words, capture_output=True, text=True, check=False, env=ENVIRONMENT)
    if done.returncode:
        sys.exit(f"{command}: exit {done.returncode}\n{done.stdout}{done.stderr}")


def prepare(scratch: Path) -> Path:
    """Write down templates and values, so that the bare renderer only renders."""
    settings = spec.SourceFile("chariot.yaml", "module: example.com/backend\n")
    backend = spec.load(settings, [spec.SourceFile("specs/new_entity.yaml", EXAMPLE.read_text())])
    plans = [(plan.path, plan.template, plain(plan.view)) for plan in plan_files(backend)]
    prepared = scratch / "prepared.pickle"
    prepared.write_bytes(pickle.dumps(plans))
    return prepared


def plain(value: object) -> object:
    """Return a view as plain dictionaries, lists and scalars."""
    if isinstance(value, msgspec.Struct):
        return {name: plain(item) for name, item in asdict(value).items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return value if value is None or isinstance(value, bool | int | float) else str(value)


def copier_template(scratch: Path, backend: Path) -> Path:
    """Make a Copier template with the files of a backend, each with one hole."""
    template = scratch / "template"
    for path in sorted(backend.rglob("*")):
        if path.is_file() and ".chariot" not in path.parts:
            copy = template / "project" / f"{path.relative_to(backend)}.jinja"
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(path.read_text() + "[[ hole ]]")
    settings = {
        "_subdirectory": "project",
        "_envops": {"variable_start_string": "[[", "variable_end_string": "]]",
                    "block_start_string": "[%", "block_end_string": "%]",
                    "comment_start_string": "[#", "comment_end_string": "#]"},
        "hole": {"type": "str", "default": "\n", "when": False},
    }  # fmt: skip
    (template / "copier.yml").write_text(json.dumps(settings))
    return template


def three_hundred(scratch: Path) -> list[Path]:
    """Write the example under three hundred names."""
    folder = scratch / "specs"
    folder.mkdir()
    text = EXAMPLE.read_text()
    specs = []
    for number in range(ENTITIES):
        name = f"Sample{number:03d}"
        path = folder / f"sample{number:03d}.yaml"
        own = text.replace("NewEntity", name).replace("newentity", name.lower())
        path.write_text(own.replace("external_service:", f"external_service_{number:03d}:"))
        specs.append(path)
    return specs


def peak_memory(*arguments: object) -> float:
    """Return the largest resident set of a Python process, in MB."""
    code = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=2); "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    command = [sys.executable, "-c", code, sys.executable, *map(str, arguments)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True)
    return int(done.stdout) / 1024


if __name__ == "__main__":
    main()
