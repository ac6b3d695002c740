"""Calls can be made, and what they bring fits the entity."""

from __future__ import annotations

import re

from chariot_gen.model.service import Auth, AuthKind, Call, Param, Place
from chariot_gen.model.types import ListType, Scalar, ScalarType, Type
from chariot_gen.spec.problems import remedy_for
from chariot_gen.spec.reader import Block
from chariot_gen.spec.rules.fit import INTEGERS, is_enum
from chariot_gen.spec.rules.subject import Subject, World
from chariot_gen.spec.types import STRING, UNKNOWN, spell

__all__ = ["check_auth", "check_calls", "check_limits", "check_mappings"]

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_IDENTIFIER = re.compile(r"[A-Z][A-Za-z0-9]*")
_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_BODILESS = frozenset({"GET", "HEAD"})
# Set by the client itself, or by the connection.
_OWN_HEADERS = frozenset(
    [
        "accept",
        "authorization",
        "connection",
        "content-length",
        "content-type",
        "host",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "user-agent",
    ]
)
_FLOATS = frozenset({Scalar.FLOAT32, Scalar.FLOAT64})
_ON_THE_LINE = INTEGERS | _FLOATS | {Scalar.STRING, Scalar.BOOL, Scalar.TIME}
_WIDER = {
    Scalar.INT: {Scalar.INT64, Scalar.FLOAT64},
    Scalar.INT32: {Scalar.INT, Scalar.INT64, Scalar.FLOAT64},
    Scalar.INT64: {Scalar.INT},
    Scalar.FLOAT32: {Scalar.FLOAT64},
}
_SECRET_VALUE = re.compile(
    r"(?:sk|pk|rk)[-_](?:live|test|proj|ant)|gh[pousr]_|github_pat_|glpat-|xox[abprs]-|AKIA|ASIA|AIza|eyJ|SG\.|npm_|hf_",
)
_LONG_RUN = re.compile(r"[A-Za-z0-9]{20,}")
_NEEDS = {
    AuthKind.NONE: (),
    AuthKind.API_KEY: ("in", "name", "secret"),
    AuthKind.BASIC: ("secret",),
    AuthKind.BEARER: ("secret",),
}


def check_auth(subject: Subject, _world: World) -> None:
    """Complain about auth that lacks something, or that holds the secret itself."""
    for service, (_, block) in zip(subject.entity.services, subject.root.blocks("services"), strict=True):
        auth = block.block("auth")
        if auth is not None and auth.text("kind"):
            _check_auth(subject, service.auth, auth)


def check_limits(subject: Subject, _world: World) -> None:
    """Complain about waits that are out of order."""
    for service, (_, block) in zip(subject.entity.services, subject.root.blocks("services"), strict=True):
        retry = block.block("retry")
        if retry is not None and service.retry.base_ms > service.retry.max_ms > 0:
            subject.complain(
                retry.location("base"), "the first wait is longer than the longest", "raise `max`"
            )


def check_calls(subject: Subject, _world: World) -> None:
    """Complain about calls whose path, parameters and response do not fit together."""
    for service, (_, block) in zip(subject.entity.services, subject.root.blocks("services"), strict=True):
        seen: dict[str, str] = {}
        for call, (_, inner) in zip(service.calls, block.blocks("calls"), strict=True):
            other = seen.setdefault(call.go, call.name)
            if other != call.name:
                message = f"`{call.name}` and `{other}` both become the method `{call.go}`"
                subject.complain(call.location, message, "rename one, or set `go`")
            if call.go == f"Fill{subject.entity.names.go}":
                message = f"the client has a method `{call.go}` of its own"
                subject.complain(call.location, message, "choose another name, or set `go`")
            if call.method == "HEAD" and inner.has("response"):
                where = inner.location("response")
                subject.complain(where, "an answer to HEAD has no body", "call GET, or drop `response`")
            _check_path(subject, call, inner)
            _check_params(subject, call)
            _check_identifiers(subject, call)


def check_mappings(subject: Subject, _world: World) -> None:
    """Complain about mappings between fields that do not fit."""
    for service in subject.entity.services:
        for call in service.calls:
            if call.mappings:
                _check_mappings(subject, call)
            for param in call.params:
                field = subject.fields.get(param.field)
                if field is not None and not _converts(field.type, param.type):
                    message = (
                        f"`{field.name}` is {spell(field.type)}, but `{param.name}` takes {spell(param.type)}"
                    )
                    subject.complain(param.location, message, "give them one type")


def _check_auth(subject: Subject, auth: Auth, block: Block) -> None:
    needs = _NEEDS[auth.kind]
    for key in needs:
        if not block.has(key):
            subject.complain(
                block.location("kind"), f"auth of kind {auth.kind} lacks `{key}`", f"add `{key}`"
            )
    for key in ("in", "name", "secret"):
        if block.has(key) and key not in needs:
            subject.complain(block.location(key), f"auth of kind {auth.kind} has no `{key}`", "drop it")
    if auth.place is Place.HEADER and auth.name and not _TOKEN.fullmatch(auth.name):
        subject.complain(block.location("name"), f"`{auth.name}` is no header", "write it as in X-Api-Key")
    if _looks_secret(auth.secret):
        remedy = "name the entry in Secrets Manager instead, as shodan-api-key, and revoke what stood here"
        message = "this looks like the secret itself, not like its name"
        subject.problems.conceal(block.location("secret"), message, remedy)


