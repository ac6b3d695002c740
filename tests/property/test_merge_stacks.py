"""Random regenerations of CloudFormation templates with random hand edits: nothing is lost or misplaced."""

from __future__ import annotations

import pytest

from chariot_gen.merge.yaml import merge_yaml
from regeneration import stack_pairs
from stackedits import may_conflict, stack_faults

PARTS, PAIRS = 10, 100


@pytest.mark.parametrize("part", range(PARTS))
def test_no_edit_of_a_stack_is_lost_or_moved_and_disjoint_edits_never_clash(part: int) -> None:
    problems = []
    for pair in stack_pairs(PAIRS, part * PAIRS):
        texts = pair.base, pair.ours, pair.theirs
        merged = merge_yaml(*texts)
        where = f"seed {pair.seed}, {pair.spec_edit}, {[edit.kind for edit in pair.edits]}"
        if merged.notes:
            problems.append(f"{where}: {merged.notes}")
        if not merged.conflicts:
            problems += [f"{where}: {fault}" for fault in stack_faults(*texts, merged.text, pair.edits)]
        elif not may_conflict(*texts, pair.edits):
            problems.append(f"{where}: a needless conflict at {merged.conflicts[0].where}")
    assert problems == []
