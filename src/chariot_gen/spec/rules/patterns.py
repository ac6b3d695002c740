r"""Regular expressions that Go's RE2 and Python read the same way.

RE2 has no lookaround, backreferences, atomic groups or possessive quantifiers, and spells
some escapes its own way. What it would refuse, or take for something else than its author
meant, is refused here, where the spec's line is still known.
"""

from __future__ import annotations

import re
import warnings
from typing import NoReturn

from chariot_gen.model.behaviour import RuleKind
from chariot_gen.spec.rules.subject import Subject, World

__all__ = ["Flaw", "check_pattern", "check_patterns"]

_MAX_REPEAT = 1000
_MAX_DIGITS = 4
_GROUPS = {
    "?=": "lookahead", "?!": "lookahead", "?<=": "lookbehind", "?<!": "lookbehind", "?>": "an atomic group",
    "?#": "a comment", "?(": "a conditional", "?P=": "a backreference", "?P>": "recursion", "?R": "recursion",
    "?|": "a branch reset", "?&": "recursion",
}  # fmt: skip
_GROUP = re.compile(r"\((\?(?:P[=>]|<[=!]|[=!>#(|&R]))")
_FLAGS = re.compile(r"\(\?([A-Za-z]*(?:-[A-Za-z]+)?)([:)])")
_ESCAPE = re.compile(
    r"\\(p\{\^?[A-Za-z_]+\}|P\{\^?[A-Za-z_]+\}|[pP][A-Z]|x\{[0-9A-Fa-f]{1,6}\}|x[0-9A-Fa-f]{2}|.|$)",
    re.DOTALL,
)
_KNOWN_ESCAPES = frozenset("aftnrvdDwWsSbBAz")
_QUANTIFIER = re.compile(r"\{(\d*)(,?)(\d*)\}|[*+?]")
_CLASS_NAME = re.compile(r"\[:\^?[a-z]+:\]")


class Flaw(ValueError):  # noqa: N818 - says what is wrong, not that something went wrong
    """What RE2 would not take, from ``start`` for ``length`` characters."""

    def __init__(self, message: str, remedy: str, start: int, length: int) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.start = start
        self.length = length


def check_patterns(subject: Subject, _world: World) -> None:
    """Complain about every pattern that RE2 would not take."""
    for rule in subject.entity.behaviour.rules:
        if rule.kind is not RuleKind.PATTERN or not rule.text or rule.location is None:
            continue
        try:
            check_pattern(rule.text)
        except Flaw as flaw:
            place = subject.problems.within(rule.location, rule.text, flaw.start, flaw.length)
            subject.complain(place, f"in the regular expression, {flaw.message}", flaw.remedy)


def check_pattern(pattern: str) -> None:
    """Raise Flaw for the first thing in a pattern that RE2 would not take."""
    python = _Scanner(pattern).scan()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            re.compile(python)
    except (re.error, OverflowError, RecursionError) as error:
        reason = str(error).partition(" at position")[0]
        message = f"something does not fit together: {reason}"
        raise Flaw(message, "correct it", 0, len(pattern)) from None


class _Scanner:
    """Walk the pattern once, and say in Python's dialect what it says in RE2's."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0
        self._in_class = False
        self._python: list[str] = []
        self._repeats = [1]
        self._last_repeat = 1

    def scan(self) -> str:
        while self._at < len(self._pattern):
            character = self._pattern[self._at]
            if character == "\\":
                self._escape()
            elif self._in_class:
                self._class_member()
            elif character in "*+?{":
                self._quantifier()
            else:
                self._last_repeat = 1
                self._atom(character)
        return "".join(self._python)

    def _atom(self, character: str) -> None:
        if character == "[":
            self._open_class()
        elif character == "(":
            self._repeats.append(1)
            self._open_group()
        elif character == ")" and len(self._repeats) > 1:
            self._last_repeat = self._repeats.pop()
            self._repeats[-1] = max(self._repeats[-1], self._last_repeat)
            self._take(1)
        else:
            self._take(1)

    def _take(self, length: int, python: str | None = None) -> None:
        text = self._pattern[self._at : self._at + length]
        self._python.append(text if python is None else python)
        self._at += length

    def _refuse(self, length: int, message: str, remedy: str) -> NoReturn:
        raise Flaw(message, remedy, self._at, length)

    def _escape(self) -> None:
        match = _ESCAPE.match(self._pattern, self._at)
        escaped = match[1] if match else ""
        if escaped[:1].isdigit():
            self._refuse(2, f"`\\{escaped}` is a backreference", "RE2 has none; write the pattern out")
        if escaped[:1] in ("p", "P", "x") and len(escaped) > 1:
            self._take(len(escaped) + 1, r"\w")
            return
        if not escaped or (escaped.isalpha() and escaped not in _KNOWN_ESCAPES):
            remedy = r"write \z for the end of the text" if escaped == "Z" else "write the pattern without it"
            self._refuse(2, f"RE2 does not know `\\{escaped}`", remedy)
        self._last_repeat = 1
        self._take(2, r"\Z" if escaped == "z" else None)

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
            self._take(len(named[0]), r"\w")
        elif self._pattern[self._at] == "]":
            self._in_class = False
            self._take(1)
        else:
            self._take(1, r"\[" if self._pattern[self._at] == "[" else None)

    def _open_group(self) -> None:
        foreign = _GROUP.match(self._pattern, self._at)
        if foreign is not None:
            message = f"`{foreign[0]}` starts {_GROUPS[foreign[1]]}"
            self._refuse(len(foreign[0]), message, "RE2 has none; write the pattern out")
        if self._pattern.startswith("(?<", self._at):
            self._take(3, "(?P<")
            return
        flags = _FLAGS.match(self._pattern, self._at)
        if flags is None:
            self._take(1)
            return
        if set(flags[1]) - set("imsU-"):
            self._refuse(len(flags[0]), f"`{flags[0]}` sets unknown flags", "RE2 knows i, m, s and U")
        if flags[2] == ")":
            self._repeats.pop()
        self._take(len(flags[0]), "(?:" if flags[2] == ":" else "(?:)")

    def _quantifier(self) -> None:
        match = _QUANTIFIER.match(self._pattern, self._at)
        if match is None:
            self._take(1, r"\{")
            return
        text = match[0]
        if text.startswith("{"):
            self._count(text, match[1], match[3])
        after = self._pattern[match.end() : match.end() + 1]
        if after == "+":
            self._refuse(len(text) + 1, f"`{text}+` is possessive", "RE2 knows no such thing; drop the +")
        self._take(len(text) + (1 if after == "?" else 0))

    def _count(self, text: str, minimum: str, maximum: str) -> None:
        """Hold a counted repetition to RE2's bound, which also holds for nested ones together."""
        if not minimum:
            remedy = f"write {{0,{maximum}}}" if maximum else "escape the brace"
            self._refuse(len(text), f"RE2 takes `{text}` as it stands", remedy)
        times = int((maximum or minimum)[:6]) if len(minimum) <= _MAX_DIGITS else _MAX_REPEAT + 1
        self._last_repeat *= max(1, times)
        if self._last_repeat > _MAX_REPEAT:
            self._refuse(len(text), f"`{text}` repeats too often", f"keep to {_MAX_REPEAT} in all")
        self._repeats[-1] = max(self._repeats[-1], self._last_repeat)
