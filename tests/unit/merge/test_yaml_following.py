"""Keys and values of an edited YAML file follow a renaming by their place."""

from __future__ import annotations

import pytest

from chariot_gen.merge.yaml.following import followed

OLD = """\
Variables:
  STAGE: !Ref Stage
  NOTES_URL: !Ref Url
  NOTES_SECRET: !Ref Secret
Statement:
  - Sid: Read
    Action: read
  - Sid: Write
    Action: write-notes
    Paths: { notes: 1 }
required:
  - id
  - note
Description: Answers of notes are late.
"""
NEW = (
    OLD.replace("NOTES_", "MEMO_")
    .replace("write-notes", "write-memo")
    .replace("notes: 1", "memo: 1")
    .replace("of notes", "of memo")
)


@pytest.mark.parametrize(
    ("ours", "yours", "wanted"),
    [
        ("NOTES_URL: !Ref Url", "NOTES_URL: !Sub '${Url}/x' # mine", "  MEMO_URL: !Sub '${Url}/x' # mine\n"),
        ("  NOTES_URL", "  # Mine.\n  'NOTES_URL'", "  # Mine.\n  MEMO_URL: !Ref Url\n"),
        ("  NOTES_SECRET", "  NOTES_OWN: 1\n  NOTES_SECRET", "  NOTES_OWN: 1\n  MEMO_SECRET"),
        ("  - Sid: Read\n    Action: read\n", "", "    Action: write-memo\n"),
        ("    Action: write-notes\n", "    Action: [write-notes]\n", "    Action: [write-notes]\n"),
        ("notes: 1", "notes: 5", "{ memo: 5 }"),
        ("are late", "are too late", "Answers of memo are too late."),
        ("Answers of notes are late.", "Nothing.", "Description: Nothing.\n"),
    ],
)
def test_what_the_rendering_renames_follows_in_its_place(ours: str, yours: str, wanted: str) -> None:
    found = followed(OLD, NEW, OLD.replace(ours, yours, 1))
    assert not found.undecided
    assert wanted in found.text


def test_what_nobody_edited_is_as_rendered() -> None:
    assert followed(OLD, NEW, OLD).text == NEW


@pytest.mark.parametrize(
    ("ours", "yours"),
    [("  STAGE", "  MEMO_URL: 1\n  STAGE"), ("Answers of notes are", "notes. Answers of it are")],
)
def test_what_cannot_be_decided_is_told(ours: str, yours: str) -> None:
    assert len(followed(OLD, NEW, OLD.replace(ours, yours, 1)).undecided) == 1


def test_what_is_not_yaml_stays() -> None:
    assert followed(OLD, NEW, "a: [").text == "a: ["
