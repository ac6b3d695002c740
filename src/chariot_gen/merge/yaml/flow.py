"""Collections in braces and brackets as bodies, so that they merge by key like any other."""

from __future__ import annotations

import re

import msgspec

from chariot_gen.merge.yaml.nodes import Form
from chariot_gen.merge.yaml.split import Body, Entry

__all__ = ["Flow", "flow"]

_OPENING = re.compile(r"\s*(?:[&!][^\s,\[\]{}]*\s+)*[{\[]\s*")


class Flow(msgspec.Struct, frozen=True):
    """A collection on one line: what opens it, its entries at column 0, what closes it."""

    opening: str
    body: Body
    closing: str

    def text(self, entries: list[str]) -> str:
        """Return the collection with other entries."""
        return self.opening + ", ".join(entries) + self.closing


def flow(entry: Entry) -> Flow | None:
    """Return the flow collection that an entry's value is; None if it is none on one line."""
    node, text = entry.node, entry.value
    opening = _OPENING.match(text)
    if not node.is_flow or opening is None or "\n" in text:
        return None
    origin = node.end - len(text)
    entries: list[Entry] = []
    pairs = list(node.pairs) if node.form is Form.MAPPING else [(None, child) for child in node.children]
    for key, value in pairs:
        start, end = value.start - origin, value.end - origin
        if key is None:
            entries.append(Entry(value.print, value.text, "", "", text[start:end], "", value))
            continue
        at, colon = key.start - origin, text.find(":", key.end - origin) + 1
        if key.form is not Form.SCALAR or text[at] == "?" or not 0 < colon <= start or end == start:
            return None
        entries.append(Entry(key.print, key.text, "", text[at:colon], text[colon:end], "", value))
    if len({entry.key for entry in entries}) < len(entries) and node.form is Form.MAPPING:
        return None
    inside = text[:-1].rstrip() if entries else text[: opening.end()]
    closing = text[len(inside) :]
    return Flow(opening[0], Body(node, 0, tuple(entries), ""), closing.replace(",", "", 1))
