r"""What single texts must look like, whatever else the spec says.

A pattern is matched against the whole text. It keeps to what Python and ECMAScript
share (no ``\Z``, no ``(?i)``), because the JSON Schema publishes it.
"""

from __future__ import annotations

from chariot_gen.spec.grammar import Format

__all__ = [
    "API_PATH", "CALL_PATH", "DURATION", "EXPORTED", "FIELD_NAME", "FLAT_NAME", "GO_NAME",
    "HEADING", "IMPORT_PATH", "JSON_NAME", "LABEL", "LABEL_OR_FIELD", "LOGICAL_ID", "MEDIA_TYPE",
    "PARAM_NAME", "RECEIVER", "REGION", "REGISTRY_NAME", "SECRET_NAME", "SIZE", "STACK_NAME", "TAG_KEY",
    "TYPE", "URL", "VERSION", "WIRE_NAME",
]  # fmt: skip


_SNAKE = "[a-z][a-z0-9]*(?:_[a-z0-9]+)*"
_SEGMENT = "[A-Za-z0-9_~-][A-Za-z0-9._~-]*"
_PIECE = r"[A-Za-z0-9_~!$&'()*+,;=:@-]|\{[A-Za-z0-9_-]+\}"


def _format(noun: str, pattern: str, remedy: str, limit: int = 64) -> Format:
    return Format(noun, f"^(?:{pattern})$", remedy, limit)


# Names

EXPORTED = _format(
    "a Go name in PascalCase", "[A-Z][A-Za-z0-9]*", "write capitals and no separators, as NewEntity"
)
GO_NAME = _format("a Go name", "[A-Za-z][A-Za-z0-9]*", "write letters and digits only, as checkOwner")
FIELD_NAME = _format("a name in snake_case", _SNAKE, "write lower-case words joined by _, as country_code")
FLAT_NAME = _format(
    "a lower-case word", "[a-z][a-z0-9]*", "write lower-case letters and digits only, as newentity"
)
REGISTRY_NAME = _format(
    "a registry name", "[A-Za-z][A-Za-z0-9_-]*", "write letters, digits, - and _, as aegis-mgmt"
)
RECEIVER = _format("a receiver", "[a-z]+", "write one or two lower-case letters, as n", limit=2)
LOGICAL_ID = _format(
    "a CloudFormation logical id", "[A-Za-z][A-Za-z0-9]*", "write letters and digits only, as NewEntity"
)
HEADING = _format("a noun", "[A-Za-z][A-Za-z0-9 -]*", "write letters, digits and spaces, as new entity")
LABEL = _format("a label", "[A-Za-z][A-Za-z0-9_]*", "write letters, digits and _, as Host or HAS_PORT")
LABEL_OR_FIELD = _format(
    "a label or a field in braces",
    rf"[A-Za-z][A-Za-z0-9_]*|\{{{_SNAKE}\}}",
    "write HAS_PORT, or {relationship_type} to take it from that field",
)
TAG_KEY = _format("the key of a struct tag", "[a-z][a-z0-9_]*", "write a lower-case word, as capmodel")
JSON_NAME = _format(
    "a JSON name", "[A-Za-z_][A-Za-z0-9_.-]*", "write letters, digits, _, - and ., as countryCode"
)
WIRE_NAME = _format(
    "the name of a JSON field", "[A-Za-z0-9_$@.:-]+", "write it as the service does, without spaces"
)
PARAM_NAME = _format(
    "the name of a parameter", r"[A-Za-z0-9_$@.:\[\]-]+", "write it as the service does, without spaces"
)
SECRET_NAME = _format(
    "the name of a secret",
    "/?[A-Za-z][A-Za-z0-9_.-]*(?:/[A-Za-z0-9][A-Za-z0-9_.-]*)*",
    "name the entry in Secrets Manager, as shodan-api-key, or in Parameter Store, as /prod/shodan; "
    "the value never stands in a spec",
    limit=128,
)
STACK_NAME = _format(
    "the name of a backend", "[A-Za-z][A-Za-z0-9-]*", "write letters, digits and -, as asset-backend"
)
REGION = _format("an AWS region", "[a-z]{2}(?:-[a-z]+){1,3}-[0-9]", "write it as us-east-1")

# Go

TYPE = _format(
    "a type",
    r"(?:\[\]|map\[string\])*(?:[A-Za-z][A-Za-z0-9]*|go:[A-Za-z0-9][A-Za-z0-9._~/-]*\.[A-Z][A-Za-z0-9_]*)",
    "write a type, []T or map[string]T, as []string, or go:net/netip.Addr",
    limit=200,
)
IMPORT_PATH = _format(
    "the path of a Go module",
    "[a-z0-9][a-z0-9.-]*(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*",
    "write a host and a path, as github.com/example/backend",
    limit=200,
)
VERSION = _format(
    "a module version",
    r"v[0-9]+\.[0-9]+\.[0-9]+(?:-[0-9A-Za-z.-]+)?(?:\+incompatible)?",
    "write it as v1.2.3",
)

# Paths, addresses and times

API_PATH = _format(
    "an API path",
    f"(?:/{_SEGMENT})+",
    "write / and plain segments, no / at the end, as /api/widgets",
    limit=128,
)
CALL_PATH = _format(
    "the path of a call",
    rf"/|(?:/(?:{_PIECE})(?:\.|{_PIECE})*)+/?",
    "write / and segments, parameters in braces and no query, as /v1/hosts/{ip}",
    limit=500,
)
URL = _format(
    "the URL of a service",
    r"(?:https://[A-Za-z0-9][A-Za-z0-9.-]*|http://(?:localhost|127\.0\.0\.1|\[::1\]))"
    rf"(?::[0-9]{{1,5}})?(?:/{_SEGMENT})*",
    "write https:// and a host, without user, query and / at the end, as https://api.example.com "
    "(http:// only for localhost)",
    limit=500,
)
DURATION = _format("a duration", "[1-9][0-9]{0,5}(?:ms|s|m)", "write a number and ms, s or m, as 500ms")
SIZE = _format("a size", "[1-9][0-9]{0,3}(?:KB|MB|GB)", "write a number and KB, MB or GB, as 10MB")
MEDIA_TYPE = _format(
    "a media type",
    r"[a-z0-9][a-z0-9!#$&^_.+-]{0,60}/[a-z0-9][a-z0-9!#$&^_.+-]{0,60}",
    "write type/subtype in lower case, as image/png",
    limit=127,
)
