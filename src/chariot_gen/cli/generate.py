"""The commands that write: entity, init, regen."""

from __future__ import annotations

from pathlib import Path

import click

from chariot_gen import report as reports
from chariot_gen.cli.decisions import choices, conflict_option
from chariot_gen.cli.frame import (
    Flags,
    dest_option,
    dry_run_option,
    existing_root,
    hooks_option,
    json_option,
    module_option,
    new_or_existing_root,
    removed_option,
    shown_progress,
    verbose_option,
    with_flags,
)
from chariot_gen.errors import ConflictError, UsageError
from chariot_gen.pipeline.decisions import Decisions
from chariot_gen.pipeline.request import Request
from chariot_gen.pipeline.run import run
from chariot_gen.workspace.tree import SETTINGS

__all__ = ["carry_out", "entity", "init", "regen"]


@click.command(
    epilog="Example:  chariot-gen entity asset.yaml port.yaml --dest backend --module github.com/acme/backend"
)
@click.argument("specs", metavar="SPEC...", nargs=-1, required=True, type=click.Path(path_type=Path))
@dest_option
@module_option
@conflict_option
@removed_option
@hooks_option
@dry_run_option
@json_option
@verbose_option
@with_flags
def entity(
    specs: tuple[Path, ...],
    dest: Path | None,
    module: str,
    on_conflict: tuple[str, ...],
    removed: tuple[str, ...],
    flags: Flags,
) -> int:
    """Add the entities of these specs to a backend, or regenerate them.

    An empty or absent folder becomes a new backend. Each spec is kept in the backend
    as specs/<entity>.yaml; from then on edit it there and run chariot-gen regen.
    """
    root = new_or_existing_root(dest)
    request = Request(
        root,
        specs=specs,
        module=module,
        hooks=flags.hooks,
        dry_run=flags.dry_run,
        decisions=Decisions(choices=choices(on_conflict)),
        removed=removed,
    )
    return carry_out(request, flags)


@click.command(epilog="Example:  chariot-gen init --dest backend --module github.com/acme/backend")
@dest_option
@module_option
@hooks_option
@dry_run_option
@json_option
@verbose_option
@with_flags
def init(dest: Path | None, module: str, flags: Flags) -> int:
    """Make a backend without entities: settings, shared packages, stacks, CI."""
    root = new_or_existing_root(dest)
    if (root / SETTINGS).is_file():
        raise UsageError(f"{root}: is a backend already; add entities with chariot-gen entity SPEC")
    request = Request(root, module=module, hooks=flags.hooks, dry_run=flags.dry_run)
    return carry_out(request, flags)


@click.command(epilog="Example:  chariot-gen regen --dry-run")
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@dest_option
@click.option(
    "--restore",
    is_flag=True,
    help="Bring back files that were removed by hand; with PATH, have those files as generated, and "
    "discard every edit of them.",
)
@conflict_option
@removed_option
@hooks_option
@dry_run_option
@json_option
@verbose_option
@with_flags
def regen(
    paths: tuple[str, ...],
    dest: Path | None,
    restore: bool,  # noqa: FBT001 - click fills it in
    on_conflict: tuple[str, ...],
    removed: tuple[str, ...],
    flags: Flags,
) -> int:
    """Bring the whole backend up to date with its specs; touch only what changes.

    Exits 3 if you and the specs changed the same place: nothing is written then,
    unless --on-conflict says how to go on.
    """
    if paths and not restore:
        raise UsageError("regen: takes a PATH only with --restore; without, it is about the whole backend")
    decisions = Decisions(restore and not paths, paths, choices(on_conflict))
    root = existing_root(dest)
    request = Request(root, hooks=flags.hooks, dry_run=flags.dry_run, decisions=decisions, removed=removed)
    return carry_out(request, flags)


def carry_out(request: Request, flags: Flags) -> int:
    """Run a request and print what it did."""
    with shown_progress(flags) as progress:
        report = run(request, progress)
    if flags.as_json:
        click.echo(reports.as_json(reports.report_json(report)))
    else:
        click.echo(reports.report_text(report, verbose=flags.verbose))
    return ConflictError.exit_code if report.marked else 0
