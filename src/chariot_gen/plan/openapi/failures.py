"""The failures that answers tell of: each code of the emitted package apierror that a caller can meet."""

from __future__ import annotations

import msgspec

__all__ = ["COMMON_HEADERS", "FAILURES", "UNSUPPORTED_PATCH", "Failure"]

# The headers that every answer may have.
COMMON_HEADERS = ("X-Request-Id", "X-Correlation-Id")


class Failure(msgspec.Struct, frozen=True):
    """One failed response: ``name`` in the document, ``code`` in the body, ``headers`` beside the usual."""

    name: str
    status: int
    code: str
    description: str
    headers: tuple[str, ...] = ()


_ALL = (
    Failure(
        "InvalidRequest",
        400,
        "invalid_request",
        "The request is not valid; the details say which fields are at fault.",
    ),
    Failure(
        "Unauthenticated",
        401,
        "unauthenticated",
        "There is no bearer token, or one that is not valid.",
        ("WWW-Authenticate",),
    ),
    Failure("Forbidden", 403, "forbidden", "The caller lacks the entitlement.", ("WWW-Authenticate",)),
    Failure("NotFound", 404, "not_found", "The caller's account has nothing under this key."),
    # No operation answers so: each stands for a method that its path has.
    Failure(
        "MethodNotAllowed",
        405,
        "method_not_allowed",
        "The path has no such method; no operation that is described here answers so.",
        ("Allow",),
    ),
    Failure(
        "Conflict",
        409,
        "conflict",
        "There is one with this key, its key would change, or another request changed it meanwhile.",
    ),
    Failure(
        "PreconditionFailed",
        412,
        "precondition_failed",
        "The item is not of the version that the request is for.",
    ),
    Failure(
        "PayloadTooLarge", 413, "payload_too_large", "The body is longer than 1 MiB, or the item than 400 KB."
    ),
    Failure("URITooLong", 414, "uri_too_long", "The path and the query are longer than 8 KiB."),
    Failure(
        "UnsupportedMediaType", 415, "unsupported_media_type", "The body's content type is not supported."
    ),
    Failure(
        "Unprocessable",
        422,
        "unprocessable",
        "An outside service does not know the item, an end of the edge does not exist, "
        "or the key was used for another request.",
    ),
    Failure(
        "RateLimited",
        429,
        "rate_limited",
        "The account asks for too much.",
        ("Retry-After",),
    ),
    Failure("Internal", 500, "internal_error", "Something failed that the caller cannot mend."),
    Failure("BadGateway", 502, "upstream_error", "An outside service gave no usable answer."),
    Failure("Unavailable", 503, "unavailable", "Tokens cannot be verified at the moment."),
    Failure("Timeout", 504, "timeout", "The request, or an outside service, took too long."),
)
FAILURES = {failure.code: failure for failure in _ALL}
# What an operation that takes a patch answers in the place of the failure of that code.
UNSUPPORTED_PATCH = Failure(
    "UnsupportedPatch",
    415,
    "unsupported_media_type",
    "The body's content type is not that of a patch that is supported.",
    ("Accept-Patch",),
)
