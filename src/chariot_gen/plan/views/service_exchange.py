"""What a call sends and gets in the emitted tests: examples of requests, replies and results."""

from __future__ import annotations

import base64
from collections.abc import Mapping

import msgspec

from chariot_gen import names
from chariot_gen.model.backend import Backend
from chariot_gen.model.service import AuthKind, Call, Param, Place, Service
from chariot_gen.model.types import ListType
from chariot_gen.plan import golang
from chariot_gen.plan.views.service_call import params_type
from chariot_gen.plan.views.service_request import METHODS, aligned, placed
from chariot_gen.plan.views.service_samples import Samples, document, is_known, text
from chariot_gen.plan.views.service_values import is_pointer, is_textual

__all__ = ["CREDENTIALS", "Exchange", "Values"]

# One text that serves every kind of authentication.
CREDENTIALS = "open:sesame"
Values = Mapping[str, object]

# url.PathEscape leaves these as they are, and letters, digits and -_.~ with them.
_UNESCAPED = frozenset("$&+=:@-_.~")


class Exchange(msgspec.Struct, frozen=True):
    """The examples of one service."""

    service: Service
    samples: Samples

    @staticmethod
    def of(backend: Backend, service: Service) -> Exchange:
        """Return the examples of a service of the backend."""
        return Exchange(service, Samples.of(backend))

    def params(self, call: Call, *, optional: bool) -> Values:
        """Return an example of each parameter, by name."""
        chosen = {
            param.name: self._param(param, number)
            for number, param in enumerate(call.params, start=1)
            if optional or not param.optional
        }
        return {name: value for name, value in chosen.items() if is_known(value)}

    def body(self, call: Call, *, optional: bool) -> Values:
        """Return an example of the response, by JSON name."""
        chosen = {
            field.name: self.samples.value(field.type, names.human(field.go), number)
            for number, field in enumerate(call.response.fields, start=1)
            if optional or not field.optional
        }
        return {name: value for name, value in chosen.items() if is_known(value)}

    def arguments(self, call: Call, values: Values) -> tuple[str, ...]:
        """Return the members of the params struct."""
        return aligned(
            (
                param.go,
                self.samples.literal(
                    param.type, values[param.name], pointer=is_pointer(param.type, optional=param.optional)
                ),
            )
            for param in call.params
            if param.name in values
        )

    def invocation(self, call: Call, values: Values) -> str:
        """Return the method's call with a context ``ctx``, on one line."""
        if not call.params:
            return f"{call.go}(ctx)"
        members = ", ".join(
            " ".join(line.split(None, 1)).rstrip(",") for line in self.arguments(call, values)
        )
        return f"{call.go}(ctx, service.{params_type(self.service, call)}{{{members}}})"

    def result(self, call: Call, values: Values) -> tuple[str, ...]:
        """Return the members of the response struct."""
        return aligned(
            (
                field.go,
                self.samples.literal(
                    field.type, values[field.name], pointer=is_pointer(field.type, optional=field.optional)
                ),
            )
            for field in call.response.fields
            if field.name in values
        )

    def reply(self, call: Call, values: Values, indent: int) -> str:
        """Return the literal of a successful body, empty where none is read."""
        if not call.response.fields:
            return ""
        return document([dict(values)] if call.response.is_list else dict(values), indent)

    def request(self, call: Call, values: Values, indent: int) -> tuple[str, ...]:
        """Return the members of the request that these parameters make."""
        pairs = [
            ("method", METHODS[call.method]),
            ("path", golang.string_literal(self._path(call, values))),
        ]
        query = self._placed(call, Place.QUERY, values)
        header = self._placed(call, Place.HEADER, values)
        self._authorize(query, header)
        if query:
            pairs.append(("query", f"url.Values{{{_joined(query)}}}"))
        if header:
            pairs.append(("header", f"http.Header{{{_joined(header)}}}"))
        if body := self._sent(call, values, indent):
            pairs.append(("body", body))
        return aligned(pairs)

    def _param(self, param: Param, number: int) -> object:
        value = self.samples.value(param.type, names.human(param.go), number)
        if param.place is Place.PATH and is_textual(param.type) and str(value).startswith("some "):
            return str(value).replace(" ", "/", 1)
        return value

    def _path(self, call: Call, values: Values) -> str:
        path = call.path
        for param in call.params:
            if param.place is Place.PATH:
                path = path.replace(f"{{{param.name}}}", _escape(text(values[param.name])))
        return path

    def _sent(self, call: Call, values: Values, indent: int) -> str:
        """Return the literal of the body: * where it holds what no example can be made of."""
        params = placed(call, Place.BODY)
        if not params:
            return ""
        if any(param.name not in values and not param.optional for param in params):
            return golang.string_literal("*")
        return document({param.name: values[param.name] for param in params if param.name in values}, indent)

    def _placed(self, call: Call, place: Place, values: Values) -> dict[str, str]:
        """Return the literals of the values in the query or the header, by literal of the name."""
        found = {}
        for param in call.params:
            if param.place is not place or param.name not in values:
                continue
            value = values[param.name]
            items = value if isinstance(param.type, ListType) and isinstance(value, list) else [value]
            name = _canonical(param.name) if place is Place.HEADER else param.name
            found[golang.string_literal(name)] = ", ".join(
                golang.string_literal(text(item)) for item in items
            )
        return found

    def _authorize(self, query: dict[str, str], header: dict[str, str]) -> None:
        auth, secret = self.service.auth, f"{names.camel(self.service.name)}Secret"
        match auth.kind, auth.place:
            case AuthKind.BEARER, _:
                header['"Authorization"'] = f'"Bearer " + {secret}'
            case AuthKind.BASIC, _:
                header['"Authorization"'] = f'"Basic {base64.b64encode(CREDENTIALS.encode()).decode()}"'
            case AuthKind.API_KEY, Place.QUERY:
                query[golang.string_literal(auth.name)] = secret
            case AuthKind.API_KEY, _:
                header[golang.string_literal(_canonical(auth.name))] = secret


def _joined(members: Mapping[str, str]) -> str:
    return ", ".join(f"{name}: {{{values}}}" for name, values in members.items())


def _escape(segment: str) -> str:
    return "".join(
        character
        if character in _UNESCAPED or (character.isascii() and character.isalnum())
        else "".join(f"%{byte:02X}" for byte in character.encode())
        for character in segment
    )


def _canonical(name: str) -> str:
    """Return a header's name as net/http spells it."""
    return "-".join(part[:1].upper() + part[1:].lower() for part in name.split("-"))
