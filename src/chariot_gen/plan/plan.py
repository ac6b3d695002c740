"""Spread the catalogue over a backend: one plan for every file of every entity."""

from __future__ import annotations

from collections.abc import Iterator

from chariot_gen.diagnostics import Diagnostic, Location
from chariot_gen.errors import SpecError
from chariot_gen.files import FilePlan
from chariot_gen.model.backend import Backend
from chariot_gen.model.entity import Entity
from chariot_gen.plan.catalogue import CATALOGUE, Row, Scope

__all__ = ["plan_files"]


def plan_files(backend: Backend) -> tuple[FilePlan, ...]:
    """Return the plan of every file that the backend consists of, sorted by path.

    Raises SpecError where two entities, or a service of each, claim the same path.
    """
    planned: dict[str, FilePlan] = {}
    complaints: list[Diagnostic] = []
    for row in CATALOGUE:
        for plan in _plans(row, backend):
            twin = planned.setdefault(plan.path.casefold(), plan)
            if twin is not plan:
                complaints.append(_collision(plan, twin))
    if complaints:
        raise SpecError(complaints)
    return tuple(sorted(planned.values(), key=lambda plan: plan.path))


def _plans(row: Row, backend: Backend) -> Iterator[FilePlan]:
    if not row.applies(backend):
        return
    match row.scope:
        case Scope.BACKEND:
            yield _plan(row, row.path, row.build(backend), composed=row.composed)
        case Scope.ENTITY:
            for entity in backend.entities:
                if row.concerns(entity):
                    yield _owned(row, {"ENTITY": entity.names.snake}, entity, row.build(backend, entity))
        case Scope.COMMAND:
            for entity in backend.entities:
                for trigger in entity.infrastructure.triggers:
                    view = row.build(backend, entity, trigger)
                    yield _owned(row, {"COMMAND": trigger.command}, entity, view, trigger.location)
        case Scope.SERVICE:
            for entity in backend.entities:
                for service in entity.services:
                    view = row.build(backend, entity, service)
                    yield _owned(row, {"SERVICE": service.snake}, entity, view, service.location)


def _owned(
    row: Row, names: dict[str, str], entity: Entity, view: object, origin: Location | None = None
) -> FilePlan:
    path = row.path
    for placeholder, name in names.items():
        path = path.replace(placeholder, name)
    return _plan(row, path, view, entity=entity.names.snake, origin=origin or entity.location)


def _plan(
    row: Row, path: str, view: object, *, entity: str = "", origin: Location | None = None, composed: bool = False
) -> FilePlan:
    return FilePlan(
        path=path,
        template=row.template,
        ownership=row.ownership,
        view=view,
        entity=entity,
        origin=origin,
        composed=composed,
    )


def _collision(plan: FilePlan, twin: FilePlan) -> Diagnostic:
    claimants = " and ".join(sorted({plan.entity or "the backend", twin.entity or "the backend"}))
    return Diagnostic(
        location=plan.origin or Location("chariot.yaml"),
        message=f"{plan.path} would be written for {claimants}",
        remedy="give one of them another name",
    )
