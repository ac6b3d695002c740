"""Say what regeneration does with one file, from three hashes and who owns it.

``base`` is what we wrote last, ``ours`` what is on disk, ``theirs`` what we would write
now; None means no such file. The first row that fits decides.

=========  =====================================================  =========
ownership  state                                                  verdict
=========  =====================================================  =========
any        on disk what we would write (also: nothing, nothing)   CURRENT
yours      anything else                                          THEIR_OWN
seeded     never written, nothing on disk                         CREATE
seeded     no longer planned, on disk what we wrote               DELETE
seeded     anything else                                          THEIR_OWN
other      never written, nothing on disk                         CREATE
other      never written, something on disk                       FOREIGN
other      no longer planned, on disk what we wrote               DELETE
other      no longer planned, edited                              ORPHAN
generated  gone from disk                                         CREATE
merged     gone from disk, rendering as before                    REMOVED
merged     gone from disk, rendering changed                      GONE
other      on disk what we wrote                                  UPDATE
other      edited, rendering as before                            EDITED
other      edited, rendering changed                              MERGE
=========  =====================================================  =========

A merged file that holds conflict markers is MARKED instead: what is in it says so, no hash.
"""

from __future__ import annotations

from enum import StrEnum

from chariot_gen.files import Ownership

__all__ = ["Verdict", "decide"]


class Verdict(StrEnum):
    """What is to be done, and why."""

    CURRENT = "current"
    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"
    MERGE = "merge"
    EDITED = "edited"
    THEIR_OWN = "their own"
    ORPHAN = "orphan"
    REMOVED = "removed"
    GONE = "gone"
    FOREIGN = "foreign"
    MARKED = "marked"


def decide(ownership: Ownership, base: str | None, ours: str | None, theirs: str | None) -> Verdict:  # noqa: PLR0911 - a row, a return
    """Return the verdict of the table above."""
    if ours == theirs:
        return Verdict.CURRENT
    if ownership is Ownership.YOURS:
        return Verdict.THEIR_OWN
    if ownership is Ownership.SEEDED:
        return _decide_seeded(base, ours, theirs)
    if base is None:
        return Verdict.CREATE if ours is None else Verdict.FOREIGN
    if theirs is None:
        return Verdict.DELETE if ours == base else Verdict.ORPHAN
    if ours is None:
        return _decide_missing(ownership, unchanged=base == theirs)
    if ours == base:
        return Verdict.UPDATE
    return Verdict.EDITED if base == theirs else Verdict.MERGE


def _decide_seeded(base: str | None, ours: str | None, theirs: str | None) -> Verdict:
    if base is None and ours is None:
        return Verdict.CREATE
    return Verdict.DELETE if theirs is None and ours == base else Verdict.THEIR_OWN


def _decide_missing(ownership: Ownership, *, unchanged: bool) -> Verdict:
    if ownership is Ownership.GENERATED:
        return Verdict.CREATE
    return Verdict.REMOVED if unchanged else Verdict.GONE
