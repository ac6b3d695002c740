"""What the files around the code print: go.mod, the Makefile, the README."""

from __future__ import annotations

import msgspec

from chariot_gen.model.backend import Backend
from chariot_gen.model.entity import Entity
from chariot_gen.plan import cloudformation
from chariot_gen.plan.views.graph import uses_graph

__all__ = [
    "Command",
    "GoModView",
    "Listed",
    "MakefileView",
    "ReadmeView",
    "go_mod_view",
    "makefile_view",
    "readme_view",
]


class GoModView(msgspec.Struct, frozen=True):
    """``go.mod``. The shared packages import every module in it, so it is tidy for any entities.

    ``requirement`` is Tabularium's, ``github.com/x/tabularium v1.0.132``; empty without
    Tabularium, and where only ``go mod tidy`` can know the version.
    """

    module: str
    requirement: str


class Command(msgspec.Struct, frozen=True):
    """One Lambda main: its folder below ``cmd``, and the logical id of its function."""

    folder: str
    function: str


class MakefileView(msgspec.Struct, frozen=True):
    """``Makefile``; the stack's name is ``stack``, a hyphen and the stage."""

    stack: str
    region: str
    commands: tuple[Command, ...]
    graph: bool


class Listed(msgspec.Struct, frozen=True):
    """One line of the README's table of entities, each a Markdown cell."""

    name: str
    kind: str
    description: str
    spec: str
    api: str


class ReadmeView(msgspec.Struct, frozen=True):
    """``README.md``. ``services`` and ``graph`` say whether any entity is filled from, or kept in, one.

    A backend with ``tokens`` exchanges API keys for them.
    """

    title: str
    description: str
    entities: tuple[Listed, ...]
    services: bool
    graph: bool
    tokens: bool
    owns_registry: bool


def go_mod_view(backend: Backend) -> GoModView:
    """Return the view of go.mod."""
    tabularium = backend.settings.tabularium
    pinned = tabularium if tabularium and tabularium.version else None
    return GoModView(
        module=backend.settings.module,
        requirement=f"{pinned.module} {pinned.version}" if pinned else "",
    )


def makefile_view(backend: Backend) -> MakefileView:
    """Return the view of the Makefile, with a target for each function."""
    return MakefileView(
        stack=cloudformation.slug(backend.settings.name),
        region=backend.settings.region,
        commands=(*(c for entity in backend.entities for c in _commands(entity)), *_shared(backend)),
        graph=uses_graph(backend),
    )


def readme_view(backend: Backend) -> ReadmeView:
    """Return the view of the README."""
    return ReadmeView(
        title=_cell(backend.settings.name),
        description=_cell(backend.settings.description) or "A backend on the Chariot pattern.",
        entities=tuple(_listed(entity) for entity in backend.entities),
        services=any(entity.services for entity in backend.entities),
        graph=uses_graph(backend),
        tokens=bool(backend.chariot),
        owns_registry=backend.settings.tabularium is None,
    )


def _commands(entity: Entity) -> tuple[Command, ...]:
    function = f"{entity.names.logical_id}Function"
    return tuple(Command(trigger.command, function) for trigger in entity.infrastructure.triggers)


def _shared(backend: Backend) -> tuple[Command, ...]:
    """Return the mains that serve many entities, which are those of the contract ``chariot``."""
    both = Command("api", "ApiFunction"), Command("authorizer", "AuthorizerFunction")
    return both if backend.chariot else ()


def _listed(entity: Entity) -> Listed:
    return Listed(
        name=entity.names.go,
        kind=entity.kind.value,
        description=_cell(entity.description),
        spec=f"[{entity.spec_path}]({entity.spec_path})",
        api=", ".join(f"`{path}`" for path in entity.api.paths) if entity.api else "none",
    )


def _cell(text: str) -> str:
    """Return prose on one line that Markdown prints as it stands, also in a table."""
    prose = " ".join(text.split())
    return "".join(f"\\{character}" if character in "\\|`*_[]<>#" else character for character in prose)
