"""Names that two entities of one backend would share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from chariot_gen.diagnostics import Location
from chariot_gen.model.entity import Entity, Kind
from chariot_gen.spec.rules.subject import Subject

__all__ = ["check_collisions", "check_key_prefixes", "check_routes"]

_Claim = tuple[str, str, str, Location]

_READS = "/my"


def check_collisions(subjects: Sequence[Subject]) -> None:
    """Complain once about any two things that claim one name; the later one is told."""
    owners: dict[tuple[str, str], tuple[Subject, str, Location]] = {}
    told: set[tuple[Location, Location]] = set()
    for subject in subjects:
        for space, name, owner, location in _claims(subject.entity):
            claimed = owners.setdefault((space, name), (subject, owner, location))
            pair = (location, claimed[2])
            if location != claimed[2] and pair not in told:
                told.add(pair)
                _complain(subject, location, space, name, owner, claimed)


def check_routes(subjects: Sequence[Subject]) -> None:
    """Complain about APIs whose paths overlap."""
    claims = [(subject, path) for subject in subjects for path in _paths(subject)]
    if any(subject.entity.api and subject.entity.api.is_chariot for subject in subjects):
        _check_own_paths(subjects)
    if not _any_starts_another(f"{path}/" for _, path in claims):
        return
    for number, (subject, mine) in enumerate(claims):
        for other, theirs in claims[:number]:
            if _collide_anyway(subject, other) or not _overlap(mine, theirs):
                continue
            if other is subject:
                message, remedy = f"the contracts would share the path {mine}", "set another `api.path`"
            else:
                message = f"the path {mine} overlaps with {theirs} of {other.entity.spec_path}"
                remedy = "set another `api.path` in one of the two"
            subject.complain(_path_location(subject), message, remedy)


def check_key_prefixes(subjects: Sequence[Subject]) -> None:
    """Complain about keys of two entities that a list could not tell apart."""
    keyed = [subject for subject in subjects if _prefix(subject)]
    if not _any_starts_another(map(_prefix, keyed)):
        return
    for subject, other in _pairs(keyed):
        mine, theirs = _prefix(subject), _prefix(other)
        if mine.startswith(theirs) or theirs.startswith(mine):
            message = f"keys that start with {mine} look like those of {other.entity.spec_path}: {theirs}"
            subject.complain(subject.root.location("key"), message, "start each with text of its own")


def _any_starts_another(texts: Iterable[str]) -> bool:
    """Report whether one text is the start of another: if so, of the next one in order too."""
    ordered = sorted(texts)
    return any(after.startswith(before) for before, after in pairwise(ordered))


def _pairs(subjects: Sequence[Subject]) -> Iterator[tuple[Subject, Subject]]:
    """Yield each subject with every earlier one, but those whose names collide anyway."""
    for index, subject in enumerate(subjects):
        for other in subjects[:index]:
            if not _collide_anyway(subject, other):
                yield subject, other


def _collide_anyway(subject: Subject, other: Subject) -> bool:
    return subject is not other and other.entity.names.flat == subject.entity.names.flat


def _overlap(one: str, other: str) -> bool:
    return f"{one}/".startswith(f"{other}/") or f"{other}/".startswith(f"{one}/")


def _check_own_paths(subjects: Sequence[Subject]) -> None:
    """Complain about paths of the contract rest where the contract chariot reads items of all entities."""
    for subject in subjects:
        api = subject.entity.api
        if api is not None and api.is_rest and _overlap(api.path, _READS):
            message = f"{_READS} is where the contract chariot, which an entity asks for, reads items"
            subject.complain(_path_location(subject), message, "set another `api.path`")


def _complain(
    subject: Subject,
    location: Location,
    space: str,
    name: str,
    owner: str,
    claimed: tuple[Subject, str, Location],
) -> None:
    other, other_owner, other_location = claimed
    where = f"line {other_location.line}" if other is subject else str(other_location)
    message = f"{owner} and {other_owner} ({where}) share the {space} `{name}`"
    subject.complain(location, message, "rename one of them")


def _claims(entity: Entity) -> Iterator[_Claim]:
    """Yield every name that an entity takes for itself: the space, the name, who takes it, where."""
    at, owner = entity.location, f"the entity {entity.names.go}"
    yield "Go name", entity.names.go, owner, at
    yield "file", f"{entity.names.snake}.go", owner, at
    if entity.behaviour.custom:
        yield "file", f"{entity.names.snake}_custom.go", owner, at
    yield "command", entity.names.flat, owner, at
    yield "logical id", entity.names.logical_id.casefold(), owner, at
    yield "registry name", entity.names.registry.casefold(), owner, at
    for alias in entity.aliases:
        if alias.casefold() != entity.names.registry.casefold():
            yield "registry name", alias.casefold(), f"an alias of {entity.names.go}", at
    yield from _labels(entity, owner)
    yield from _identifiers(entity)
    yield from _service_names(entity)


def _labels(entity: Entity, owner: str) -> Iterator[_Claim]:
    if entity.kind is Kind.GRAPH and entity.labels:
        yield "label", entity.labels[0], owner, entity.location
    elif entity.relationship is not None and entity.relationship.label:
        yield "label", entity.relationship.label, owner, entity.location


def _identifiers(entity: Entity) -> Iterator[_Claim]:
    """Yield what else an entity declares in the package of the models."""
    for struct in entity.structs:
        yield "Go name", struct.go, f"the type {struct.go}", struct.location
    for enum in entity.enums:
        owner = f"the enum {enum.go}"
        yield "Go name", enum.go, owner, enum.location
        yield "Go name", f"{enum.go}Values", owner, enum.location
        for constant in dict.fromkeys(constant for constant, _ in enum.values):
            yield "Go name", constant, owner, enum.location
    for constructor in entity.behaviour.constructors:
        yield (
            "Go name",
            constructor.name,
            f"the constructor {constructor.name}",
            constructor.location or entity.location,
        )
    for mixin in entity.mixins:
        if mixin.alias:
            yield "Go name", mixin.alias, f"the alias {mixin.alias}", mixin.location


def _service_names(entity: Entity) -> Iterator[_Claim]:
    for service in entity.services:
        owner, at = f"the service {service.name}", service.location
        yield "service name", service.snake, owner, at
        for name in (f"{service.go}Client", f"{service.go}Config", f"New{service.go}Client"):
            yield "Go name of package service", name, owner, at
        for call in {call.go: call for call in reversed(service.calls)}.values():
            whose, where = f"the call {service.name}.{call.name}", call.location or at
            for suffix in ("Params", "Response", "Item"):
                yield "Go name of package service", f"{service.go}{call.go}{suffix}", whose, where


def _prefix(subject: Subject) -> str:
    return subject.entity.key.prefix if subject.entity.key else ""


def _paths(subject: Subject) -> tuple[str, ...]:
    return subject.entity.api.paths if subject.entity.api else ()


def _path_location(subject: Subject) -> Location:
    block = subject.root.block("api")
    return block.location("path") if block and block.has("path") else subject.entity.location
