"""Check single values: texts, words, numbers, booleans."""

from __future__ import annotations

import math

from chariot_gen.spec.document import Mapping, Node, Scalar, Sequence
from chariot_gen.spec.grammar import Choice, Flag, Integer, Number, Text, Value
from chariot_gen.spec.problems import Problems, remedy_for
from chariot_gen.spec.source import Place

__all__ = ["ScalarChecker", "short"]

_SHOWN = 60


class ScalarChecker:
    """Return the node if it is sound, else a scalar without a value; ``what`` names it in complaints."""

    def __init__(self, problems: Problems) -> None:
        self._problems = problems

    def _text(self, node: Node, shape: Text, what: str) -> Node:
        if not isinstance(node, Scalar) or node.value is None:
            return self._wrong_kind(node, what, "text")
        if not isinstance(node.value, str) and not shape.loose:
            message = f"{what} must be text, but `{node.text}` is {_kind(node)}"
            quoted = shape.format is None or shape.format.matches(node.text)
            remedy = (
                f'put it in quotes: "{node.text}"' if quoted or shape.format is None else shape.format.remedy
            )
            return self._broken(node.place, message, remedy)
        self._check_text(node.text, node.place, shape, what)
        return node

    def _check_text(self, text: str, place: Place, shape: Text, what: str) -> None:
        if not text.strip() and not shape.empty:
            self._problems.add(place, f"{what} is empty", "write it, or remove the key")
        elif len(text) > shape.max_length:
            message = f"{what} is {len(text)} characters long"
            self._problems.add(place, message, f"keep to {shape.max_length}")
        elif not shape.lines and ("\n" in text or "\r" in text or "\t" in text):
            self._problems.add(place, f"{what} holds a tab or a line break", "write it on one line")
        elif shape.format is not None and not shape.format.matches(text):
            message = f"{what} is not {shape.format.noun}: `{short(text)}`"
            self._problems.add(place, message, shape.format.remedy)

    def _choice(self, node: Node, shape: Choice, what: str) -> Node:
        if not isinstance(node, Scalar) or node.value is None:
            return self._wrong_kind(node, what, f"one of {', '.join(shape.words)}")
        if node.value not in shape.words:
            message = f"{what} cannot be `{short(node.text)}`"
            return self._broken(node.place, message, remedy_for(node.text, shape.words))
        return node

    def _flag(self, node: Node, _shape: Flag, what: str) -> Node:
        if isinstance(node, Scalar) and isinstance(node.value, bool):
            return node
        return self._wrong_kind(node, what, "true or false")

    def _integer(self, node: Node, shape: Integer, what: str) -> Node:
        if not isinstance(node, Scalar) or isinstance(node.value, bool) or not isinstance(node.value, int):
            return self._wrong_kind(node, what, "a whole number")
        if not shape.minimum <= node.value <= shape.maximum:
            message = f"{what} is {short(node.text)}"
            return self._broken(node.place, message, f"keep it from {shape.minimum} to {shape.maximum}")
        return node

    def _number(self, node: Node, _shape: Number, what: str) -> Node:
        if (
            isinstance(node, Scalar)
            and isinstance(node.value, int | float)
            and not isinstance(node.value, bool)
        ):
            return self._finite(node, what)
        return self._wrong_kind(node, what, "a number")

    def _value(self, node: Node, _shape: Value, what: str) -> Node:
        if not isinstance(node, Scalar) or node.value is None:
            return self._wrong_kind(node, what, "text, a number, true or false")
        if isinstance(node.value, str):
            self._check_text(node.value, node.place, Text(empty=True), what)
            return node
        return self._finite(node, what)

    def _finite(self, node: Scalar, what: str) -> Node:
        if isinstance(node.value, float) and not math.isfinite(node.value):
            return self._broken(node.place, f"{what} is not finite", "write a number")
        if isinstance(node.value, int) and not -(2**63) <= node.value < 2**63:
            return self._broken(node.place, f"{what} does not fit in 64 bits", "write a smaller number")
        return node

    def _wrong_kind(self, node: Node, what: str, wanted: str) -> Scalar:
        if isinstance(node, Scalar) and node.value is None:
            return self._broken(node.place, *self._missing(node.place, what, wanted))
        return self._broken(node.place, f"{what} must be {wanted}, not {_kind(node)}", f"write {wanted}")

    def _missing(self, place: Place, what: str, wanted: str) -> tuple[str, str]:
        """Say of a key without a value where the value went, if YAML took it for a comment."""
        behind = self._problems.source.line(place.line)[place.column - 1 :].strip()
        if behind.startswith("#") and not behind.startswith("# "):
            message = f"{what} has no value: ` #` starts a comment in YAML"
            return message, f'put the text in quotes: "{short(behind)}"'
        return f"{what} has no value", f"write {wanted}, or remove it"

    def _broken(self, place: Place, message: str, remedy: str) -> Scalar:
        self._problems.add(place, message, remedy)
        return Scalar(None, "", place)


def _kind(node: Node) -> str:
    match node:
        case Scalar(bool()):
            return "a boolean"
        case Scalar(int() | float()):
            return "a number"
        case Scalar():
            return "text"
        case Sequence():
            return "a list"
        case Mapping():
            return "a mapping"


def short(text: str) -> str:
    """Return a text as a complaint quotes it: the start of it, if it is long."""
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 3]}..."
