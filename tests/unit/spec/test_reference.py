"""The reference page is the vocabulary, to the last key."""

from __future__ import annotations

import json
import re

from chariot_gen import spec
from chariot_gen.spec.reference import reference
from trees import REPOSITORY


def test_the_page_is_up_to_date() -> None:
    page = (REPOSITORY / "docs" / "reference.md").read_text(encoding="utf-8")
    assert page == reference(), "run: chariot-gen schema --markdown > docs/reference.md"


def test_the_schema_is_where_the_examples_say() -> None:
    for example in sorted((REPOSITORY / "examples" / "specs").iterdir()):
        named = re.match(r"# yaml-language-server: \$schema=(\S+)\n", example.read_text(encoding="utf-8"))
        assert named is not None, example
        schema = json.loads((example.parent / named[1]).read_text(encoding="utf-8"))
        assert schema == spec.entity_schema(), "run: chariot-gen schema entity > docs/schema/entity.json"


def test_every_key_of_the_schema_is_on_the_page() -> None:
    page = reference()
    for key in spec.entity_schema()["properties"]:
        assert f"`{key}`" in page
