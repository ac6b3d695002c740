"""What the merge by key path makes of each kind of edit; the laws are in tests/property."""

from __future__ import annotations

from textwrap import dedent

import pytest

from chariot_gen.merge.labels import Labels
from chariot_gen.merge.result import Conflict
from chariot_gen.merge.yaml import merge_yaml

TEMPLATE = """\
# Made by somebody.

Resources:
  # Runs the code.
  Function:
    Type: AWS::Serverless::Function
    Properties:
      MemorySize: 256
      Timeout: 10
      Role: !GetAtt Role.Arn
      Tags:
        - Key: service
          Value: backend
        - Key: stage
          Value: !Ref Stage

  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Threshold: 1

Outputs:
  Arn:
    Value: !GetAtt Function.Arn
"""


def _merged(base: str, ours: str, theirs: str) -> str:
    merged = merge_yaml(base, ours, theirs)
    assert merged.conflicts == ()
    assert merged.notes == ()
    return merged.text


def test_neighbouring_values_merge() -> None:
    ours = TEMPLATE.replace("Timeout: 10", "Timeout: 30 # slow upstream")
    theirs = TEMPLATE.replace("MemorySize: 256", "MemorySize: 512")
    assert _merged(TEMPLATE, ours, theirs) == ours.replace("MemorySize: 256", "MemorySize: 512")


def test_a_value_that_both_changed_is_named_by_its_path() -> None:
    ours, theirs = (
        TEMPLATE.replace("Timeout: 10", "Timeout: 30"),
        TEMPLATE.replace("Timeout: 10", "Timeout: 20"),
    )
    merged = merge_yaml(TEMPLATE, ours, theirs, Labels())
    lines = [f"      Timeout: {seconds}\n" for seconds in (10, 30, 20)]
    assert merged.conflicts == (Conflict("Resources.Function.Properties.Timeout", *lines),)
    marked = f"<<<<<<< yours\n{lines[1]}||||||| last generated\n{lines[0]}=======\n{lines[2]}"
    assert merged.text == TEMPLATE.replace(lines[0], f"{marked}>>>>>>> newly generated\n")


def test_a_new_key_comes_behind_the_one_it_follows_there() -> None:
    mine = "  Mine:\n    Type: AWS::S3::Bucket\n\n"
    new = "  # Keeps the logs.\n  Logs:\n    Type: AWS::Logs::LogGroup\n\n"
    ours = TEMPLATE.replace("  Alarm:", f"{mine}  Alarm:")
    theirs = TEMPLATE.replace("  Alarm:", f"{new}  Alarm:")
    assert _merged(TEMPLATE, ours, theirs) == TEMPLATE.replace("  Alarm:", f"{new}{mine}  Alarm:")


def test_our_order_is_kept_and_theirs_where_only_they_changed_it() -> None:
    base, turned = "a: 1\nb: 2\nc: 3\n", "c: 3\nb: 2\na: 1\n"
    assert _merged(base, turned, base.replace("2", "5")) == turned.replace("2", "5")
    assert _merged(base, base.replace("2", "5"), turned) == turned.replace("2", "5")


def test_a_key_that_they_drop_goes_with_its_comments() -> None:
    base = "a: 1\n# of b\nb: 2\n# of c\nc: 3\n"
    assert _merged(base, base.replace("3", "4"), "a: 1\n# of c\nc: 3\n") == "a: 1\n# of c\nc: 4\n"
    assert _merged(base, "a: 1\n# of c\nc: 3\n", base.replace("3", "4")) == "a: 1\n# of c\nc: 4\n"


@pytest.mark.parametrize(
    "ours", ["a: 1\nb: 5\n", "a: 1\n# mine\nb: 2\n", "a: 1\nb: 2 # mine\n", "a: 1\nb: 2\n"]
)
def test_dropping_what_was_edited_is_a_conflict(ours: str) -> None:
    base = "a: 1\nb: 2\n"
    merged = merge_yaml(base, ours, "a: 3\n")
    edited = ours != base
    assert [conflict.where for conflict in merged.conflicts] == ["b"] * edited
    assert all(conflict.theirs is None for conflict in merged.conflicts)
    assert merged.text.startswith("a: 3\n")


