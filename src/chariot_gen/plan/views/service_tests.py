"""The emitted tests of a client: what each call sends and decodes, how it fails, what it fills."""

from __future__ import annotations

import msgspec

from chariot_gen import names
from chariot_gen.diagnostics import Location
from chariot_gen.model.backend import Backend
from chariot_gen.model.entity import Entity
from chariot_gen.model.service import AuthKind, Call, Place, Service
from chariot_gen.plan import golang
from chariot_gen.plan.views.service_call import params_type, response_type
from chariot_gen.plan.views.service_exchange import CREDENTIALS, Exchange
from chariot_gen.plan.views.service_fill_tests import FillTestView, fill_test_view
from chariot_gen.plan.views.service_request import REPEATABLE, aligned
from chariot_gen.plan.views.service_values import duration, is_textual

__all__ = ["CallTestView", "CaseView", "EmptyView", "RateView", "ServiceTestView", "service_test_view"]

# A test of a larger burst would be slow.
_MOST_CALLS = 1000

# The indentation of the members of a row in a table of cases.
_ROW = 3


class CaseView(msgspec.Struct, frozen=True):
    """One exchange: the members of the params, the request and the result, and the reply."""

    name: str
    arguments: tuple[str, ...]
    request: tuple[str, ...]
    reply: str
    result: tuple[str, ...]


class EmptyView(msgspec.Struct, frozen=True):
    """A call that leaves a path parameter empty."""

    name: str
    invocation: str


class CallTestView(msgspec.Struct, frozen=True):
    """The test of one call, and its row in the list of all calls."""

    go: str
    summary: tuple[str, ...]
    invocation: str
    params_type: str
    response_type: str
    returns: bool
    is_list: bool
    cases: tuple[CaseView, ...]
    empty: tuple[EmptyView, ...]
    origin: Location | None


class RateView(msgspec.Struct, frozen=True):
    """So many calls that the last one waits, and for how long."""

    calls: int
    wait: str
    reply: str


class ServiceTestView(msgspec.Struct, frozen=True):
    """``SERVICE_client_test.go``."""

    go: str
    prefix: str
    imports: str
    has_secret: bool
    secret: str
    timeout: str
    rate: RateView | None
    calls: tuple[CallTestView, ...]
    fill: FillTestView | None


def service_test_view(backend: Backend, entity: Entity, service: Service) -> ServiceTestView:
    """Return the view of one client's tests."""
    exchange = Exchange.of(backend, service)
    calls = tuple(_call(exchange, call) for call in service.calls)
    fill = fill_test_view(exchange, entity)
    rate = _rate(exchange)
    return ServiceTestView(
        go=service.go,
        prefix=names.camel(service.name),
        imports=golang.import_block(
            _imports(backend, service, calls, fill) | ({"testing/synctest"} if rate else set()),
            backend.settings.module,
        ),
        has_secret=service.auth.kind is not AuthKind.NONE,
        secret=golang.string_literal(CREDENTIALS),
        timeout=duration(service.timeout_ms),
        rate=rate,
        calls=calls,
        fill=fill,
    )


def _rate(exchange: Exchange) -> RateView | None:
    limit = exchange.service.rate_limit
    if limit is None or limit.burst > _MOST_CALLS:
        return None
    call = exchange.service.calls[0]
    reply = _reply(exchange.reply(call, exchange.body(call, optional=False), _ROW))
    period = duration(limit.per_ms)
    return RateView(
        calls=limit.burst + 1,
        wait=period if limit.requests == 1 else f"{period} / {limit.requests}",
        reply=reply.removeprefix("reply"),
    )


def _call(exchange: Exchange, call: Call) -> CallTestView:
    values = exchange.params(call, optional=False)
    reply = exchange.reply(call, exchange.body(call, optional=False), _ROW)
    repeatable = call.idempotent or call.method in REPEATABLE
    summary = [
        ("name", golang.string_literal(names.human(call.name))),
        ("attempts", str(exchange.service.retry.attempts if repeatable else 1)),
    ]
    return CallTestView(
        go=call.go,
        summary=aligned([*summary, ("reply", reply)] if reply else summary),
        invocation=exchange.invocation(call, values),
        params_type=params_type(exchange.service, call),
        response_type=response_type(exchange.service, call),
        returns=bool(call.response.fields),
        is_list=call.response.is_list,
        cases=_cases(exchange, call),
        empty=_empty(exchange, call),
        origin=call.location,
    )


def _cases(exchange: Exchange, call: Call) -> tuple[CaseView, ...]:
    everything = _case(exchange, call, "everything", optional=True)
    if not any(param.optional for param in call.params) and not any(f.optional for f in call.response.fields):
        return (everything,)
    return (everything, _case(exchange, call, "only what is required", optional=False))


def _case(exchange: Exchange, call: Call, name: str, *, optional: bool) -> CaseView:
    values = exchange.params(call, optional=optional)
    body = exchange.body(call, optional=optional)
    # A field that the client does not know must not disturb it.
    foreign = {**body, "unknown_to_the_client": True}
    return CaseView(
        name=golang.string_literal(name),
        arguments=exchange.arguments(call, values),
        request=exchange.request(call, values, _ROW + 1),
        reply=_reply(exchange.reply(call, foreign, _ROW)),
        result=exchange.result(call, body),
    )


def _reply(body: str) -> str:
    return f"reply{{status: http.StatusOK, body: {body}}}" if body else "reply{status: http.StatusNoContent}"


def _empty(exchange: Exchange, call: Call) -> tuple[EmptyView, ...]:
    values = exchange.params(call, optional=False)
    return tuple(
        EmptyView(
            golang.string_literal(f"{names.human(call.name)} without {param.name}"),
            exchange.invocation(call, {name: value for name, value in values.items() if name != param.name}),
        )
        for param in call.params
        if param.place is Place.PATH and is_textual(param.type)
    )


def _imports(
    backend: Backend, service: Service, calls: tuple[CallTestView, ...], fill: FillTestView | None
) -> set[str]:
    module = backend.settings.module
    found = {"context", "net/http", "reflect", "testing", "time", f"{module}/pkg/service"}
    literals = [line for call in calls for case in call.cases for line in (*case.arguments, *case.result)]
    literals += [line for call in calls for case in call.cases for line in case.request]
    literals += [call.invocation for call in calls]
    if service.auth.kind is not AuthKind.NONE:
        found |= {"errors", "strings"}
    if not any(call.returns for call in calls) and fill is None:
        found.discard("reflect")
    if fill is not None:
        found |= {"testing/synctest", f"{module}/pkg/model/model"}
        literals += fill.literals
    for marker, path in (
        ("url.Values{", "net/url"),
        ("json.RawMessage(", "encoding/json"),
        ("model.", f"{module}/pkg/model/model"),
    ):
        if any(marker in line for line in literals):
            found.add(path)
    return found
