"""Merge what was split: entry by entry, each with its comments."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from chariot_gen.merge.lines import trivial
from chariot_gen.merge.yaml.chunks import Clash, Piece, clash, opened, value_clash, whole
from chariot_gen.merge.yaml.comments import comments_in_value, comments_of, merge_comments
from chariot_gen.merge.yaml.flow import flow
from chariot_gen.merge.yaml.identity import Identity, identify, order, replaced
from chariot_gen.merge.yaml.indentation import aligned
from chariot_gen.merge.yaml.nodes import Form, Node, Print, anchors
from chariot_gen.merge.yaml.split import Body, Entry, raw_entry

__all__ = ["Combiner"]

# The arguments of CloudFormation's functions are a list whose places have a meaning.
_FUNCTION = "Fn::"

Path = tuple[str, ...]


class Combiner(msgspec.Struct):
    """Merges collections. ``needed`` anchors may not vanish: who drops one is in conflict."""

    needed: frozenset[str] = frozenset()
    notes: list[str] = msgspec.field(default_factory=list)

    def body(self, base: Body | None, ours: Body, theirs: Body, path: Path) -> Piece:
        """Merge three collections of one form; the result stands at our column."""
        before = None if base is None else aligned(base, ours.column)
        old = before.entries if before else ()
        theirs = aligned(theirs, ours.column)
        by_place = ours.node.tag is not None or bool(path and path[-1].startswith(_FUNCTION))
        ids = identify(ours.node.form, old, ours.entries, theirs.entries, by_place=by_place)
        known = _by_identity(ids[0], old)
        mine, new = _by_identity(ids[1], ours.entries), _by_identity(ids[2], theirs.entries)
        pieces: dict[Identity, tuple[Print, Piece]] = {}
        for index, (identity, entry) in enumerate((new | mine).items()):
            inner = _inner(path, ours.node.form, entry, index)
            piece = self._entry(known.get(identity), mine.get(identity), new.get(identity), inner)
            if piece is not None:
                pieces[identity] = (entry.key, piece)
        merged = [pieces[identity] for identity in order(*ids, set(pieces))]
        tail = self._comments(before.tail if before else "", ours.tail, theirs.tail, path)
        chunks = tuple(chunk for _, piece in merged for chunk in piece.chunks)
        return Piece((*chunks, tail) if tail else chunks, _meaning(ours.node, merged))

    def _entry(
        self, base: Entry | None, ours: Entry | None, theirs: Entry | None, path: Path
    ) -> Piece | None:
        """Merge one entry; None if it is gone."""
        if ours is not None and theirs is not None:
            return self._both(base, ours, theirs, path)
        left = ours or theirs
        if left is None:
            return None
        if base is None:
            return whole(left)
        is_as_it_was = theirs.node.print == base.node.print if theirs else _is_as_it_was(base, left)
        if is_as_it_was and self._spares(left, None):
            return None
        return clash(".".join(path), base, ours, theirs)

    def _both(self, base: Entry | None, ours: Entry, theirs: Entry, path: Path) -> Piece:
        our_text, their_text = raw_entry(ours), raw_entry(theirs)
        old_text = None if base is None else raw_entry(base)
        if our_text == their_text or (their_text == old_text and self._spares(theirs, ours)):
            return whole(ours)
        if our_text == old_text and self._spares(ours, theirs):
            return whole(theirs)
        lead = self._comments(base.lead if base else "", ours.lead, theirs.lead, path)
        rest = self._rest(base, ours, theirs, path)
        return Piece((lead, *rest.chunks) if lead else rest.chunks, rest.print)

    def _rest(self, base: Entry | None, ours: Entry, theirs: Entry, path: Path) -> Piece:
        """Merge what stands behind the comments above an entry."""
        present = [entry for entry in (base, ours, theirs) if entry is not None]
        if all(entry.body is None for entry in present):
            return self._leaf(base, ours, theirs, path)
        if len({(entry.body is None, entry.node.form, entry.node.tag) for entry in present}) > 1:
            return self._unit(base, ours, theirs, path)
        if base is not None and replaced(base.node, ours.node, theirs.node):
            return value_clash(".".join(path), base, ours, theirs)
        return self._block(base, ours, theirs, path)

    def _leaf(self, base: Entry | None, ours: Entry, theirs: Entry, path: Path) -> Piece:
        """Merge values on the line of their key, and the comments behind them."""
        chosen = self._chosen(base, ours, theirs)
        if chosen is None:
            united = self._flow(base, ours, theirs, path)
            if isinstance(united, Piece):
                return united
            chosen = united
        after = self._after(base, ours, theirs, path)
        above = ""
        comment, newline, deeper = after.partition("\n")
        if chosen.node.style in ("|", ">") and comment.strip():
            # Behind the last line of a block scalar, a comment would be text.
            indent = " " * (len(ours.head) - len(ours.head.lstrip(" ")))
            above, after = f"{indent}{comment.strip()}\n", newline + deeper
        return Piece((f"{above}{ours.head}{chosen.value}{after}",), chosen.node.print)

    def _chosen(self, base: Entry | None, ours: Entry, theirs: Entry) -> Entry | None:
        """Return the side whose value counts; None if both changed it."""
        if ours.node.print == theirs.node.print:
            return theirs if base is not None and ours.value == base.value else ours
        if base is None:
            return None
        is_silent = comments_in_value(ours) <= comments_in_value(base)
        if ours.node.print == base.node.print and is_silent and self._spares(ours, theirs):
            return theirs
        return ours if theirs.node.print == base.node.print and self._spares(theirs, ours) else None

    def _flow(self, base: Entry | None, ours: Entry, theirs: Entry, path: Path) -> Piece | Entry:
        """Merge collections in braces by key: our entry with the merged value, or a conflict."""
        old, mine, new = flow(base) if base else None, flow(ours), flow(theirs)
        kinds = {(entry.node.form, entry.node.tag) for entry in (base, ours, theirs) if entry}
        where = ".".join(path)
        if mine is None or new is None or (base is not None and old is None) or len(kinds) > 1:
            return value_clash(where, base, ours, theirs)
        if base is not None and replaced(base.node, ours.node, theirs.node):
            return value_clash(where, base, ours, theirs)
        merged = self.body(old.body if old else None, mine.body, new.body, path)
        texts: list[str] = []
        for chunk in merged.chunks:
            if isinstance(chunk, Clash):
                return value_clash(chunk.where, base, ours, theirs)
            texts.append(chunk.strip())
        node = replace(ours.node, print=merged.print or ours.node.print)
        return replace(ours, value=mine.text(texts), node=node)

    def _unit(self, base: Entry | None, ours: Entry, theirs: Entry, path: Path) -> Piece:
        """Merge values of different forms or styles: one side's as a whole, or a conflict."""
        mine, new = replace(ours, lead=""), replace(theirs, lead="")
        if ours.node.print == theirs.node.print:
            return whole(mine)
        if base is not None:
            if theirs.node.print == base.node.print and self._spares(theirs, ours):
                return whole(mine)
            if _is_as_it_was(replace(base, lead=""), mine) and self._spares(ours, theirs):
                return whole(new)
        return value_clash(".".join(path), base, ours, theirs)

    def _block(self, base: Entry | None, ours: Entry, theirs: Entry, path: Path) -> Piece:
        """Merge values that are blocks of one form."""
        sides = (ours, theirs, base)
        bodies = [entry.body for entry in sides if entry is not None and entry.body is not None]
        opening, value, after = bodies[0].opening, ours.value, ours.after
        if not any(body.opening for body in bodies):
            picked = trivial(base.value if base else "", ours.value, theirs.value)
            if picked is None:
                return value_clash(".".join(path), base, ours, theirs)
            value, after = picked, self._after(base, ours, theirs, path)
        elif opening and bodies[-1].opening and not bodies[1].opening:
            # They broke the line behind the dash, to say something of the first key.
            opening, value, after = "", theirs.value, theirs.after
        inner = self.body(base.body if base else None, bodies[0], bodies[1], path)
        if inner.print is not None and not inner.print[-1]:
            empty = "{}" if ours.node.form is Form.MAPPING else "[]"
            return Piece(
                (f"{ours.head}{value.rstrip(' ')} {empty}{after or chr(10)}", *inner.chunks), inner.print
            )
        if not opening:
            return Piece((f"{ours.head}{value}{after}", *inner.chunks), inner.print)
        first = inner.chunks[0]
        if isinstance(first, Clash):
            return value_clash(first.where, base, ours, theirs)
        return Piece((opened(first, opening), *inner.chunks[1:]), inner.print)

    def _after(self, base: Entry | None, ours: Entry, theirs: Entry, path: Path) -> str:
        """Merge what follows a value: a comment on its line, deeper ones below."""
        (old, _, old_rest), (mine, _, our_rest), (new, _, their_rest) = (
            (entry.after if entry else "").partition("\n") for entry in (base, ours, theirs)
        )
        line = trivial(old, mine, new)
        if line is None:
            self._note(path)
        return f"{mine if line is None else line}\n{self._comments(old_rest, our_rest, their_rest, path)}"

    def _comments(self, base: str, ours: str, theirs: str, path: Path) -> str:
        text, is_lost = merge_comments(base, ours, theirs)
        if is_lost:
            self._note(path)
        return text

    def _note(self, path: Path) -> None:
        self.notes.append(f"{'.'.join(path)}: its comment changed on both sides; yours was kept")

    def _spares(self, dropped: Entry, chosen: Entry | None) -> bool:
        """Return whether no needed anchor goes with what is dropped."""
        if not self.needed:
            return True
        lost = set(anchors(dropped.node)) - set(anchors(chosen.node) if chosen else ())
        return not self.needed & lost


def _is_as_it_was(base: Entry, ours: Entry) -> bool:
    """Return whether no value, style or comment is lost with our version of an entry."""
    is_same = ours.node.print == base.node.print and ours.node.is_flow == base.node.is_flow
    return is_same and comments_of(ours) <= comments_of(base)


def _by_identity(ids: list[Identity], entries: tuple[Entry, ...]) -> dict[Identity, Entry]:
    return dict(zip(ids, entries, strict=True))


def _inner(path: Path, form: Form, entry: Entry, index: int) -> Path:
    if form is Form.MAPPING:
        return (*path, entry.name)
    return (*path[:-1], f"{path[-1] if path else ''}[{entry.name or index}]")


def _meaning(node: Node, merged: list[tuple[Print, Piece]]) -> Print | None:
    values: list[tuple[Print, Print]] = []
    for key, piece in merged:
        if piece.print is None:
            return None
        values.append((key, piece.print))
    if node.form is Form.SEQUENCE:
        return (node.form.value, node.tag, tuple(value for _, value in values))
    return (node.form.value, node.tag, tuple(sorted(values, key=repr)))
