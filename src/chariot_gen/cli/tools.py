"""The commands about chariot-gen itself: schema, doctor."""

from __future__ import annotations

import click
from msgspec.structs import asdict

from chariot_gen import report as reports
from chariot_gen.cli.frame import Flags, json_option, with_flags
from chariot_gen.errors import ToolError

__all__ = ["doctor", "schema"]


@click.command(epilog="Example:  chariot-gen schema entity > entity.json")
@click.argument("which", type=click.Choice(["entity", "settings"]), default="entity")
@click.option("--markdown", is_flag=True, help="Print the reference of both for people instead.")
@with_flags
def schema(which: str, flags: Flags, *, markdown: bool) -> int:  # noqa: ARG001 - it has no switches
    """Print the JSON Schema (2020-12) of a spec or of chariot.yaml."""
    from chariot_gen import spec  # noqa: PLC0415 - YAML is slow to import
    from chariot_gen.pipeline.extras import schema_text  # noqa: PLC0415 - goes with it

    if markdown:
        from chariot_gen.spec.reference import reference  # noqa: PLC0415 - goes with it

        click.echo(reference(), nl=False)
        return 0
    document = spec.entity_schema() if which == "entity" else spec.settings_schema()
    click.echo(schema_text(document), nl=False)
    return 0


@click.command(epilog="Example:  chariot-gen doctor")
@json_option
@with_flags
def doctor(flags: Flags) -> int:
    """Show which tools are found, in which version, and how to get the missing ones.

    Exits 69 if a tool is missing that a run needs.
    """
    from chariot_gen.hooks.tools import find_tools  # noqa: PLC0415 - only this command starts these

    tools = find_tools()
    missing = [tool for tool in tools if tool.required and not tool.path]
    if flags.as_json:
        click.echo(reports.as_json({"ok": not missing, "tools": [asdict(tool) for tool in tools]}))
    else:
        for tool in tools:
            found = f"{tool.version:<10} {tool.path}" if tool.path else f"missing: {tool.remedy}"
            click.echo(f"  {tool.name:<19} {found}  ({tool.purpose})")
    return ToolError.exit_code if missing else 0
