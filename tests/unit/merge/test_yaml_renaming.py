"""Logical ids follow where they are ids, and nowhere else."""

from __future__ import annotations

import pytest

from chariot_gen.merge.yaml.renaming import logical_ids, renamed

OLD = """\
Metadata:
  NoteThing: 1

Resources:
  # Runs it.
  NoteFunction:
    Type: AWS::Serverless::Function

  Shared:
    Type: X

Outputs:
  NoteUrl:
    Value: 1
"""
IDS = {"NoteFunction": "MemoFunction", "Note": "Memo"}


def test_ids_are_the_keys_of_the_sections() -> None:
    new = OLD.replace("Note", "Memo")
    assert logical_ids(OLD, new) == {"NoteFunction": "MemoFunction", "NoteUrl": "MemoUrl"}


def test_sections_that_do_not_match_tell_nothing() -> None:
    assert logical_ids(OLD, OLD.replace("  Shared:\n    Type: X\n", "")) == {}


@pytest.mark.parametrize(
    "line",
    [
        "  {}:",
        "    Role: !Ref {}",
        "    Role: !GetAtt {}.Arn",
        "    Role: !GetAtt [{}, Arn]",
        "    Role: !Sub arn:${{{}}}/x",
        "    Role: !Sub ${{{}.Arn}}",
        "    Role: {{ Ref: {} }}",
        "    Role: {{ Fn::GetAtt: [{}, Arn] }}",
        "    Role:\n      Fn::GetAtt:\n        - {}\n        - Arn",
        "    DependsOn: {}",
        "    DependsOn: [Other, {}]",
        "    DependsOn:\n      - Other\n      - {}",
        "    DependsOn: # the log first\n      - {} # it\n\n      # NoteFunction\n      - '{}'\n    Type: X",
        "    DependsOn:\n    - {}\n    - {}",
        '    DependsOn: [{}, Other, "{}"]',
        '    "DependsOn": ["{}"]',
        "    Condition: {}",
        '  "{}":',
        '    Role: {{ "Ref": "{}" }}',
        '    Role: {{ "Fn::GetAtt": ["{}", Arn] }}',
        "    Role:\n      Ref : {}",
        "    Role: !GetAtt\n      - {}\n      - Arn",
    ],
)
def test_what_refers_to_an_id_follows(line: str) -> None:
    said = [line.format(*[name] * line.count("{}")) for name in ("NoteFunction", "MemoFunction")]
    assert renamed(said[0], IDS) == said[1]


@pytest.mark.parametrize(
    "line",
    [
        "    Description: The NoteFunction.",
        "    NoteFunction: a key of something else",
        "  # NoteFunction runs it.",
        "    Role: !Ref NoteFunctionRole",
        "    Role: !Ref MyNoteFunction",
        "    Name: !Sub ${AWS::Region}-NoteFunction",
        "    Code: build-NoteFunction",
        "    DependsOn: Other # not NoteFunction",
        "    DependsOn:\n      - Other\n    Code: NoteFunction",
    ],
)
def test_the_same_word_elsewhere_stays(line: str) -> None:
    assert renamed(line, IDS) == line