def test_what_we_dropped_and_they_changed_is_a_conflict() -> None:
    merged = merge_yaml("a: 1\nb: 2\n", "a: 1\n", "a: 1\nb: 3\n")
    assert merged.conflicts == (Conflict("b", "b: 2\n", None, "b: 3\n"),)
    # A comment of theirs on it brings nothing back.
    assert merge_yaml("a: 1\nb: 2\n", "a: 1\n", "a: 1\n# new\nb: 2\n").conflicts == ()


def test_a_list_of_mappings_merges_by_its_identifying_key() -> None:
    base = "- Key: a\n  V: 1\n- Key: b\n  V: 1\n"
    ours, theirs = "- Key: b\n  V: 1\n- Key: a\n  V: 2\n", "- Key: a\n  V: 1\n- Key: b\n  V: 3\n"
    assert _merged(base, ours, theirs) == "- Key: b\n  V: 3\n- Key: a\n  V: 2\n"


def test_an_entry_without_the_key_is_one_of_its_own() -> None:
    base = "- Sid: a\n  V: 1\n"
    ours, theirs = "- Sid: a\n  V: 2\n- V: 7\n", "- Sid: a\n  V: 1\n- Sid: b\n  V: 1\n"
    assert _merged(base, ours, theirs) == "- Sid: a\n  V: 2\n- Sid: b\n  V: 1\n- V: 7\n"


def test_an_identifying_key_may_be_a_mapping() -> None:
    base = "- Label:\n    default: x\n  P:\n    - a\n"
    merged = _merged(base, base + "    - b\n", base.replace("    - a", "    - c\n    - a"))
    assert merged == "- Label:\n    default: x\n  P:\n    - c\n    - a\n    - b\n"


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "text"),
    [
        ("a b c", "a c d", "a b x c", "a x c d"),
        ("a b", "b a", "a b c", "b c a"),
        ("a b c", "a b c d", "c a b", "c d a b"),
        ("a b", "b x", "a y", "y x"),
        ("a a b", "a a c", "x a a b", "x a a c"),
    ],
)
def test_a_list_of_scalars_is_a_set_in_order(base: str, ours: str, theirs: str, text: str) -> None:
    lists = ["".join(f"- !Ref {word}\n" for word in words.split()) for words in (base, ours, theirs, text)]
    assert _merged(lists[0], lists[1], lists[2]) == lists[3]


def test_comments_behind_entries_stay_with_them() -> None:
    base = "- !Ref A\n- !Ref B\n"
    assert _merged(base, "- !Ref A # mine\n- !Ref B\n", base + "- C\n") == "- !Ref A # mine\n- !Ref B\n- C\n"


def test_other_lists_merge_by_the_place_beside_what_did_not_change() -> None:
    base = "- A: 1\n  B: 1\n- A: 2\n  B: 2\n"
    theirs = base.replace("B: 2", "B: 6") + "- A: 3\n"
    assert _merged(base, base.replace("B: 1", "B: 5"), theirs) == theirs.replace("B: 1", "B: 5")


def test_what_both_added_to_a_list_stands_there_once() -> None:
    base = "- a\n- b\n"
    assert _merged(base, "- x\n- Name: c\n", "- x\n- a\n- b\n") == "- x\n- Name: c\n"
    args = "v: !Join\n  - a\n  - b\n  - c\n"
    ours, theirs = args.replace("- a", "- x"), args.replace("- a", "- x").replace("- b", "- y")
    assert _merged(args, ours + "w: 1\n", theirs) == theirs + "w: 1\n"


