"""The commands that change who owns a file: adopt, release."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from chariot_gen import report as reports
from chariot_gen.cli.frame import Flags, dest_option, existing_root, json_option, shown_progress, with_flags
from chariot_gen.files import Ownership
from chariot_gen.pipeline import ownership
from chariot_gen.pipeline.ownership import Transfer

__all__ = ["adopt", "release"]


@click.command(epilog="Example:  chariot-gen adopt pkg/apierror/code.go")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@dest_option
@json_option
@with_flags
def adopt(paths: tuple[str, ...], dest: Path | None, flags: Flags) -> int:
    """Have your edits of these files merged with what is generated, from now on.

    For a file that belongs to chariot-gen, that you released, or that was there before
    it. Only the record changes; run chariot-gen regen afterwards.
    """
    with shown_progress(flags) as progress:
        transfers, notices = ownership.adopt(existing_root(dest), paths, progress)
    return _said(transfers, notices, flags)


@click.command(epilog="Example:  chariot-gen release pkg/apierror/code.go")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@dest_option
@json_option
@with_flags
def release(paths: tuple[str, ...], dest: Path | None, flags: Flags) -> int:
    """Make these files your own: they are neither written nor removed any more.

    A file that you have removed stays out for good. Only the record changes.
    """
    with shown_progress(flags) as progress:
        transfers, notices = ownership.release(existing_root(dest), paths, progress)
    return _said(transfers, notices, flags)


def _owner(transfer: Transfer) -> str:
    return (transfer.entry.ownership if transfer.entry else Ownership.YOURS).value


def _said(transfers: Sequence[Transfer], notices: Sequence[str], flags: Flags) -> int:
    if flags.as_json:
        files = [{"path": one.path, "ownership": _owner(one)} for one in transfers]
        click.echo(reports.as_json({"ok": True, "files": files, "notices": list(notices)}))
        return 0
    for notice in notices:
        click.echo(f"note: {notice}")
    for one in transfers:
        click.echo(f"  {one.path}: {one.words}")
    return 0
