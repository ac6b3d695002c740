"""The command that renames: an entity, a field or a service, and all that people wrote with it."""

from __future__ import annotations

from pathlib import Path

import click

from chariot_gen.cli.frame import (
    Flags,
    dest_option,
    dry_run_option,
    existing_root,
    hooks_option,
    json_option,
    verbose_option,
    with_flags,
)
from chariot_gen.cli.generate import carry_out
from chariot_gen.errors import UsageError
from chariot_gen.pipeline.request import Request

__all__ = ["rename"]

_SUBJECTS = ("entity", "field", "service")


@click.command(
    epilog="""\b
Examples:
  chariot-gen rename entity Asset Host
  chariot-gen rename field Host.ip address
  chariot-gen rename service Host.shodan shodan_search"""
)
@click.argument("subject", metavar="entity|field|service", type=click.Choice(_SUBJECTS))
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@dest_option
@hooks_option
@dry_run_option
@json_option
@verbose_option
@with_flags
def rename(subject: str, old: str, new: str, dest: Path | None, flags: Flags) -> int:
    """Rename an entity, a field or a service; what people wrote with it follows.

    OLD is the name in the spec, behind that of its entity for a field or a service. The
    specs are edited, files move, and every use of what is renamed follows, in the files of
    the entity and in Go files of your own. All of it happens in one step or not at all.
    """
    from chariot_gen.spec.renaming import Renaming, Subject  # noqa: PLC0415 - YAML is slow to import

    entity, _, name = old.rpartition(".")
    if (subject == "entity") is bool(entity):
        wanted = "OLD NEW" if subject == "entity" else f"ENTITY.{subject} NEW"
        raise UsageError(f"{old}: names no {subject}; write chariot-gen rename {subject} {wanted}")
    renaming = Renaming(Subject(subject), name, new.removeprefix(f"{entity}."), entity)
    request = Request(existing_root(dest), hooks=flags.hooks, dry_run=flags.dry_run, renaming=renaming)
    return carry_out(request, flags)