def test_comments_below_are_the_same_at_another_column() -> None:
    base = "a:\n  b: 1\n  # below\n"
    ours = "a:\n    b: 2\n    # of ours\n"
    assert _merged(base, ours, base + "c: 1\n") == ours + "c: 1\n"


def test_the_arguments_of_a_function_keep_their_places() -> None:
    base = "v: !If\n  - Live\n  - a\n  - b\nw:\n  Fn::If:\n    - Live\n    - a\n    - b\n"
    ours, theirs = base.replace("- a", "- mine"), base.replace("- b", "- new")
    assert _merged(base, ours, theirs) == base.replace("- a", "- mine").replace("- b", "- new")


@pytest.mark.parametrize(
    ("base", "ours", "theirs"),
    [
        ("v:\n  - a\n", "v:\n  - b\n", "v:\n  - c\n"),
        ("v: [a]\n", "v: [b]\n", "v: [c]\n"),
        ("v: !If [x, a, b]\n", "v: !Equals [x, a]\n", "v: !If [x, a, c]\n"),
        ("v: {a: 1}\n", "v:\n  a: 1\n", "v: {a: 2}\n"),
        ("v:\n  a: 1\n", "v: 1\n", "v:\n  a: 2\n"),
        ("v: 1\n", "v: |\n  x\n", "v: 2\n"),
        ("u: 1\n", "u: 1\nv: 1\n", "u: 1\nv: 2\n"),
        ("v: &x 1\n", "v: &y 1\n", "v: &z 1\n"),
    ],
)
def test_a_value_is_taken_from_one_side_or_not_at_all(base: str, ours: str, theirs: str) -> None:
    merged = merge_yaml(base, ours, theirs)
    if base != "v: &x 1\n":
        assert [conflict.where for conflict in merged.conflicts] == ["v"]
    else:
        assert merged.text == ours


def test_lists_and_mappings_on_one_line_merge_by_key_too() -> None:
    base = "v: { a: 1, b: [x, y] }\n"
    ours, theirs = "v: { a: 2, b: [x, y] } # mine\n", "v: { a: 1, b: [x, y, z], c: 3 }\n"
    assert _merged(base, ours, theirs) == "v: { a: 2, b: [x, y, z], c: 3 } # mine\n"


def test_a_piece_is_indented_as_ours_is() -> None:
    base = "a:\n  b: 1\n  c:\n    - x\n"
    ours = "a:\n    b: 2\n    c:\n        - x\n"
    theirs = "a:\n  b: 1\n  c:\n    - x\n    # of y\n    - y: |\n        text\n  d:\n    e: 1\n"
    assert _merged(base, ours, theirs) == (
        "a:\n    b: 2\n    c:\n        - x\n        # of y\n        - y: |\n            text\n"
        "    d:\n      e: 1\n"
    )


def test_a_comment_behind_a_value_never_ends_up_in_a_text() -> None:
    assert _merged("a: 1\n", "a: 1 # mine\n", "a: |\n  one\n  two\n") == "# mine\na: |\n  one\n  two\n"


def test_a_comment_that_both_wrote_is_ours_and_a_note_says_so() -> None:
    merged = merge_yaml("# old\na: 1\n", "# mine\na: 1\n", "# new\na: 2\n")
    assert (merged.text, merged.conflicts) == ("# mine\na: 2\n", ())
    assert merged.notes == ("a: its comment changed on both sides; yours was kept",)
    added = merge_yaml("a: 1\n", "# mine\na: 1\n", "# new\na: 2\n")
    assert (added.text, added.notes) == ("# mine\n# new\na: 2\n", ())


def test_an_alias_keeps_its_anchor() -> None:
    base = "a: &shared 1\nb: 2\n"
    merged = merge_yaml(base, base + "c: *shared\n", "b: 2\n")
    assert merged.conflicts == (Conflict("a", "a: &shared 1\n", "a: &shared 1\n", None),)
    assert _merged(base, base + "c: *shared\n", base.replace("1", "5")) == "a: &shared 5\nb: 2\nc: *shared\n"


