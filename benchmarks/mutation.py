#!/usr/bin/env python3
"""Measure how many small faults in the emitted code its own tests notice; print a Markdown table.

The faults are those of gremlins: an operator turned around, a bound moved by one, a loop left early.
Two things that it would count wrongly are put right by the ``go`` that it calls (see ``GO``).
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# The tests know how to get Go's programs; the import below comes after that (E402).
sys.path.insert(0, str(ROOT / "tests"))

from tools import go, go_environment, go_tool, run  # noqa: E402

GREMLINS = "github.com/go-gremlins/gremlins/cmd/gremlins@v0.5.0"
FOLDERS = (
    "pkg/handler",
    "pkg/model/model",
    "pkg/store",
    "pkg/auth",
    "pkg/config",
    "pkg/idempotency",
    "pkg/pagetoken",
    "pkg/ratelimit",
    "pkg/account",
    "pkg/apierror",
    "pkg/apikey",
    "pkg/authorizer",
    "pkg/awsclient",
    "pkg/httpclient",
    "pkg/lambdahttp",
    "pkg/middleware",
    "pkg/observability",
    "pkg/registry",
    "pkg/secrets",
    "pkg/server",
    "pkg/validation",
)
# A package of tests: no test could judge it, and so its mutants are not run.
HARNESS = "pkg/store/storetest"
# All that gremlins leaves off unless asked.
OPERATORS = (
    "--invert-assignments",
    "--invert-bitwise",
    "--invert-bwassign",
    "--invert-logical",
    "--invert-loopctrl",
    "--remove-self-assignments",
)
COLUMNS = ("KILLED", "LIVED", "TIMED OUT", "NOT VIABLE")
# A mutant that does not compile exits 1 as a failing test does, and would count as killed: gremlins takes
# 2 for that. And Go's coverage knows nothing of the conditions of a switch, nor of constants, so their
# mutants would not be run: here every line counts as covered, and what no test reaches counts as lived.
EVERY_LINE = r"s/:[0-9.]+,[0-9.]+ [0-9]+ [0-9]+$/:1.1,999999.1 1 1/"
GO = rf"""#!/bin/sh
output=$("$REAL_GO" "$@" 2>&1)
status=$?
printf '%s\n' "$output"
case "$3" in -coverprofile) sed -i -E '\,/{HARNESS}/,d; {EVERY_LINE}' "$4" ;; esac
case "$output" in *'[build failed]'*) exit 2 ;; esac
exit $status
"""


def main() -> None:
    """Generate the examples and measure one folder after the other."""
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("folders", nargs="*", default=FOLDERS, help="folders of the emitted backend (all)")
    arguments.add_argument("--lived", action="store_true", help="list the faults that no test noticed")
    asked = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        backend = Path(folder, "backend")
        specs = sorted((ROOT / "examples" / "specs").glob("*.yaml"))
        command = (sys.executable, "-m", "chariot_gen", "entity", *specs, f"--dest={backend}", "--no-hooks")
        subprocess.run(command, check=True, capture_output=True)
        print("| package | mutants | killed | lived | timed out | do not compile | score |")
        print("|---|---|---|---|---|---|---|")
        survivors = [line for name in asked.folders for line in measured(backend, name, Path(folder))]
    if asked.lived:
        print("", *survivors, sep="\n")


def measured(backend: Path, name: str, folder: Path) -> list[str]:
    """Print a row for each package under a folder, and return where its surviving mutants are."""
    found: dict[str, Counter[str]] = {}
    survivors = []
    for file in gremlins(backend, name, folder)["files"]:
        path = Path(name, file["file_name"])
        package = str(path.parent)
        if package == HARNESS:
            continue
        for mutant in file["mutations"]:
            # Nothing covers a file of constants alone; to be sure, its mutants count as lived.
            status = "LIVED" if mutant["status"] == "NOT COVERED" else mutant["status"]
            found.setdefault(package, Counter())[status] += 1
            if status != "KILLED":
                place = f"{path}:{mutant['line']}:{mutant['column']}"
                survivors.append(f"{place} {mutant['type']} {mutant['status']}")
    for package, counted in sorted(found.items()):
        score = counted["KILLED"] / (counted["KILLED"] + counted["LIVED"])
        counts = " | ".join(str(counted[column]) for column in COLUMNS)
        print(f"| {package} | {counted.total()} | {counts} | {score:.0%} |", flush=True)
    return sorted(survivors)


def gremlins(backend: Path, name: str, folder: Path) -> dict:
    """Run gremlins on a folder of the backend, one mutant at a time, and return its report."""
    report, shim = folder / "report.json", folder / "bin" / "go"
    shim.parent.mkdir(exist_ok=True)
    shim.write_text(GO, encoding="utf-8")
    shim.chmod(0o755)
    environment = {
        **go_environment(),
        "REAL_GO": go(),
        # Without -count=1 the time that a mutant gets would be measured by a cached answer.
        "GOFLAGS": "-mod=readonly -buildvcs=false -vet=off -count=1",
    }
    # What still had to be built would count as time that the tests take.
    run([go(), "test", "-cover", f"./{name}/..."], backend, environment)
    environment["PATH"] = os.pathsep.join([str(shim.parent), environment["PATH"]])
    options = ("--workers=1", "--timeout-coefficient=10", f"--output={report}", *OPERATORS)
    run([go_tool(GREMLINS), "unleash", *options, name], backend, environment)
    return json.loads(report.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
