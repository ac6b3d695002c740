from __future__ import annotations

import pytest

from chariot_gen.files import Ownership
from chariot_gen.merge.decide import Verdict, decide

GENERATED, MERGED, SEEDED = Ownership.GENERATED, Ownership.MERGED, Ownership.SEEDED


@pytest.mark.parametrize("ownership", [GENERATED, MERGED])
@pytest.mark.parametrize(
    ("base", "ours", "theirs", "verdict"),
    [
        (None, None, "new", Verdict.CREATE),
        (None, "new", "new", Verdict.CURRENT),
        (None, "foreign", "new", Verdict.FOREIGN),
        ("old", "old", "old", Verdict.CURRENT),
        ("old", "old", "new", Verdict.UPDATE),
        ("old", "new", "new", Verdict.CURRENT),
        ("old", "edit", "old", Verdict.EDITED),
        ("old", "edit", "new", Verdict.MERGE),
        ("old", "old", None, Verdict.DELETE),
        ("old", "edit", None, Verdict.ORPHAN),
        ("old", None, None, Verdict.CURRENT),
    ],
)
def test_ours_and_shared(
    ownership: Ownership, base: str | None, ours: str | None, theirs: str | None, verdict: Verdict
) -> None:
    assert decide(ownership, base, ours, theirs) is verdict


@pytest.mark.parametrize(
    ("ownership", "theirs", "verdict"),
    [
        (GENERATED, "old", Verdict.CREATE),
        (GENERATED, "new", Verdict.CREATE),
        (MERGED, "old", Verdict.REMOVED),
        (MERGED, "new", Verdict.GONE),
    ],
)
def test_a_file_that_is_gone(ownership: Ownership, theirs: str, verdict: Verdict) -> None:
    assert decide(ownership, "old", None, theirs) is verdict


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "verdict"),
    [
        (None, None, "new", Verdict.CREATE),
        (None, "mine", "new", Verdict.THEIR_OWN),
        ("old", "mine", "old", Verdict.THEIR_OWN),
        ("old", "old", "new", Verdict.THEIR_OWN),
        ("old", "mine", "new", Verdict.THEIR_OWN),
        ("old", None, "new", Verdict.THEIR_OWN),
        ("old", "old", None, Verdict.DELETE),
        ("old", "mine", None, Verdict.THEIR_OWN),
    ],
)
def test_written_once(base: str | None, ours: str | None, theirs: str | None, verdict: Verdict) -> None:
    assert decide(SEEDED, base, ours, theirs) is verdict
