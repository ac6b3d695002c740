"""Unite a person's go.mod and go.sum with ours: requirements are added, never lowered."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

import msgspec

__all__ = [
    "Requirement",
    "anchored",
    "loosened",
    "module_of",
    "requirements",
    "unite_mod",
    "unite_sum",
    "version_key",
]

_REQUIRE = re.compile(r"^(?P<path>[^\s/()]\S*)\s+(?P<version>v\S+)(?P<comment>\s*//.*)?$")
_GO = re.compile(r"^go[ \t]+(\S+)[ \t]*$", re.MULTILINE)
_OUTSIDE = re.compile(r"(?<==>)(\s+)(\.\.(?:/\S*)?)(?=\s|$)")
_MODULE = re.compile(r'^module[ \t]+"?([^"\s]+)"?[ \t]*(?://.*)?$', re.MULTILINE)


class Requirement(msgspec.Struct, frozen=True):
    """One required module, and whether only others need it."""

    path: str
    version: str
    indirect: bool


def module_of(text: str) -> str:
    """Return the module path that a go.mod declares, or nothing."""
    match = _MODULE.search(text)
    return match[1] if match else ""


def requirements(text: str) -> tuple[Requirement, ...]:
    """Return every requirement of a go.mod, in the order of the file."""
    return tuple(requirement for _, requirement in _required_lines(text))


def unite_mod(ours: str, theirs: str) -> str:
    """Return ``ours`` with what ``theirs`` needs beyond it.

    A version is raised where theirs is higher and never lowered; so is the go
    directive. Everything else, comments and order included, stays as it stands.
    """
    needed = {requirement.path: requirement for requirement in requirements(theirs)}
    lines = ours.splitlines()
    for number, have in _required_lines(ours):
        want = needed.pop(have.path, None)
        if want is not None and version_key(want.version) > version_key(have.version):
            lines[number] = lines[number].replace(f" {have.version}", f" {want.version}", 1)
        if want is not None and have.indirect and not want.indirect:
            lines[number] = lines[number].partition("//")[0].rstrip()
    text = _with_go("\n".join(lines).rstrip("\n") + "\n", theirs)
    for indirect in (False, True):
        missing = [item for item in needed.values() if item.indirect is indirect]
        if missing:
            text += "\n" + _require_block(missing)
    return text


def anchored(text: str, root: str) -> str:
    """Return a go.mod whose replacements outside the module are absolute: it can be moved."""
    return _OUTSIDE.sub(lambda match: f"{match[1]}{posixpath.normpath(posixpath.join(root, match[2]))}", text)


def loosened(text: str, original: str, root: str) -> str:
    """Return a go.mod whose replacements are as relative again as in the original."""
    for _, relative in _OUTSIDE.findall(original):
        absolute = posixpath.normpath(posixpath.join(root, relative))
        text = re.sub(rf"(=>\s+){re.escape(absolute)}(?=\s|$)", rf"\g<1>{relative}", text)
    return text


def unite_sum(ours: str, theirs: str) -> str:
    """Return the lines of both, sorted as the go command sorts them, each once."""
    lines = {line for text in (ours, theirs) for line in text.splitlines() if line.strip()}
    return "".join(f"{line}\n" for line in sorted(lines, key=_sum_key))


def version_key(version: str) -> tuple[tuple[int, ...], bool, tuple[tuple[int, int, str], ...]]:
    """Return a key that orders versions as semantic versioning does.

    ``v1.2.0-rc.1`` ⇒ ``((1, 2, 0), False, …)``, below ``v1.2.0`` and above ``v1.1.9``.
    """
    core, _, rest = version.removeprefix("v").partition("+")[0].partition("-")
    numbers = tuple(int(part) if part.isdigit() else 0 for part in core.split("."))
    identifiers = tuple(_identifier_key(part) for part in rest.split(".")) if rest else ()
    return numbers, not rest, identifiers


def _identifier_key(part: str) -> tuple[int, int, str]:
    return (0, int(part), "") if part.isdigit() else (1, 0, part)


def _required_lines(text: str) -> Iterator[tuple[int, Requirement]]:
    inside = False
    for number, line in enumerate(text.splitlines()):
        entry = line.strip()
        if entry.startswith("require ("):
            inside = True
        elif inside and entry == ")":
            inside = False
        else:
            match = _REQUIRE.match(entry if inside else entry.removeprefix("require "))
            if match and (inside or entry.startswith("require ")):
                indirect = "indirect" in (match["comment"] or "")
                yield number, Requirement(match["path"], match["version"], indirect)


def _require_block(missing: list[Requirement]) -> str:
    lines = [
        f"\t{item.path} {item.version}{' // indirect' if item.indirect else ''}\n"
        for item in sorted(missing, key=lambda item: item.path)
    ]
    return f"require (\n{''.join(lines)})\n"


def _with_go(ours: str, theirs: str) -> str:
    have, want = _GO.search(ours), _GO.search(theirs)
    if want is None:
        return ours
    if have is None:
        return _MODULE.sub(lambda match: f"{match[0]}\n\ngo {want[1]}", ours, count=1)
    if version_key(have[1]) >= version_key(want[1]):
        return ours
    return ours[: have.start(1)] + want[1] + ours[have.end(1) :]


def _sum_key(line: str) -> tuple[str, tuple[tuple[int, ...], bool, tuple[tuple[int, int, str], ...]], str]:
    path, _, rest = line.partition(" ")
    version, _, suffix = rest.split(" ")[0].partition("/")
    return path, version_key(version), suffix
