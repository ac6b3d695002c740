"""What every command shares: its options, its folder, how it ends."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import msgspec

from chariot_gen.errors import ChariotGenError, UsageError
from chariot_gen.pipeline.request import Progress, silent
from chariot_gen.workspace.tree import SETTINGS, Tree, find_root

__all__ = [
    "Flags",
    "dest_option",
    "dry_run_option",
    "existing_root",
    "hooks_option",
    "json_option",
    "module_option",
    "new_or_existing_root",
    "planned_root",
    "removed_option",
    "shown_progress",
    "verbose_option",
    "with_flags",
]

dest_option = click.option(
    "--dest",
    type=click.Path(path_type=Path, file_okay=False),
    help="The backend's folder. Default: the backend that the current folder is in.",
)
module_option = click.option("--module", default="", help="Go module path of a new backend.")
hooks_option = click.option(
    "--no-hooks", "hooks", flag_value=False, default=True, help="Skip go vet and cfn-lint."
)
removed_option = click.option(
    "--removed",
    metavar="NAME",
    multiple=True,
    help="This entity, or Entity.field, is gone and not renamed, whatever looks like it.",
)
dry_run_option = click.option("--dry-run", is_flag=True, help="Do everything but write.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")
verbose_option = click.option("-v", "--verbose", is_flag=True, help="Name every file and every hook's time.")


class Flags(msgspec.Struct, frozen=True):
    """The switches that commands share; one that a command does not offer has its default."""

    hooks: bool = True
    dry_run: bool = False
    as_json: bool = False
    verbose: bool = False


def with_flags(command: Callable[..., int]) -> Callable[..., int]:
    """Hand a command its switches as ``flags``; print an error of ours and return its exit code."""

    @functools.wraps(command)
    def wrapped(**options: object) -> int:
        given = {name: options.pop(name) for name in _FLAGS if name in options}
        flags = Flags(**{name: bool(value) for name, value in given.items()})
        try:
            return command(flags=flags, **options)
        except ChariotGenError as error:
            from chariot_gen import report  # noqa: PLC0415 - only needed when something is wrong

            if flags.as_json:
                click.echo(report.as_json(report.error_json(error)))
            else:
                click.echo(report.error_text(error), err=True)
            return error.exit_code

    return wrapped


_FLAGS = Flags.__struct_fields__


def existing_root(dest: Path | None) -> Path:
    """Return the backend to work on; UsageError says how to make one."""
    if dest is not None:
        if (dest / SETTINGS).is_file():
            return dest
        raise UsageError(
            f"{dest}: is not a backend, there is no {SETTINGS} in it; make one with chariot-gen init"
        )
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


def planned_root(dest: Path | None) -> Path:
    """Return the backend that a command which writes nothing is about; elsewhere it is one in ./backend."""
    try:
        return new_or_existing_root(dest)
    except UsageError:
        return Path.cwd() / "backend"


@contextlib.contextmanager
def shown_progress(flags: Flags) -> Iterator[Progress]:
    """Show the stages: live on a terminal, as lines if asked for, or not at all."""
    if flags.as_json:
        yield silent
        return
    from chariot_gen.cli.progress import display  # noqa: PLC0415 - a machine sees none

    progress = display(verbose=flags.verbose)
    try:
        yield progress
    finally:
        progress("")
