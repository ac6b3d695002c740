"""The reference page is the vocabulary, to the last key."""

from __future__ import annotations

from chariot_gen import spec
from chariot_gen.spec.reference import reference
from trees import REPOSITORY


def test_the_page_is_up_to_date() -> None:
    page = (REPOSITORY / "docs" / "reference.md").read_text(encoding="utf-8")
    assert page == reference(), "run: chariot-gen schema --markdown > docs/reference.md"


def test_every_key_of_the_schema_is_on_the_page() -> None:
    page = reference()
    for key in spec.entity_schema()["properties"]:
        assert f"`{key}`" in page
