"""Spread the catalogue over a backend: one plan for every file of every entity."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from chariot_gen.diagnostics import Diagnostic, Location
from chariot_gen.errors import SpecError
from chariot_gen.files import FilePlan
from chariot_gen.model.backend import Backend
from chariot_gen.model.entity import Entity
from chariot_gen.plan.catalogue import CATALOGUE, Row, Scope
from chariot_gen.plan.recall import Recall, anew

__all__ = ["plan_files"]


def plan_files(backend: Backend, recall: Recall = anew) -> tuple[FilePlan, ...]:
    """Return the plan of every file that the backend consists of, sorted by path.

    The file of an entity is made from that entity and what ``around`` it can be seen,
    and from nothing else of the backend: so it only changes with them.
    Raises SpecError where two entities, or a service of each, claim the same path.
    """
    planned: dict[str, FilePlan] = {}
    complaints: list[Diagnostic] = []
    for row in CATALOGUE:
        for plan in _plans(row, backend, recall):
            twin = planned.setdefault(plan.path.casefold(), plan)
            if twin is not plan:
                complaints.append(_collision(plan, twin))
    if complaints:
        raise SpecError(complaints)
    return tuple(sorted(planned.values(), key=lambda plan: plan.path))


def _plans(row: Row, backend: Backend, recall: Recall) -> Iterator[FilePlan]:
    if not row.applies(backend):
        return
    if row.scope is Scope.BACKEND:
        yield _plan(row, row.path, partial(row.build, backend, *([recall] if row.recalls else [])))
        return
    for entity in backend.entities:
        if row.concerns(entity):
            known = backend.around(entity)
            for name, subject, origin in _subjects(row.scope, entity):
                path = row.path.replace(row.scope.name, name)
                yield _plan(row, path, partial(row.build, known, entity, *subject), entity, origin)


def _subjects(scope: Scope, entity: Entity) -> Iterator[tuple[str, tuple[object, ...], Location | None]]:
    """Yield what a scope repeats for: the name in the path, what the builder takes, the spec line."""
    match scope:
        case Scope.SERVICE:
            for service in entity.services:
                yield service.snake, (service,), service.location
        case Scope.COMMAND:
            for trigger in entity.infrastructure.triggers:
                yield trigger.command, (trigger,), trigger.location or entity.location
        case _:
            yield entity.names.snake, (), entity.location


def _plan(
    row: Row,
    path: str,
    build: Callable[[], object],
    entity: Entity | None = None,
    origin: Location | None = None,
) -> FilePlan:
    return FilePlan(
        path=path,
        template=row.template,
        ownership=row.ownership,
        build=build,
        entity=entity.names.snake if entity else "",
        origin=origin,
        composed=row.composed,
        yields=row.yields,
    )


def _collision(plan: FilePlan, twin: FilePlan) -> Diagnostic:
    claimants = " and ".join(sorted({plan.entity or "the backend", twin.entity or "the backend"}))
    return Diagnostic(
        location=plan.origin or twin.origin or Location("chariot.yaml"),
        message=f"{plan.path} would be written for {claimants}",
        remedy="give one of them another name",
    )
