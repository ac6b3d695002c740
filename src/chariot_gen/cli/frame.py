"""What every command shares: its options, its folder, how it ends."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from chariot_gen.errors import ChariotGenError, UsageError
from chariot_gen.pipeline.request import Progress, silent
from chariot_gen.workspace.tree import SETTINGS, Tree, find_root

__all__ = [
    "dest_option",
    "dry_run_option",
    "existing_root",
    "fold_errors",
    "hooks_option",
    "json_option",
    "module_option",
    "new_or_existing_root",
    "progress_for",
    "verbose_option",
]

_Command = TypeVar("_Command", bound=Callable[..., Any])

dest_option = click.option(
    "--dest",
    type=click.Path(path_type=Path, file_okay=False),
    help="The backend's folder. Default: the backend that the current folder is in.",
)
module_option = click.option("--module", default="", help="Go module path of a new backend.")
hooks_option = click.option("--no-hooks", "hooks", flag_value=False, default=True, help="Skip go vet and cfn-lint.")
dry_run_option = click.option("--dry-run", is_flag=True, help="Do everything but write.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")
verbose_option = click.option("-v", "--verbose", is_flag=True, help="Name every file and every hook's time.")


def fold_errors(command: _Command) -> _Command:
    """Print an error of ours and end with its exit code; as JSON if the command was asked for it."""

    @functools.wraps(command)
    def wrapped(*arguments: Any, **options: Any) -> Any:
        try:
            return command(*arguments, **options)
        except ChariotGenError as error:
            from chariot_gen import report  # noqa: PLC0415 - only needed when something is wrong

            if options.get("as_json"):
                click.echo(report.as_json(report.error_json(error)))
            else:
                click.echo(report.error_text(error), err=True)
            return error.exit_code

    return wrapped  # type: ignore[return-value]  # the signature is the command's own


def existing_root(dest: Path | None) -> Path:
    """Return the backend to work on; UsageError says how to make one."""
    if dest is not None:
        if (dest / SETTINGS).is_file():
            return dest
        raise UsageError(f"{dest}: is not a backend, there is no {SETTINGS} in it; make one with chariot-gen init")
    root = find_root(Path.cwd())
    if root is None:
        raise UsageError(
            f"{Path.cwd()}: is not in a backend, there is no {SETTINGS} in it or above; name one with --dest"
        )
    return root


def new_or_existing_root(dest: Path | None) -> Path:
    """Return the backend to work on; a folder that is empty or absent becomes one."""
    if dest is not None:
        return dest
    here = Path.cwd()
    root = find_root(here)
    if root is not None:
        return root
    if Tree(here).is_vacant() or (here / "go.mod").is_file():
        return here
    raise UsageError(
        f"{here}: is neither in a backend nor empty; name the folder with --dest, as in --dest backend"
    )


def progress_for(*, as_json: bool, verbose: bool) -> Progress:
    """Return how to show the stages: live on a terminal, as lines if asked for, or not at all."""
    if as_json:
        return silent
    from chariot_gen.cli.progress import display  # noqa: PLC0415 - not needed for a short run's start

    return display(verbose=verbose)
