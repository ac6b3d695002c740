"""One call of a service: its parameters, its response and the request between them."""

from __future__ import annotations

import msgspec

from chariot_gen import names
from chariot_gen.diagnostics import Location
from chariot_gen.model.service import Call, Param, Place, ResponseField, Service
from chariot_gen.model.types import ListType, MapType, NamedType, Type
from chariot_gen.plan import golang
from chariot_gen.plan.views.service_request import expansion_of, placed, request_of, setting
from chariot_gen.plan.views.service_values import Statement, go_type

__all__ = ["CallView", "FieldView", "call_view", "params_type", "response_type"]

# A longer signature is broken at its parameters.
_WIDTH = 120


class FieldView(msgspec.Struct, frozen=True):
    """One field of a params or response struct."""

    doc: str
    declaration: str
    origin: Location | None


class CallView(msgspec.Struct, frozen=True):
    """One method of the client. Texts that a call has no use for are empty."""

    go: str
    doc: str
    arguments: str
    results: str
    failure: str
    error_format: str
    params_doc: str
    params_type: str
    params: tuple[FieldView, ...]
    response_doc: str
    response_type: str
    response_fields: tuple[FieldView, ...]
    variable_type: str
    result: str
    expansion: str
    queries: tuple[Statement, ...]
    headers: tuple[Statement, ...]
    request: tuple[str, ...]
    imports: tuple[str, ...]
    uses_model: bool
    is_wide: bool
    origin: Location | None


def params_type(service: Service, call: Call) -> str:
    """Return the name of the params struct, empty for a call without parameters."""
    return f"{service.go}{call.go}Params" if call.params else ""


def response_type(service: Service, call: Call) -> str:
    """Return the name of the response struct: of the body, or of one item of it."""
    return f"{service.go}{call.go}{'Item' if call.response.is_list else 'Response'}"


def call_view(service: Service, call: Call) -> CallView:
    """Return the view of one call."""
    params, response = params_type(service, call), response_type(service, call)
    queries = tuple(setting(param, "query") for param in placed(call, Place.QUERY))
    headers = tuple(setting(param, "header") for param in placed(call, Place.HEADER))
    returns = bool(call.response.fields)
    variable = f"[]{response}" if call.response.is_list else response
    result = variable if call.response.is_list else f"*{response}"
    expansion = expansion_of(call)
    arguments = f"ctx context.Context, params {params}" if params else "ctx context.Context"
    results = f"({result}, error)" if returns else "error"
    return CallView(
        go=call.go,
        doc=_call_doc(call),
        arguments=arguments,
        results=results,
        failure="nil, " if returns else "",
        error_format=golang.string_literal(f"{names.human(call.name)}: %w"),
        params_doc=golang.doc_comment(f"{params} holds what {call.go} sends."),
        params_type=params,
        params=tuple(_param_field(call, param) for param in call.params),
        response_doc=_response_doc(call, response),
        response_type=response,
        response_fields=tuple(_response_field(field) for field in call.response.fields),
        variable_type=variable,
        result="response" if call.response.is_list else "&response",
        expansion=expansion,
        queries=queries,
        headers=headers,
        request=request_of(call, expansion),
        imports=_imports(call, queries, headers, expansion),
        uses_model=any(_is_named(kind) for kind in _types(call)),
        is_wide=len(f"func (c *{service.go}Client) {call.go}({arguments}) {results} {{") > _WIDTH,
        origin=call.location,
    )


def _call_doc(call: Call) -> str:
    statement = _third_person(call.description.strip().rstrip("."))
    return golang.doc_comment(
        f"{call.go} {statement}. If the service answers 404, the error matches ErrNotFound."
    )


def _third_person(text: str) -> str:
    """Return an imperative as a statement on its subject: ``Fetch it`` ⇒ ``fetches it``."""
    verb, space, rest = text.partition(" ")
    if verb.isupper():
        return text
    verb = verb[:1].lower() + verb[1:]
    if verb.endswith(("ss", "x", "z", "ch", "sh", "o")):
        verb += "es"
    elif verb.endswith("y") and verb[-2:-1] not in set("aeiou"):
        verb = f"{verb[:-1]}ies"
    elif not verb.endswith("s"):
        verb += "s"
    return verb + space + rest


def _sentence(text: str) -> str:
    """Return the text with a full stop, so that another sentence can follow."""
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _response_doc(call: Call, response: str) -> str:
    noun = "one item of what" if call.response.is_list else "what"
    return golang.doc_comment(f"{response} is {noun} {call.go} returns.")


def _param_field(call: Call, param: Param) -> FieldView:
    optional = " Not sent if nil." if param.optional else ""
    tag = ""
    if param.place is Place.BODY:
        tag = " " + golang.struct_tag([("json", f"{param.name},omitempty" if param.optional else param.name)])
    elif placed(call, Place.BODY):
        tag = " " + golang.struct_tag([("json", "-")])
    return FieldView(
        doc=golang.doc_comment(f"{_sentence(param.description)}{optional}", 1),
        declaration=f"{param.go} {go_type(param.type, optional=param.optional)}{tag}",
        origin=param.location,
    )


def _response_field(field: ResponseField) -> FieldView:
    tag = golang.struct_tag([("json", field.name)])
    return FieldView(
        doc=golang.doc_comment(_sentence(field.description), 1),
        declaration=f"{field.go} {go_type(field.type, optional=field.optional)} {tag}",
        origin=field.location,
    )


def _imports(
    call: Call, queries: tuple[Statement, ...], headers: tuple[Statement, ...], expansion: str
) -> tuple[str, ...]:
    found: set[str] = {"net/url"} if queries else set()
    texts = [statement.text for statement in (*queries, *headers)]
    texts += [expansion, *request_of(call, expansion)]
    if any("strconv." in text for text in texts):
        found.add("strconv")
    for kind in _types(call):
        found |= golang.type_imports(kind)
    return tuple(sorted(found))


def _types(call: Call) -> tuple[Type, ...]:
    return (*(param.type for param in call.params), *(field.type for field in call.response.fields))


def _is_named(kind: Type) -> bool:
    match kind:
        case NamedType():
            return True
        case ListType(inner) | MapType(inner):
            return _is_named(inner)
        case _:
            return False
