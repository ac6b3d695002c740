"""The emitted files that no template makes: schemas for editors, settings for git."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from chariot_gen.files import FilePlan, Ownership
from chariot_gen.workspace.tree import STATE

__all__ = ["extra_plans", "extra_text", "schema_text"]


# What a run leaves behind only for itself, or holds only while it is at work.
_IGNORED = "/cache/\n/journal.json*\n/lock\n/log/\n/stage/\n"
# Kept copies are merged like the files themselves; both are written anew by the next run.
# No line ending may be converted: a copy has to be what its hash says.
_ATTRIBUTES = "* linguist-generated -text\n/base/** -diff\n/theirs/** -diff\n"


def _entity_schema() -> str:
    from chariot_gen.spec import entity_schema  # noqa: PLC0415 - YAML is slow to import

    return schema_text(entity_schema())


def _settings_schema() -> str:
    from chariot_gen.spec import settings_schema  # noqa: PLC0415 - YAML is slow to import

    return schema_text(settings_schema())


def schema_text(schema: Mapping[str, Any]) -> str:
    """Return a schema as it is written and shown."""
    return msgspec.json.format(msgspec.json.encode(schema)).decode() + "\n"


_TEXTS: Mapping[str, Callable[[], str]] = {
    f"{STATE}/.gitattributes": lambda: _ATTRIBUTES,
    f"{STATE}/.gitignore": lambda: _IGNORED,
    f"{STATE}/schema/entity.json": _entity_schema,
    f"{STATE}/schema/settings.json": _settings_schema,
}


def extra_plans() -> tuple[FilePlan, ...]:
    """Return the plans of these files, sorted by path."""
    return tuple(FilePlan(path, "", Ownership.GENERATED) for path in sorted(_TEXTS))


def extra_text(path: str) -> str:
    """Return the text of one of them."""
    return _TEXTS[path]()
