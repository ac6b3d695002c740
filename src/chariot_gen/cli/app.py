"""The group of all commands, and the promise that no traceback reaches a user."""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import signal
import sys
from collections.abc import Sequence
from types import FrameType
from typing import NoReturn

import click

from chariot_gen import __version__
from chariot_gen.errors import WorkspaceError

__all__ = ["app", "main"]

_USAGE = 2
_BUG = 70
_INTERRUPTED = 130


# The module of each command: only the one that is asked for is imported.
_COMMANDS = {
    "entity": "generate",
    "init": "generate",
    "regen": "generate",
    "adopt": "ownership",
    "release": "ownership",
    "rename": "rename",
    "check": "inspect",
    "diff": "inspect",
    "plan": "inspect",
    "explain": "inspect",
    "schema": "tools",
    "doctor": "tools",
}


class _Commands(click.Group):
    """The commands in the order in which a user meets them, each imported when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"chariot_gen.cli.{_COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Say what a mistyped command was probably meant to be."""
        if args and args[0] not in _COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches  # noqa: PLC0415 - only for a typing error

            near = get_close_matches(args[0], _COMMANDS, 1)
            hint = f"did you mean {near[0]}?" if near else "see chariot-gen --help"
            ctx.fail(f"there is no command {args[0]}; {hint}")
        return super().resolve_command(ctx, args)


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Start with:  chariot-gen entity new_entity.yaml --dest backend",
)
@click.version_option(__version__, prog_name="chariot-gen")
def app() -> None:
    """Write and keep up to date Go backends on the Chariot pattern, from one YAML spec per entity."""


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run a command and exit with its code."""
    # Hardly anything that a run makes goes in circles: to look for such took a sixteenth of its time.
    gc.disable()
    signal.signal(signal.SIGTERM, _stop)
    _leave(_run(arguments))


def _leave(code: int) -> NoReturn:
    """End the process as it stands: to take apart what a run has made took a tenth of its time.

    Nothing waits for that: locks and scratch folders went with their contexts, threads were joined.
    """
    for stream in filter(None, (sys.stdout, sys.stderr)):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


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
    except SystemExit:
        # click's end of a run whose reader has gone, as that of `chariot-gen schema | head` does.
        return 0
    except Exception as error:  # noqa: BLE001 - the last line of defence
        if isinstance(error, OSError) and error.filename is None:
            click.echo(_silenced(error), err=True)
            return WorkspaceError.exit_code
        click.echo(_apology(error), err=True)
        return _BUG


def _silenced(error: OSError) -> str:
    """Say why the output could not be written: every other file would have a name."""
    return (
        f"standard output: cannot be written ({error.strerror}); no file is half done; "
        "free the cause and run again"
    )


def _apology(error: Exception) -> str:
    import tempfile  # noqa: PLC0415 - hardly ever needed
    import traceback  # noqa: PLC0415

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
