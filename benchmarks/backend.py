#!/usr/bin/env python3
"""Measure the emitted backend: a request, the start of a Lambda function, the store; print tables."""

from __future__ import annotations

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# The tests know how to start what is measured; the imports below come after that (E402).
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "components")]

from dynamodb import dynamodb  # noqa: E402
from runtime import function  # noqa: E402
from tools import go, go_environment  # noqa: E402

STARTS = 25
MINIMAL = """package main

import (
	"context"

	"github.com/aws/aws-lambda-go/lambda"
)

func main() {
	lambda.Start(func(context.Context) error { return nil })
}
"""
BY_HAND = """package main

import (
	"context"
	"log"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
)

func main() {
	cfg, err := config.LoadDefaultConfig(context.Background())
	if err != nil {
		log.Fatal(err)
	}
	client := dynamodb.NewFromConfig(cfg)
	lambda.Start(func(ctx context.Context) error {
		_, err := client.GetItem(ctx, &dynamodb.GetItemInput{})
		return err
	})
}
"""


def main() -> None:
    """Generate the examples and measure them, one thing after the other."""
    with tempfile.TemporaryDirectory() as folder:
        backend = Path(folder, "backend")
        specs = sorted((ROOT / "examples" / "specs").glob("*.yaml"))
        command = (sys.executable, "-m", "chariot_gen", "entity", *specs, f"--dest={backend}", "--no-hooks")
        subprocess.run(command, check=True, capture_output=True)
        requests(backend)
        starts(backend)
        store(backend, Path(folder, "log"))


def requests(backend: Path) -> None:
    """Compare requests of the emitted handler with those of a bare one, items in memory."""
    (backend / "bench").mkdir()
    shutil.copy(ROOT / "benchmarks" / "handler" / "handler_test.go", backend / "bench")
    costs = backend / "costs.json"
    build(backend, "test", "-count=1", "./bench", COSTS=str(costs))
    found = json.loads(costs.read_text(encoding="utf-8"))
    print("| request | p50 | p95 | allocations | of bare: p50 | p95 | allocations |")
    print("|---|---|---|---|---|---|---|")
    for case in sorted(name.removeprefix("emitted ") for name in found if name.startswith("emitted ")):
        ours, bare = found[f"emitted {case}"], found[f"bare {case}"]
        ratios = " | ".join(f"{ours[key] / bare[key]:.2f}" for key in ("p50_us", "p95_us", "allocs"))
        times = f"{ours['p50_us']:.0f} µs | {ours['p95_us']:.0f} µs"
        print(f"| {case} | {times} | {ours['allocs']:.0f} | {ratios} |")


def starts(backend: Path) -> None:
    """
    Compare the size of a function and the time until it asks for its first event with a minimal one.

    One more stands for what people write by hand: a client of DynamoDB, and nothing else.
    """
    for name, text in (("minimal", MINIMAL), ("by-hand", BY_HAND)):
        (backend / "cmd" / name).mkdir()
        (backend / "cmd" / name / "main.go").write_text(text, encoding="utf-8")
    print("\n| function | size | of minimal | start | of minimal |\n|---|---|---|---|---|")
    programs = {name: bootstrap(backend, name) for name in ("minimal", "by-hand", "key", "host")}
    taken: dict[str, list[float]] = {name: [] for name in programs}
    for _ in range(STARTS):
        for name, program in programs.items():
            taken[name].append(started(program))
    for name, program in programs.items():
        size, median = program.stat().st_size, statistics.median(taken[name])
        of_size = size / programs["minimal"].stat().st_size
        of_start = median / statistics.median(taken["minimal"])
        print(f"| {name} | {size / 1e6:.1f} MB | {of_size:.2f} | {median * 1000:.1f} ms | {of_start:.2f} |")


def bootstrap(backend: Path, command: str) -> Path:
    """Build a function as the Makefile does, but for this machine."""
    program = backend / f"bootstrap-{command}"
    flags = ("-tags=lambda.norpc", "-trimpath", "-ldflags=-s -w", "-o", str(program))
    build(backend, "build", *flags, f"./cmd/{command}", CGO_ENABLED="0")
    return program


def started(program: Path) -> float:
    """Return the seconds from the start of a function to its first question for an event."""
    environment = {
        "AWS_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "TABLE_NAME": "items",
        "PAGE_TOKEN_SECRET_NAME": "pages",
        "JWT_ISSUER": "https://issuer.example.com",
        "JWT_CLIENT_ID": "client",
        "NEO4J_URI": "neo4j+s://graph.example.com",
        "NEO4J_SECRET_NAME": "graph",
    }
    begun = time.perf_counter()
    with function(program, environment, Path(os.devnull)):
        return time.perf_counter() - begun


def store(backend: Path, log: Path) -> None:
    """Measure single calls of the emitted store on DynamoDB Local."""
    with ExitStack() as stack:
        endpoint = stack.enter_context(dynamodb(log))
        options = ("-tags=integration", "-run=^$", "-bench=Integration", "-benchtime=500x", "./pkg/store")
        done = build(backend, "test", "-count=1", *options, DYNAMODB_ENDPOINT=endpoint)
    print("\n| call | p50 | p95 |\n|---|---|---|")
    for line in done.splitlines():
        if found := re.match(r"BenchmarkDynamoDBIntegration/(\S+?)(?:-\d+)?\s", line):
            times = {unit: value for value, unit in re.findall(r"([\d.]+) (ms/p\d\d)", line)}
            print(f"| {found[1]} | {times['ms/p50']} ms | {times['ms/p95']} ms |")


def build(backend: Path, *arguments: str, **environment: str) -> str:
    """Run the go command in the backend and return what it prints."""
    done = subprocess.run(
        [go(), *arguments],
        cwd=backend,
        env={**go_environment(), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    return done.stdout


if __name__ == "__main__":
    main()