def test_a_conflict_at_a_dash_shows_the_whole_entry() -> None:
    base = "v:\n  - Name: a\n    B: 1\n  - B: 1\n    Name: b\n"
    merged = merge_yaml(base, base.replace("- B: 1", "- B: 2"), base.replace("- B: 1", "- B: 3"))
    assert merged.conflicts == (
        Conflict("v[1].B", *(f"  - B: {number}\n    Name: b\n" for number in (1, 2, 3))),
    )


def test_when_both_empty_a_mapping_together_it_stays_a_mapping() -> None:
    assert _merged("v:\n  a: 1\n  b: 2\n", "v:\n  b: 2\n", "v:\n  a: 1\n") == "v: {}\n"
    assert _merged("v:\n  - a: 1\n    b: 2\n", "v:\n  - b: 2\n", "v:\n  - a: 1\n") == "v:\n  - {}\n"
    assert _merged("a: 1\nb: 2\n", "b: 2\n", "a: 1\n") == "{}\n"


def test_our_byte_order_mark_and_newlines_stay() -> None:
    ours = "\ufeff" + TEMPLATE.replace("Timeout: 10", "Timeout: 30").replace("\n", "\r\n")
    theirs = TEMPLATE.replace("MemorySize: 256", "MemorySize: 512")
    assert _merged(TEMPLATE, ours, theirs) == ours.replace("MemorySize: 256", "MemorySize: 512")
    assert _merged(TEMPLATE, TEMPLATE.replace("\n", "\r\n"), theirs) == theirs.replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("# only a comment\n", "it holds no values"),
        ("a: 1\n---\nb: 1\n", "it holds several documents"),
        ("a: [\n", "line 2: did not find expected node content"),
        ("a: 1\na: 2\n", "line 1: a key stands there twice"),
        ("? a\n: 1\n", "line 1: a key is not plain text"),
        ("{a: 1}\n", "its root is not a plain block of keys"),
        ("text\n", "its root is not a plain block of keys"),
        ("a: *gone\n", "nothing defines the alias *gone"),
        ("a: &x 1\nb: &x 2\n", "the anchor &x is defined twice"),
        ("--- {a: 1}\n", "its root is not a plain block of keys"),
    ],
)
def test_what_cannot_be_merged_by_key_is_merged_by_line(text: str, reason: str) -> None:
    base = "a: 1\nb: 1\n\n\nc: 1\n"
    merged = merge_yaml(base, text, base.replace("c: 1", "c: 2"))
    assert merged.notes == (f"your file cannot be merged by key ({reason}), so it was merged by line",)


def test_characters_that_yaml_forbids_are_merged_by_line() -> None:
    (note,) = merge_yaml("a: 1\nb: 1\n", "a: \x00\nb: 1\n", "a: 1\nb: 2\n").notes
    assert "control characters are not allowed" in note


def test_a_merge_that_would_mean_something_else_is_not_made() -> None:
    # A text that keeps its blank lines takes the one before the next comment, too.
    base = "a: 1\n"
    merged = merge_yaml(base, "\n# mine\nb: 1\na: 1\n", "t: |+\n  text\n\na: 1\n")
    assert "by line" in merged.notes[0]


def test_the_header_stays_on_top() -> None:
    theirs = TEMPLATE.replace("Resources:", "Transform: X\n\nResources:").replace("somebody", "us")
    ours = TEMPLATE.replace("Timeout: 10", "Timeout: 30")
    assert _merged(TEMPLATE, ours, theirs) == theirs.replace("Timeout: 10", "Timeout: 30")


def test_a_document_that_begins_with_dashes() -> None:
    base = dedent("""\
        %YAML 1.1
        ---
        a: 1
        b: 1
        """)
    assert (
        _merged(base, base.replace("a: 1", "a: 2"), base + "c: 1\n")
        == base.replace("a: 1", "a: 2") + "c: 1\n"
    )
