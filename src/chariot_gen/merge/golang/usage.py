"""Tell whether code uses a package, as far as the name of a package follows from its path."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chariot_gen.merge.golang.source import code_only

__all__ = ["Usage", "names_of"]

_VERSION = re.compile(r"v\d+")
_USED = re.compile(r"(?<![\w.])(\w+)\s*\.")


class Usage:
    """The packages that each version of a file uses, and that the merged code uses."""

    def __init__(self, versions: Sequence[str], merged: str) -> None:
        self._before = set().union(*(_used(text) for text in versions))
        self._after = _used(merged)

    def of(self, key: str) -> bool | None:
        """Say whether the merged code uses an import that some version uses; None if none is seen to.

        The key is the import's path, behind its alias if it has one.
        """
        names = names_of(key)
        return bool(names & self._after) if names & self._before else None


def _used(text: str) -> set[str]:
    return set(_USED.findall(code_only(text)))


def names_of(key: str) -> set[str]:
    """Return the names that an import may be used by: its alias, or what its path suggests.

    ``github.com/golang-jwt/jwt/v5`` ⇒ ``jwt``; ``gopkg.in/go-yaml.v3`` ⇒ ``yaml``, ``go-yaml``.
    """
    alias, _, path = key.rpartition(" ")
    if alias:
        return {alias} - {"_", "."}
    parts = path.split("/")
    if len(parts) > 1 and _VERSION.fullmatch(parts[-1]):
        parts.pop()
    last = re.sub(r"\.v\d+$", "", parts[-1])
    short = {last.removeprefix("go-"), last.removesuffix("-go")}
    return {last, *short, last.replace("-", ""), last.replace("-", "_")}
