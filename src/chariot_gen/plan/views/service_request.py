"""The request of a call: its path, query, header and body as Go expressions."""

from __future__ import annotations

import re
from collections.abc import Iterable

from chariot_gen.model.service import Call, Param, Place
from chariot_gen.model.types import ListType
from chariot_gen.plan import golang
from chariot_gen.plan.views.service_values import Statement, is_pointer, is_textual, text_of

__all__ = ["METHODS", "REPEATABLE", "aligned", "expansion_of", "placed", "request_of", "setting"]

METHODS = {
    "DELETE": "http.MethodDelete",
    "GET": "http.MethodGet",
    "HEAD": "http.MethodHead",
    "PATCH": "http.MethodPatch",
    "POST": "http.MethodPost",
    "PUT": "http.MethodPut",
}
# Package httpclient repeats these of itself.
REPEATABLE = frozenset({"DELETE", "GET", "HEAD", "PUT"})
_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")


def aligned(pairs: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Return the members of a keyed composite literal as gofmt aligns them: a long value parts them."""
    lines: list[str] = []
    run: list[tuple[str, str]] = []
    for key, value in (*pairs, ("", "\n")):
        if "\n" not in value:
            run.append((key, value))
            continue
        width = max((len(name) for name, _ in run), default=0) + 1
        lines += [f"{name + ':':<{width}} {text}," for name, text in run]
        lines += [f"{key}: {value},"] if key else []
        run = []
    return tuple(lines)


def placed(call: Call, place: Place) -> tuple[Param, ...]:
    """Return the parameters that go in one place."""
    return tuple(param for param in call.params if param.place is place)


def setting(param: Param, variable: str) -> Statement:
    """Return how a parameter gets into the query or the header: once, or once an element."""
    name, source = golang.string_literal(param.name), f"params.{param.go}"
    verb, operand, guard, kind = "Set", source, "", param.type
    if isinstance(kind, ListType):
        verb, operand, guard, kind = "Add", "value", f"for _, value := range {source}", kind.element
    elif is_pointer(kind, optional=param.optional):
        operand, guard = f"*{source}", f"if {source} != nil"
    text = text_of(operand, kind, param.location)
    return Statement(f"{variable}.{verb}({name}, {text})", guard, param.location)


def expansion_of(call: Call) -> str:
    """Return the call of expand, empty where no path parameter is text that could leave its segment."""
    params = placed(call, Place.PATH)
    if not any(is_textual(param.type) for param in params):
        return ""
    pairs = "".join(
        f", {golang.string_literal(param.name)}, {text_of(f'params.{param.go}', param.type, param.location)}"
        for param in params
    )
    return f"expand({golang.string_literal(call.path)}{pairs})"


def _path(call: Call) -> str:
    """Return the path as a concatenation of literals and numbers."""
    params = {param.name: param for param in placed(call, Place.PATH)}
    pieces = []
    for index, piece in enumerate(_PLACEHOLDER.split(call.path)):
        if index % 2:
            param = params[piece]
            pieces.append(text_of(f"params.{param.go}", param.type, param.location))
        elif piece:
            pieces.append(golang.string_literal(piece))
    return " + ".join(pieces)


def request_of(call: Call, expansion: str) -> tuple[str, ...]:
    """Return the members of the request's literal."""
    pairs = [
        ("Method", METHODS[call.method]),
        ("Path", "path" if expansion else _path(call)),
    ]
    if placed(call, Place.QUERY):
        pairs.append(("Query", "query"))
    if placed(call, Place.HEADER):
        pairs.append(("Header", "header"))
    if placed(call, Place.BODY):
        pairs.append(("Body", "params"))
    if call.idempotent and call.method not in REPEATABLE:
        pairs.append(("Idempotent", "true"))
    return aligned(pairs)
