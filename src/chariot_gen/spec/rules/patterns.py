r"""Regular expressions that Go's RE2 and Python read the same way.

RE2 has no lookaround, backreferences, atomic groups or possessive quantifiers, and spells
some escapes its own way. What it would refuse, or take for something else than its author
meant, is refused here, where the spec's line is still known.
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass

from chariot_gen.model.behaviour import RuleKind
from chariot_gen.spec.rules.subject import Subject, World

__all__ = ["Flaw", "check_patterns", "flaw"]

_MAX_REPEAT = 1000
_GROUPS = {
    "?=": "lookahead", "?!": "lookahead", "?<=": "lookbehind", "?<!": "lookbehind", "?>": "an atomic group",
    "?#": "a comment", "?(": "a conditional", "?P=": "a backreference", "?P>": "recursion", "?R": "recursion",
    "?|": "a branch reset", "?&": "recursion",
}  # fmt: skip
_GROUP = re.compile(r"\((\?(?:P[=>]|<[=!]|[=!>#(|&R]))")
_FLAGS = re.compile(r"\(\?([A-Za-z]*(?:-[A-Za-z]+)?)([:)])")
_ESCAPE = re.compile(r"\\(p\{\^?[A-Za-z_]+\}|P\{\^?[A-Za-z_]+\}|[pP][A-Z]|x\{[0-9A-Fa-f]{1,6}\}|x[0-9A-Fa-f]{2}|.|$)", re.DOTALL)
_KNOWN_ESCAPES = frozenset("aftnrvdDwWsSbBAz")
_QUANTIFIER = re.compile(r"\{(\d*)(,?)(\d*)\}|[*+?]")
_CLASS_NAME = re.compile(r"\[:\^?[a-z]+:\]")


@dataclass(frozen=True, slots=True)
class Flaw:
    """What RE2 would not take, from ``start`` for ``length`` characters."""

    message: str
    remedy: str
    start: int
    length: int


def check_patterns(subject: Subject, _world: World) -> None:
    """Complain about every pattern that RE2 would not take."""
    for rule in subject.entity.behaviour.rules:
        if rule.kind is not RuleKind.PATTERN or not rule.text or rule.location is None:
            continue
        if (found := flaw(rule.text)) is not None:
            place = subject.problems.within(rule.location, rule.text, found.start, found.length)
            subject.complain(place, f"in the regular expression, {found.message}", found.remedy)


def flaw(pattern: str) -> Flaw | None:
    """Return the first thing in a pattern that RE2 would not take, or None."""
    scanner = _Scanner(pattern)
    return scanner.scan() or _uncompilable("".join(scanner.python))


class _Scanner:
    """Walk the pattern once; ``python`` collects what Python's ``re`` compiles instead."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0
        self._in_class = False
        self.python: list[str] = []

    def scan(self) -> Flaw | None:
        while self._at < len(self._pattern):
            if (found := self._step()) is not None:
                return found
        return None

    def _step(self) -> Flaw | None:
        character = self._pattern[self._at]
        if character == "\\":
            return self._escape()
        if self._in_class:
            return self._class_member()
        if character == "[":
            return self._open_class()
        if character == "(":
            return self._group()
        if character in "*+?{":
            return self._quantifier()
        return self._take(1)

    def _take(self, length: int, python: str | None = None) -> None:
        text = self._pattern[self._at : self._at + length]
        self.python.append(text if python is None else python)
        self._at += length

    def _escape(self) -> Flaw | None:
        match = _ESCAPE.match(self._pattern, self._at)
        escaped = match[1] if match else ""
        if escaped[:1].isdigit():
            return self._refuse(2, f"`\\{escaped}` is a backreference", "RE2 has none; write the pattern out")
        if escaped[:1] in ("p", "P", "x") and len(escaped) > 1:
            return self._take(len(escaped) + 1, r"\w")
        if not escaped or (escaped.isalpha() and escaped not in _KNOWN_ESCAPES):
            remedy = r"write \z for the end of the text" if escaped == "Z" else "RE2 does not know it"
            return self._refuse(2, f"`\\{escaped}` means nothing", remedy)
        return self._take(2, r"\Z" if escaped == "z" else None)

    def _open_class(self) -> None:
        self._in_class = True
        self._take(1)
        if self._pattern.startswith("^", self._at):
            self._take(1)
        if self._pattern.startswith("]", self._at):
            self._take(1, r"\]")

    def _class_member(self) -> None:
        named = _CLASS_NAME.match(self._pattern, self._at)
        if named is not None:
            return self._take(len(named[0]), r"\w")
        if self._pattern[self._at] == "]":
            self._in_class = False
            return self._take(1)
        return self._take(1, r"\[" if self._pattern[self._at] == "[" else None)

    def _group(self) -> Flaw | None:
        foreign = _GROUP.match(self._pattern, self._at)
        if foreign is not None:
            message = f"`{foreign[0]}` is {_GROUPS[foreign[1]]}"
            return self._refuse(len(foreign[0]), message, "RE2 has none; write the pattern out")
        if self._pattern.startswith("(?<", self._at):
            return self._take(3, "(?P<")
        flags = _FLAGS.match(self._pattern, self._at)
        if flags is None:
            return self._take(1)
        if set(flags[1]) - set("imsU-"):
            return self._refuse(len(flags[0]), f"`{flags[0]}` sets unknown flags", "RE2 knows i, m, s and U")
        return self._take(len(flags[0]), "(?:" if flags[2] == ":" else "(?:)")

    def _quantifier(self) -> Flaw | None:
        match = _QUANTIFIER.match(self._pattern, self._at)
        if match is None:
            return self._take(1, r"\{")
        text = match[0]
        if text.startswith("{"):
            if not match[1]:
                return self._refuse(len(text), f"`{text}` is taken as it stands", f"write {{0,{match[3] or 'n'}}}")
            if any(len(bound) > 4 or int(bound) > _MAX_REPEAT for bound in (match[1], match[3]) if bound):  # noqa: PLR2004
                return self._refuse(len(text), f"`{text}` repeats too often", f"RE2 stops at {_MAX_REPEAT}")
        after = self._pattern[match.end() : match.end() + 1]
        if after == "+":
            message = f"`{text}+` is a possessive quantifier"
            return self._refuse(len(text) + 1, message, "RE2 has none; drop the +")
        lazy = 1 if after == "?" else 0
        return self._take(len(text) + lazy)

    def _refuse(self, length: int, message: str, remedy: str) -> Flaw:
        return Flaw(message, remedy, self._at, length)


def _uncompilable(pattern: str) -> Flaw | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        reason = str(error).partition(" at position")[0]
        return Flaw(f"something does not fit together: {reason}", "correct it", 0, max(1, len(pattern)))
    return None
