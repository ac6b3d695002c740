r"""What single texts must look like, whatever else the spec says.

A pattern is matched against the whole text. It keeps to what Python and ECMAScript
share (no ``\Z``, no ``(?i)``), because the JSON Schema publishes it.
"""

from __future__ import annotations

from chariot_gen.spec.grammar import Format

__all__ = [
    "API_PATH", "CALL_PATH", "DURATION", "EXPORTED", "FIELD_NAME", "FILE_NAME", "FLAT_NAME",
    "GO_NAME", "HEADING", "IMPORT_PATH", "JSON_NAME", "LABEL", "LABEL_OR_FIELD", "LOGICAL_ID",
    "PARAM_NAME", "RECEIVER", "REGION", "REGISTRY_NAME", "SECRET_NAME", "SERVICE_NAME",
    "STACK_NAME", "TAG_KEY", "TYPE", "URL", "VERSION", "WIRE_NAME",
]  # fmt: skip


def _format(noun: str, pattern: str, remedy: str) -> Format:
    return Format(noun, f"^(?:{pattern})$", remedy)


_SNAKE = "[a-z][a-z0-9]*(?:_[a-z0-9]+)*"
_SEGMENT = r"[A-Za-z0-9_~-][A-Za-z0-9._~-]*"
_PIECE = r"[A-Za-z0-9_~!$&'()*+,;=:@-]|\{[A-Za-z0-9_-]+\}"

EXPORTED = _format(
    "a Go name in PascalCase", "[A-Z][A-Za-z0-9]{0,63}", "write capitals and no separators, as NewEntity"
)
GO_NAME = _format("a Go name", "[A-Za-z][A-Za-z0-9]{0,63}", "write letters and digits only, as checkOwner")
FIELD_NAME = _format(
    "a name in snake_case", f"(?=.{{1,64}}$){_SNAKE}", "write lower-case words joined by _, as country_code"
)
SERVICE_NAME = FILE_NAME = FIELD_NAME
FLAT_NAME = _format(
    "a lower-case word", "[a-z][a-z0-9]{0,63}", "write lower-case letters and digits only, as newentity"
)
REGISTRY_NAME = _format(
    "a registry name", "[A-Za-z][A-Za-z0-9_-]{0,63}", "write letters, digits, - and _, as aegis-mgmt"
)
RECEIVER = _format("a receiver", "[a-z]{1,2}", "write one or two lower-case letters, as n")
LOGICAL_ID = _format(
    "a CloudFormation logical id", "[A-Za-z][A-Za-z0-9]{0,63}", "write letters and digits only, as NewEntity"
)
HEADING = _format("a noun", "[A-Za-z][A-Za-z0-9 -]{0,63}", "write letters, digits and spaces, as new entity")
LABEL = _format("a label", "[A-Za-z][A-Za-z0-9_]{0,63}", "write letters, digits and _, as Host or HAS_PORT")
LABEL_OR_FIELD = _format(
    "a label or a field in braces",
    rf"[A-Za-z][A-Za-z0-9_]{{0,63}}|\{{{_SNAKE}\}}",
    "write HAS_PORT, or {relationship_type} to take it from that field",
)
TAG_KEY = _format("the key of a struct tag", "[a-z][a-z0-9_]{0,63}", "write a lower-case word, as capmodel")
JSON_NAME = _format(
    "a JSON name", "[A-Za-z_][A-Za-z0-9_.-]{0,63}", "write letters, digits, _, - and ., as countryCode"
)
WIRE_NAME = _format(
    "the name of a JSON field", r"[A-Za-z0-9_$@.:-]{1,64}", "write it as the service does, without spaces"
)
PARAM_NAME = _format(
    "the name of a parameter",
    r"[A-Za-z0-9_$@.:\[\]-]{1,64}",
    "write it as the service does, without spaces",
)
TYPE = _format(
    "a type",
    r"(?:\[\]|map\[string\])*"
    r"(?:[A-Za-z][A-Za-z0-9]{0,63}|go:[A-Za-z0-9][A-Za-z0-9._~/-]{0,200}\.[A-Z][A-Za-z0-9_]{0,63})",
    "write a type, []T or map[string]T, as []string, or go:net/netip.Addr",
)
DURATION = _format("a duration", "[1-9][0-9]{0,5}(?:ms|s|m)", "write a number and ms, s or m, as 500ms")
API_PATH = _format(
    "an API path",
    f"(?=.{{1,128}}$)(?:/{_SEGMENT})+",
    "write / and plain segments, no / at the end, as /api/widgets",
)
CALL_PATH = _format(
    "the path of a call",
    rf"(?=.{{1,500}}$)(?:/|(?:/(?:{_PIECE})(?:\.|{_PIECE})*)+/?)",
    "write / and segments, parameters in braces and no query, as /v1/hosts/{ip}",
)
URL = _format(
    "the URL of a service",
    r"(?:https://[A-Za-z0-9][A-Za-z0-9.-]{0,253}|http://(?:localhost|127\.0\.0\.1|\[::1\]))(?::[0-9]{1,5})?(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*",
    "write https:// and a host, without user, query and / at the end, as https://api.example.com "
    "(http:// only for localhost)",
)
SECRET_NAME = _format(
    "the name of a secret",
    r"(?=.{1,128}$)[A-Za-z][A-Za-z0-9_.-]*(?:/[A-Za-z0-9][A-Za-z0-9_.-]*)*",
    "name the entry in Secrets Manager, as shodan-api-key; the value never stands in a spec",
)
IMPORT_PATH = _format(
    "the path of a Go module",
    r"(?=.{1,200}$)[a-z0-9][a-z0-9.-]*(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*",
    "write a host and a path, as github.com/example/backend",
)
VERSION = _format(
    "a module version",
    r"v[0-9]+\.[0-9]+\.[0-9]+(?:-[0-9A-Za-z.-]+)?(?:\+incompatible)?",
    "write it as v1.2.3",
)
REGION = _format("an AWS region", "[a-z]{2}(?:-[a-z]+){1,3}-[0-9]", "write it as us-east-1")
STACK_NAME = _format(
    "the name of a backend", "[A-Za-z][A-Za-z0-9-]{0,62}", "write letters, digits and -, as asset-backend"
)
