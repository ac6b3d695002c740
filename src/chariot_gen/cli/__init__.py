"""The command line: what users type, and the only place that prints or exits."""

from __future__ import annotations

from chariot_gen.cli.app import main

__all__ = ["main"]
