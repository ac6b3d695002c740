"""The group of all commands, and the promise that no traceback reaches a user."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import tempfile
import traceback
from collections.abc import Sequence
from types import FrameType

import click

from chariot_gen import __version__
from chariot_gen.cli.generate import entity, init, regen
from chariot_gen.cli.inspect import check, diff, explain, plan
from chariot_gen.cli.tools import doctor, schema

__all__ = ["app", "main"]

_USAGE = 2
_BUG = 70
_INTERRUPTED = 130


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Start with:  chariot-gen entity new_entity.yaml --dest backend",
)
@click.version_option(__version__, prog_name="chariot-gen")
def app() -> None:
    """Write and keep up to date Go backends on the Chariot pattern, from one YAML spec per entity."""


for command in (entity, init, regen, check, diff, plan, explain, schema, doctor):
    app.add_command(command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and exit with its code."""
    signal.signal(signal.SIGTERM, _stop)
    sys.exit(_run(arguments))


def _run(arguments: Sequence[str] | None) -> int:
    try:
        code = app.main(args=arguments, prog_name="chariot-gen", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except click.ClickException as error:
        error.show()
        return _USAGE
    except (click.Abort, KeyboardInterrupt):
        click.echo("chariot-gen: stopped; the next run says so if anything is left to repair", err=True)
        return _INTERRUPTED
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - nobody reads any more
        return 0
    except Exception as error:  # noqa: BLE001 - the last line of defence
        click.echo(_apology(error), err=True)
        return _BUG


def _apology(error: Exception) -> str:
    place = "the traceback could not be written"
    with contextlib.suppress(OSError):
        handle, path = tempfile.mkstemp(prefix="chariot-gen-", suffix=".log", text=True)
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            traceback.print_exception(error, file=stream)
        place = f"the traceback is in {path}"
    return (
        f"chariot-gen: a bug in chariot-gen, not in your spec: {type(error).__name__}: {error}; {place}; "
        "please report it with your spec"
    )


def _stop(_: int, __: FrameType | None) -> None:
    """Turn a request to terminate into an interrupt, so that locks and scratch folders go."""
    raise KeyboardInterrupt