def _looks_secret(text: str) -> bool:
    if _SECRET_VALUE.match(text):
        return True
    runs = [run for run in _LONG_RUN.findall(text) if any(c.isdigit() for c in run)]
    return any(any(c.isalpha() for c in run) or len(run) > 20 for run in runs)  # noqa: PLR2004 - longer than a date


def _check_path(subject: Subject, call: Call, block: Block) -> None:
    if not call.path:
        return
    at = block.location("path")
    placed = [param.name for param in call.params if param.place is Place.PATH]
    wanted = _PLACEHOLDER.findall(call.path)
    for name in wanted:
        place = subject.problems.within(at, call.path, call.path.find(f"{{{name}}}"), len(name) + 2)
        if name not in placed:
            remedy = remedy_for(name, placed, f"add it to `params`, as `{name}: {{ in: path }}`")
            subject.complain(place, f"the path has `{{{name}}}`, but no path parameter is called so", remedy)
        elif wanted.count(name) > 1:
            subject.complain(place, f"the path has `{{{name}}}` twice", "name each once")
    for param in call.params:
        if param.place is Place.PATH and param.name not in wanted:
            message = f"`{param.name}` goes into the path, but the path has no `{{{param.name}}}`"
            subject.complain(param.location, message, "add it to `path`, or write `in: query`")


def _check_params(subject: Subject, call: Call) -> None:
    headers: set[str] = set()
    for param in call.params:
        if param.place is Place.HEADER:
            _check_header(subject, param, headers)
        if param.place is Place.PATH and param.optional:
            subject.complain(param.location, f"`{param.name}` is part of the path", "drop `optional`")
        if param.place is Place.BODY and call.method in _BODILESS:
            message = f"a {call.method} request has no body for `{param.name}`"
            subject.complain(param.location, message, "write `in: query`, or choose another method")
        if param.place is not Place.BODY and not _goes_on_the_line(param):
            message = f"`{param.name}` is {spell(param.type)}, which does not go into the {param.place}"
            subject.complain(
                param.location, message, "use a text, a number, a boolean or a time, or the body"
            )


def _check_header(subject: Subject, param: Param, seen: set[str]) -> None:
    name = param.name.lower()
    if not _TOKEN.fullmatch(name):
        subject.complain(
            param.location, f"`{param.name}` is no header", "write letters, digits and -, as X-Trace"
        )
    elif name in _OWN_HEADERS:
        subject.complain(
            param.location, f"the client sets the header {param.name} itself", "drop it, or use `auth`"
        )
    elif name in seen:
        subject.complain(param.location, f"the header {param.name} stands twice", "keep one of them")
    seen.add(name)


def _goes_on_the_line(param: Param) -> bool:
    kind = param.type
    if isinstance(kind, ListType) and param.place is Place.QUERY:
        kind = kind.element
    return kind == UNKNOWN or is_enum(kind) or (isinstance(kind, ScalarType) and kind.scalar in _ON_THE_LINE)


def _check_identifiers(subject: Subject, call: Call) -> None:
    for what, items in (("parameter", call.params), ("field of the response", call.response.fields)):
        seen: dict[str, str] = {}
        for item in items:
            if not _IDENTIFIER.fullmatch(item.go):
                subject.complain(item.location, f"no Go name can be made of `{item.name}`", "set `go`")
            elif item.go in seen:
                message = f"the {what} `{item.name}` and `{seen[item.go]}` both become `{item.go}`"
                subject.complain(item.location, message, "set `go`")
            seen.setdefault(item.go, item.name)


def _check_mappings(subject: Subject, call: Call) -> None:
    fields = {field.name: field for field in call.response.fields}
    if call.response.is_list:
        message = f"`{call.name}` brings a list, so it is unclear which item fills the entity"
        subject.complain(call.mappings[0].location, message, "drop `map`")
    for mapping in call.mappings:
        target, source = subject.fields.get(mapping.field), fields.get(mapping.source)
        if source is None:
            message = f"the response has no field `{mapping.source}`"
            subject.complain(
                mapping.location, message, remedy_for(mapping.source, fields, "add it to `response`")
            )
        elif target is not None:
            if target.name == "key":
                subject.complain(
                    mapping.location, "the key is built, not fetched", "fill a field that it is built from"
                )
            elif not _converts(source.type, target.type):
                message = (
                    f"`{source.name}` is {spell(source.type)}, but `{target.name}` is {spell(target.type)}"
                )
                subject.complain(mapping.location, message, "give them one type")
    for param in call.params:
        if not param.optional and not param.field:
            message = f"nothing fills `{param.name}` when the call fills the entity"
            subject.complain(param.location, message, "add `field`, or make it optional")


def _converts(source: Type, target: Type) -> bool:
    """Report whether every value of one type is one of the other."""
    if source == target or UNKNOWN in (source, target):
        return True
    if isinstance(source, ScalarType) and isinstance(target, ScalarType):
        return target.scalar in _WIDER.get(source.scalar, ())
    return (is_enum(source) and target == STRING) or (source == STRING and is_enum(target))
