"""How the calls of a service fill an entity: parameters from its fields, fields from the responses."""

from __future__ import annotations

import msgspec

from chariot_gen import names
from chariot_gen.diagnostics import Location
from chariot_gen.model.entity import Entity
from chariot_gen.model.service import Call, Param, Service
from chariot_gen.plan import golang
from chariot_gen.plan.views.service_call import params_type
from chariot_gen.plan.views.service_request import aligned
from chariot_gen.plan.views.service_values import Statement, Value, assign, convert, is_pointer, refuse

__all__ = ["FillCallView", "FillView", "PointerView", "fill_view"]


class PointerView(msgspec.Struct, frozen=True):
    """A field that a call cannot do without and that may be unset."""

    expression: str
    message: str
    origin: Location | None


class FillCallView(msgspec.Struct, frozen=True):
    """One call within the method; ``params`` and ``response`` are the names of its variables."""

    go: str
    params_type: str
    params: str
    response: str
    arguments: str
    required: tuple[PointerView, ...]
    fields: tuple[str, ...]
    optional: tuple[Statement, ...]
    assignments: tuple[Statement, ...]
    origin: Location | None


class FillView(msgspec.Struct, frozen=True):
    """The method ``Fill<Entity>``; ``entity`` is the name of its parameter."""

    go: str
    type: str
    entity: str
    doc: str
    error_format: str
    calls: tuple[FillCallView, ...]
    has_required: bool


def fill_view(entity: Entity, service: Service) -> FillView | None:
    """Return the view of the method, None where no call maps into the entity."""
    mapped = tuple(call for call in service.calls if call.mappings)
    if not mapped:
        return None
    variable = _variable(entity.names.receiver)
    calls = tuple(_call(entity, service, call, variable, alone=len(mapped) == 1) for call in mapped)
    return FillView(
        go=f"Fill{entity.names.go}",
        type=entity.names.go,
        entity=variable,
        doc=_doc(entity, service, mapped, variable),
        error_format=golang.string_literal(f"fill {entity.names.human}: %w"),
        calls=calls,
        has_required=any(call.required for call in calls),
    )


def _variable(receiver: str) -> str:
    """Return the name of the entity, as its own methods have it where the client's leave it free."""
    return receiver if len(receiver) < len("ctx") and receiver != "c" else "entity"


def _call(entity: Entity, service: Service, call: Call, variable: str, *, alone: bool) -> FillCallView:
    stem = names.camel(call.name)
    params = "params" if alone else f"{stem}Params"
    response = "response" if alone else f"{stem}Response"
    direct = [p for p in call.params if p.field and _is_direct(entity, p)]
    guarded = [p for p in call.params if p.field and not _is_direct(entity, p)]
    return FillCallView(
        go=call.go,
        params_type=params_type(service, call),
        params=params,
        response=response,
        arguments=f"ctx, {params}" if call.params else "ctx",
        required=_required(entity, call, variable),
        fields=aligned((p.go, _argument(entity, p, variable)) for p in direct),
        optional=tuple(_optional(entity, p, variable, params) for p in guarded),
        assignments=_assignments(entity, call, variable, response),
        origin=call.location,
    )


def _field(entity: Entity, name: str, variable: str) -> Value:
    field = entity.field(name)
    return Value(f"{variable}.{field.go}", field.type, pointer=field.optional)


def _is_direct(entity: Entity, param: Param) -> bool:
    """Report whether the field's value is the parameter's as it is, its absence included."""
    field = entity.field(param.field)
    pointer = is_pointer(param.type, optional=param.optional)
    return not param.optional or (field.type == param.type and field.optional == pointer)


def _required(entity: Entity, call: Call, variable: str) -> tuple[PointerView, ...]:
    for param in call.params:
        if not (param.field or param.optional):
            raise refuse(param.location, f"parameter {param.name} is required and bound to no field")
    return tuple(
        PointerView(
            f"{variable}.{field.go}",
            golang.string_literal(f"fill {entity.names.human}: {field.json.name} is not set"),
            param.location,
        )
        for param, field in ((p, entity.field(p.field)) for p in call.params if p.field and not p.optional)
        if field.optional
    )


def _argument(entity: Entity, param: Param, variable: str) -> str:
    target = Value("", param.type, is_pointer(param.type, optional=param.optional))
    return convert(_field(entity, param.field, variable), target, param.location)


def _optional(entity: Entity, param: Param, variable: str, params: str) -> Statement:
    target = Value(f"{params}.{param.go}", param.type, is_pointer(param.type, optional=True))
    return assign(target, _field(entity, param.field, variable), param.location, optional=True)


def _assignments(entity: Entity, call: Call, variable: str, response: str) -> tuple[Statement, ...]:
    fields = {field.name: field for field in call.response.fields}
    statements = []
    for mapping in call.mappings:
        source = fields[mapping.source]
        pointer = is_pointer(source.type, optional=source.optional)
        value = Value(f"{response}.{source.go}", source.type, pointer)
        target = _field(entity, mapping.field, variable)
        statements.append(assign(target, value, mapping.location, optional=source.optional))
    return tuple(statements)


def _doc(entity: Entity, service: Service, mapped: tuple[Call, ...], variable: str) -> str:
    targets = [entity.field(mapping.field).go for call in mapped for mapping in call.mappings]
    human = names.human(service.name)
    source = human if human.endswith("service") else f"{human} service"
    text = f"Fill{entity.names.go} sets {_listed(targets)} of {variable} to what the {source} knows."
    fields = {(call.go, field.name): field for call in mapped for field in call.response.fields}
    if any(fields[call.go, mapping.source].optional for call in mapped for mapping in call.mappings):
        text += " What a response leaves out keeps its value."
    if len(mapped) > 1:
        text += f" If it fails, {variable} may hold the results of the calls that succeeded."
    else:
        text += f" If it fails, {variable} is as it was."
    return golang.doc_comment(text)


def _listed(items: list[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"
