"""Take what is new in our rendering into a person's version, whose text stays wherever both differ.

For changes that mean nothing, such as those of a renaming: how a comment is wrapped, in
which order things stand.
"""

from __future__ import annotations

from chariot_gen.merge.markers import Side, take
from chariot_gen.merge.result import Merged

__all__ = ["unite"]


def unite(path: str, base: str, ours: str, theirs: str) -> Merged:
    """Return ours with what is new in theirs since base; where both changed a place, ours stays."""
    merged = _merge(path, base, ours, theirs)
    if not merged.conflicts:
        return merged
    notes = tuple(f"{conflict.where} stays as you wrote it" for conflict in merged.conflicts)
    text = take(merged.text, Side.OURS)
    return Merged(ours if text is None else text, (), (*merged.notes, *notes))


def _merge(path: str, base: str, ours: str, theirs: str) -> Merged:
    # Each needs a parser that no other run does.
    if path.endswith(".go"):
        from chariot_gen.merge.golang import merge_go  # noqa: PLC0415

        return merge_go(base, ours, theirs)
    if path.endswith((".yaml", ".yml")):
        from chariot_gen.merge.yaml import merge_yaml  # noqa: PLC0415

        return merge_yaml(base, ours, theirs)
    from chariot_gen.merge.lines import merge_lines  # noqa: PLC0415

    return merge_lines(base, ours, theirs)
