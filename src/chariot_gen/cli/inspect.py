"""The commands that only look: check, diff, plan (also called explain)."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import click
from msgspec.structs import asdict

from chariot_gen import report as reports
from chariot_gen.cli.decisions import choices, conflict_option
from chariot_gen.cli.frame import (
    Flags,
    dest_option,
    existing_root,
    json_option,
    module_option,
    planned_root,
    shown_progress,
    verbose_option,
    with_flags,
)
from chariot_gen.errors import ConflictError, DriftError
from chariot_gen.files import Action
from chariot_gen.model.api import Api
from chariot_gen.model.entity import Entity
from chariot_gen.pipeline.decisions import Decisions
from chariot_gen.pipeline.drift import classify
from chariot_gen.pipeline.preview import Preview, patch, preview
from chariot_gen.pipeline.request import Request

__all__ = ["check", "diff", "explain", "plan"]


@click.command(epilog="Example, in CI:  chariot-gen check --json")
@dest_option
@json_option
@verbose_option
@with_flags
def check(dest: Path | None, flags: Flags) -> int:
    """Say of every file whether it is what the specs make of it; exit 5 if not.

    Classes: current, spec newer, generator newer, edited, missing, orphaned,
    conflicted. An edit of an entity's file is no drift: those are yours to edit.
    """
    with shown_progress(flags) as progress:
        report = classify(existing_root(dest), progress)
    if flags.as_json:
        click.echo(reports.as_json(reports.drift_json(report)))
    else:
        click.echo(reports.drift_text(report, verbose=flags.verbose))
    return DriftError.exit_code if report.failing else 0


@click.command(epilog="Example:  chariot-gen diff | git apply")
@dest_option
@conflict_option
@with_flags
def diff(dest: Path | None, on_conflict: tuple[str, ...], flags: Flags) -> int:
    """Print what regen would change, as a patch that git apply takes in the backend's folder.

    Exits 3 if regen would stop: files in conflict are named on stderr, and shown as
    the change of their rendering since it was last written.
    """
    with shown_progress(flags) as progress:
        found = patch(existing_root(dest), Decisions(choices=choices(on_conflict)), progress)
    # Bytes, so that a file that is not UTF-8 comes out as it is.
    click.echo(found.text.encode("utf-8", "surrogateescape"), nl=False)
    for conflict in found.conflicts:
        click.echo(conflict.reason, err=True)
    return ConflictError.exit_code if found.conflicts else 0


@click.command(epilog="Example:  chariot-gen plan asset.yaml")
@click.argument("specs", metavar="[SPEC]...", nargs=-1, type=click.Path(path_type=Path))
@dest_option
@module_option
@json_option
@with_flags
def plan(specs: tuple[Path, ...], dest: Path | None, module: str, flags: Flags) -> int:
    """Show every derived name, route and file before anything is written.

    Without SPEC, of all entities of the backend. Outside of a backend, SPEC is
    planned for one in ./backend, which need not be there.
    """
    root = planned_root(dest) if specs else existing_root(dest)
    with shown_progress(flags) as progress:
        found = preview(Request(root, specs=specs, module=module), progress)
    documents = [_document(entity, found) for entity in found.entities]
    if flags.as_json:
        click.echo(reports.as_json({"ok": True, "entities": documents}))
    else:
        click.echo("\n\n".join(_text(document) for document in documents))
    return 0


explain = copy.copy(plan)
explain.name = "explain"
explain.hidden = True


def _document(entity: Entity, found: Preview) -> dict[str, Any]:
    return {
        "entity": entity.names.go,
        "kind": entity.kind.value,
        "spec": entity.spec_path,
        "key": entity.key.template if entity.key else "",
        "names": asdict(entity.names),
        "routes": _routes(entity.api) if entity.api else [],
        "services": [service.go for service in entity.services],
        "files": [
            {"path": change.path, "action": _action(change.action)}
            for change in found.changes
            if found.owners.get(change.path) == entity.names.snake or change.path == entity.spec_path
        ],
    }


def _routes(api: Api) -> list[dict[str, str]]:
    """Return what is served, first under the contract ``rest`` and then under ``chariot``."""
    rest = [(e.operation, e.method, e.path, e.entitlement) for e in api.endpoints if api.is_rest]
    chariot = [(e.operations[0], e.method, e.path, e.entitlement) for e in api.chariot_endpoints]
    return [
        {"operation": operation.value, "method": method, "path": path, "entitlement": entitlement.value}
        for operation, method, path, entitlement in (*rest, *chariot)
    ]


def _action(action: Action) -> str:
    return "unchanged" if action is Action.KEEP else action.value


def _text(document: dict[str, Any]) -> str:
    lines = [f"{document['entity']} ({document['kind']}), from {document['spec']}"]
    if document["key"]:
        lines.append(f"  key        {document['key']}")
    lines.append("  names")
    lines += [f"    {kind:<13} {name}" for kind, name in document["names"].items()]
    if document["routes"]:
        lines.append("  routes")
        lines += [
            f"    {route['method']:<7} {route['path']}  ({route['operation']}, {route['entitlement']})"
            for route in document["routes"]
        ]
    if document["services"]:
        lines.append(f"  services   {', '.join(document['services'])}")
    lines.append("  files")
    lines += [f"    {file['action']:<10} {file['path']}" for file in document["files"]]
    return "\n".join(lines)
