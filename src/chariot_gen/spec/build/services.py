"""Outside services: clients, calls, and what they fill in the entity."""

from __future__ import annotations

from collections.abc import Iterator

from chariot_gen import names
from chariot_gen.model.service import (
    Auth,
    AuthKind,
    Call,
    Mapping,
    Param,
    Place,
    RateLimit,
    Response,
    ResponseField,
    Retry,
    Service,
)  # fmt: skip
from chariot_gen.spec.build.fields import FieldBuilder
from chariot_gen.spec.document import Entry, Scalar
from chariot_gen.spec.reader import Block

__all__ = ["build_services", "milliseconds"]

_UNITS = {"ms": 1, "s": 1000, "m": 60_000}
_IDEMPOTENT = frozenset({"GET", "HEAD", "PUT", "DELETE"})


def milliseconds(duration: str) -> int:
    """Return a duration in milliseconds: ``5s`` ⇒ 5000; 0 for what is none."""
    number = duration.rstrip("ms")
    return int(number) * _UNITS.get(duration[len(number) :], 0) if number.isdecimal() else 0


def build_services(root: Block, builder: FieldBuilder) -> tuple[Service, ...]:
    """Return the services of an entity in spec order."""
    return tuple(_service(entry, block, builder) for entry, block in root.blocks("services"))


def _service(entry: Entry, block: Block, builder: FieldBuilder) -> Service:
    human = names.human(entry.key)
    return Service(
        name=entry.key,
        go=names.pascal(entry.key),
        snake=names.snake(entry.key),
        env=names.snake(entry.key).upper(),
        receiver="c",
        description=block.text("description") or f"The outside service {human}.",
        base_url=block.text("base_url"),
        auth=_auth(block.block("auth")),
        calls=tuple(_call(name, inner, builder) for name, inner in block.blocks("calls")),
        timeout_ms=milliseconds(block.text("timeout")),
        retry=_retry(block.block("retry")),
        rate_limit=_rate_limit(block.block("rate_limit")),
        location=block.at(entry.place),
    )


def _auth(block: Block | None) -> Auth:
    if block is None:
        return Auth(AuthKind.NONE)
    place = Place(block.text("in")) if block.text("in") else None
    return Auth(
        AuthKind(block.text("kind") or AuthKind.NONE), place, block.text("name"), block.text("secret")
    )


def _retry(block: Block | None) -> Retry:
    if block is None:
        return Retry()
    return Retry(block.integer("attempts"), milliseconds(block.text("base")), milliseconds(block.text("max")))


def _rate_limit(block: Block | None) -> RateLimit | None:
    if block is None:
        return None
    requests = int(block.number("requests") or 0)
    return RateLimit(requests, milliseconds(block.text("per")), block.integer("burst"))


def _call(entry: Entry, block: Block, builder: FieldBuilder) -> Call:
    go = block.text("go") or names.pascal(entry.key)
    method = block.text("method") or "GET"
    idempotent = block.maybe_flag("idempotent")
    return Call(
        name=entry.key,
        go=go,
        method=method,
        path=block.text("path"),
        description=block.text("desc") or f"{_sentence(entry.key)}.",
        params=tuple(_params(block, builder)),
        response=_response(go, block, builder),
        mappings=tuple(_mappings(block)),
        idempotent=method in _IDEMPOTENT if idempotent is None else idempotent,
        location=block.at(entry.place),
    )


def _params(call: Block, builder: FieldBuilder) -> Iterator[Param]:
    for entry, block in call.blocks("params"):
        yield Param(
            name=entry.key,
            go=block.text("go") or names.pascal(entry.key),
            type=builder.type_of(block),
            place=Place(block.text("in") or Place.QUERY),
            optional=block.flag("optional"),
            description=block.text("desc") or f"{_sentence(entry.key)}.",
            field=block.text("field"),
            location=block.at(entry.place),
        )


def _response(go: str, call: Block, builder: FieldBuilder) -> Response:
    fields = tuple(
        ResponseField(
            name=entry.key,
            go=block.text("go") or names.pascal(entry.key),
            type=builder.type_of(block),
            optional=block.flag("optional"),
            description=block.text("desc") or f"{_sentence(entry.key)}.",
            location=block.at(entry.place),
        )
        for entry, block in call.blocks("response")
    )
    return Response(f"{go}Response", fields, is_list=call.flag("response_list"))


def _mappings(call: Block) -> Iterator[Mapping]:
    for entry in call.entries("map"):
        if isinstance(entry.value, Scalar):
            yield Mapping(entry.key, entry.value.text, call.at(entry.value.place))


def _sentence(name: str) -> str:
    text = names.human(name)
    return text[:1].upper() + text[1:]
