"""Every name that is derived from another, in one place, with one table of initialisms.

============== ============ =============== =========================
from           pascal       snake           flat
============== ============ =============== =========================
``NewEntity``  NewEntity    new_entity      newentity
``HTTPServer`` HTTPServer   http_server     httpserver
``url``        URL          url             url
``user_id``    UserID       user_id         userid
``asn2names``  ASN2Names    asn2_names      asn2names
``IPv4Range``  IPv4Range    ipv4_range      ipv4range
``OAuth2App``  OAuth2App    oauth2_app      oauth2app
``host_ips``   HostIPs      host_ips        hostips
============== ============ =============== =========================
"""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = [
    "GO_KEYWORDS",
    "GO_PREDECLARED",
    "INITIALISMS",
    "article",
    "camel",
    "flat",
    "human",
    "pascal",
    "plural",
    "receiver",
    "snake",
    "words",
]

# Go's own list (staticcheck ST1003) and the ones that security inventories add.
INITIALISMS = frozenset(
    """
    acl ad api arn as ascii asn aws bgp cidr cpe cpu css cve cvss cwe dns ec2 eof epss gcp gid
    guid html http https iam icmp id ip isp jwks jwt json kms lan ldap mac md5 mfa os qps ram
    rpc s3 sha1 sha256 sid sla smb smtp sns sql sqs ssh ssl sso tcp tls ttl udp ui uid uri url
    utf8 uuid vlan vm vpc vpn waf xml xmpp xsrf xss
    """.split()  # noqa: SIM905 - a list of words reads better so
) - {"as"}

# Words whose capitals are neither those of a word nor those of an initialism.
_SPELLINGS = {
    "dynamodb": "DynamoDB",
    "github": "GitHub",
    "gitlab": "GitLab",
    "graphql": "GraphQL",
    "ios": "iOS",
    "ipv4": "IPv4",
    "ipv6": "IPv6",
    "macos": "macOS",
    "oauth": "OAuth",
    "oauth2": "OAuth2",
    "openapi": "OpenAPI",
}

GO_KEYWORDS = frozenset(
    """
    break case chan const continue default defer else fallthrough for func go goto if import
    interface map package range return select struct switch type var
    """.split()  # noqa: SIM905 - a list of words reads better so
)

GO_PREDECLARED = frozenset(
    """
    any append bool byte cap clear close comparable complex complex128 complex64 copy delete
    error false float32 float64 imag int int16 int32 int64 int8 iota len make max min new nil
    panic print println real recover rune string true uint uint16 uint32 uint64 uint8 uintptr
    """.split()  # noqa: SIM905 - a list of words reads better so
)

_WORD = re.compile(
    "|".join(f"{spelling}(?![a-z0-9])" for spelling in _SPELLINGS.values())
    + r"|[A-Z]{2,}s(?![a-z])|[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+[0-9]*|[A-Z]+[0-9]*|[0-9]+"
)
_IRREGULAR = {"person": "people", "index": "indices", "datum": "data", "child": "children"}
_UNCOUNTABLE = frozenset({"data", "dns", "metadata", "news", "series", "status_history"})


def words(name: str) -> list[str]:
    """Split a name in any case into lower-case words: ``HTTPServerID`` ⇒ http, server, id."""
    return list(_words(name))


@lru_cache(maxsize=1 << 14)
def _words(name: str) -> tuple[str, ...]:
    parts = re.split(r"[^0-9A-Za-z]+", name)
    return tuple(word.lower() for part in parts for word in _WORD.findall(part))


@lru_cache(maxsize=1 << 14)
def pascal(name: str) -> str:
    """Return the exported Go identifier: ``user_id`` ⇒ ``UserID``."""
    return "".join(_capital(word) for word in _words(name))


@lru_cache(maxsize=1 << 14)
def camel(name: str) -> str:
    """Return the unexported Go identifier: ``user_id`` ⇒ ``userID``, ``URLPath`` ⇒ ``urlPath``."""
    first, *rest = _words(name) or ("",)
    return first + "".join(_capital(word) for word in rest)


def snake(name: str) -> str:
    """Return the file and JSON name: ``NewEntity`` ⇒ ``new_entity``."""
    return "_".join(_words(name))


def flat(name: str) -> str:
    """Return the registry, package and route name: ``NewEntity`` ⇒ ``newentity``."""
    return "".join(_words(name))


@lru_cache(maxsize=1 << 14)
def human(name: str) -> str:
    """Return the name in a sentence, initialisms in capitals: ``dns_record`` ⇒ ``DNS record``."""
    return " ".join(_spelling(word) or word for word in _words(name))


def receiver(name: str) -> str:
    """Return the receiver's letter: ``NewEntity`` ⇒ ``n``."""
    return flat(name)[:1] or "x"


def article(noun: str) -> str:
    """Return ``a`` or ``an``, by sound as far as the first letter tells it."""
    first = noun.partition(" ")[0]
    if first.isupper():
        return "an" if first[0] in "AEFHILMNORSX" else "a"
    return "an" if first[:1].lower() in "aeio" else "a"


def plural(noun: str) -> str:
    """Return the plural of a lower-case noun or of the last word of a snake-case one.

    Only the rules a reader can foresee (Chariot's own ``y`` to ``ies`` and ``s``,
    and English ``es``); anything else is said in the spec with ``names.plural``.
    """
    head, separator, last = noun.rpartition("_" if "_" in noun else " ")
    return head + separator + _plural_word(last)


def _plural_word(word: str) -> str:
    if word.lower() in _UNCOUNTABLE:
        return word
    if word.lower() in _IRREGULAR:
        return _IRREGULAR[word.lower()]
    if word.lower().endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in set("aeiou"):
        return word[:-1] + "ies"
    return word + "s"


def _capital(word: str) -> str:
    spelling = _spelling(word) or word
    return spelling[:1].upper() + spelling[1:]


def _spelling(word: str) -> str:
    """Return the word's own capitals, or nothing if it has none."""
    if word in _SPELLINGS:
        return _SPELLINGS[word]
    if word in INITIALISMS or word.rstrip("0123456789") in INITIALISMS:
        return word.upper()
    return f"{word[:-1].upper()}s" if word.endswith("s") and word[:-1] in INITIALISMS else ""
