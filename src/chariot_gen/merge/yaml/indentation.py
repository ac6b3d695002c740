"""Move an entry's slices to another column, so that they fit where they are put."""

from __future__ import annotations

from msgspec.structs import replace

from chariot_gen.merge.yaml.split import Body, Entry

__all__ = ["aligned"]


def aligned(body: Body, column: int) -> Body:
    """Return a collection indented so that its entries begin at ``column``."""
    return body if body.column == column else _moved_body(body, column - body.column)


def _moved_body(body: Body, by: int) -> Body:
    return replace(
        body,
        column=body.column + by,
        entries=tuple(_moved_entry(entry, by) for entry in body.entries),
        tail=_moved(body.tail, by),
        opening=_moved(body.opening, by),
    )


def _moved_entry(entry: Entry, by: int) -> Entry:
    return replace(
        entry,
        lead=_moved(entry.lead, by),
        head=_moved(entry.head, by),
        value=_moved_rest(entry.value, by),
        after=_moved_rest(entry.after, by),
        body=None if entry.body is None else _moved_body(entry.body, by),
    )


def _moved_rest(text: str, by: int) -> str:
    first, newline, rest = text.partition("\n")
    return f"{first}{newline}{_moved(rest, by)}"


def _moved(text: str, by: int) -> str:
    return "\n".join(_moved_line(line, by) for line in text.split("\n"))


def _moved_line(line: str, by: int) -> str:
    """Indent a line that is not blank; where there is less to take away than asked, take that."""
    indent = len(line) - len(line.lstrip(" "))
    if not line.strip():
        return line
    return " " * by + line if by > 0 else line[min(-by, indent) :]
