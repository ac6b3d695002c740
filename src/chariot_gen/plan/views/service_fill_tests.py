"""The emitted test of the method that fills an entity: each state is played through here first."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from msgspec.structs import replace

from chariot_gen import names
from chariot_gen.model.entity import Entity
from chariot_gen.model.service import Call
from chariot_gen.plan import golang
from chariot_gen.plan.views.service_exchange import Exchange, Values
from chariot_gen.plan.views.service_fill import fill_view
from chariot_gen.plan.views.service_request import aligned
from chariot_gen.plan.views.service_samples import is_known

__all__ = ["FillCaseView", "FillTestView", "RequestView", "fill_test_view"]

# The indentation of the members of an element in a list within a row.
_ELEMENT = 5


class RequestView(msgspec.Struct, frozen=True):
    """The members of one expected request."""

    lines: tuple[str, ...]


class FillCaseView(msgspec.Struct, frozen=True):
    """The entity before and after, and what went to and fro in between."""

    name: str
    before: tuple[str, ...]
    replies: tuple[str, ...]
    requests: tuple[RequestView, ...]
    after: tuple[str, ...]
    fails: bool


class FillTestView(msgspec.Struct, frozen=True):
    """The table; ``literals`` are all its members, for the imports."""

    go: str
    type: str
    cases: tuple[FillCaseView, ...]
    literals: tuple[str, ...]


class _Run(msgspec.Struct, frozen=True):
    """What some calls in a row sent, got and made of the entity."""

    before: Values
    replies: tuple[str, ...]
    requests: tuple[RequestView, ...]
    after: Values


class _Play(msgspec.Struct, frozen=True):
    """An exchange with one entity."""

    exchange: Exchange
    entity: Entity
    calls: tuple[Call, ...]

    def start(self) -> dict[str, object]:
        """Return the entity's fields as the calls need them, and what they may leave alone."""
        state: dict[str, object] = {}
        for number, field in enumerate(self.entity.fields, start=20):
            label = f"{'prior' if self._is_mapped(field.name) else 'own'} {names.human(field.go)}"
            if self._is_mapped(field.name) or self._is_bound(field.name):
                state[field.name] = self.exchange.samples.value(field.type, label, number)
        return {name: value for name, value in state.items() if is_known(value)}

    def sent(self, call: Call, state: Values) -> Values:
        """Return the parameters that the call takes from the entity."""
        return {param.name: state[param.field] for param in call.params if param.field in state}

    def run(self, before: Values, count: int | None = None, *, optional: bool = True) -> _Run:
        """Play the first ``count`` calls, or all; ``optional`` has them answer with everything."""
        state, replies, requests = before, [], []
        for call in self.calls[:count]:
            body = self.exchange.body(call, optional=optional)
            requests.append(RequestView(self.exchange.request(call, self.sent(call, state), _ELEMENT)))
            replies.append(_reply(self.exchange.reply(call, body, _ELEMENT - 1)))
            found = {
                mapping.field: body[mapping.source] for mapping in call.mappings if mapping.source in body
            }
            state = {**state, **found}
        return _Run(before, tuple(replies), tuple(requests), state)

    def members(self, state: Values) -> tuple[str, ...]:
        """Return the members of the entity's literal."""
        samples = self.exchange.samples
        return aligned(
            (field.go, samples.literal(field.type, state[field.name], pointer=field.optional))
            for field in self.entity.fields
            if field.name in state
        )

    def _is_bound(self, name: str) -> bool:
        return any(param.field == name for call in self.calls for param in call.params)

    def _is_mapped(self, name: str) -> bool:
        return any(mapping.field == name for call in self.calls for mapping in call.mappings)


def fill_test_view(exchange: Exchange, entity: Entity) -> FillTestView | None:
    """Return the view of the test, None where nothing fills the entity."""
    fill = fill_view(entity, exchange.service)
    if fill is None:
        return None
    play = _Play(exchange, entity, tuple(call for call in exchange.service.calls if call.mappings))
    cases = tuple(_cases(play))
    return FillTestView(
        go=fill.go,
        type=fill.type,
        cases=cases,
        literals=tuple(line for case in cases for line in _lines(case)),
    )


def _cases(play: _Play) -> Iterator[FillCaseView]:
    yield _case(play, "everything", play.run(play.start()))
    if any(field.optional for call in play.calls for field in call.response.fields):
        yield _case(play, "only what is required", play.run(play.start(), optional=False))
    for index, call in enumerate(play.calls):
        yield from _unset(play, index)
        yield _refused(play, index, f"{names.human(call.name)} fails")


def _refused(play: _Play, index: int, name: str) -> FillCaseView:
    """Return the case in which the calls before ``index`` succeed and that one does not."""
    run = play.run(play.start(), index)
    call = play.calls[index]
    request = RequestView(play.exchange.request(call, play.sent(call, run.after), _ELEMENT))
    refused = replace(
        run, replies=(*run.replies, "{status: http.StatusNotFound},"), requests=(*run.requests, request)
    )
    return _case(play, name, refused, fails=True)


def _unset(play: _Play, index: int) -> Iterator[FillCaseView]:
    """Yield a case for each field that the call, as the first one, needs and that is unset by then."""
    earlier = {param.field for call in play.calls[:index] for param in call.params if not param.optional}
    for param in play.calls[index].params:
        if param.optional or param.field in earlier or not play.entity.field(param.field).optional:
            continue
        start = {name: value for name, value in play.start().items() if name != param.field}
        run = play.run(start, index)
        if param.field not in run.after:
            yield _case(play, f"{param.field} is not set", run, fails=True)


def _case(play: _Play, name: str, run: _Run, *, fails: bool = False) -> FillCaseView:
    return FillCaseView(
        name=golang.string_literal(name),
        before=play.members(run.before),
        replies=run.replies,
        requests=run.requests,
        after=play.members(run.after),
        fails=fails,
    )


def _reply(body: str) -> str:
    return f"{{status: http.StatusOK, body: {body}}}," if body else "{status: http.StatusNoContent},"


def _lines(case: FillCaseView) -> tuple[str, ...]:
    requests = (line for request in case.requests for line in request.lines)
    return (*case.before, *case.after, *requests)
