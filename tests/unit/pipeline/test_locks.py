from __future__ import annotations

import pytest
from msgspec.structs import asdict, replace

from chariot_gen.errors import SpecError
from chariot_gen.pipeline.inputs import Inputs, Source
from chariot_gen.pipeline.locks import hold_names
from chariot_gen.workspace.manifest import Manifest
from chariot_gen.workspace.tree import digest_of
from stacks import backend, example

TEXT = example("host")
(HOST,) = (replace(entity, spec_path="specs/host.yaml") for entity in backend(TEXT).entities)
INPUTS = Inputs(Source("chariot.yaml", ""), (Source("h", TEXT),), {"h": "specs/host.yaml"}, {})


def _manifests(*, spec: str = TEXT, **names: str) -> dict[str, Manifest]:
    return {
        "": Manifest(facts={"generator": "old"}),
        "host": Manifest("host", {"spec_sha256": digest_of(spec)}, {**asdict(HOST.names), **names}),
    }


def test_an_upgrade_that_would_rename_a_type_is_stopped_and_the_name_can_be_kept() -> None:
    with pytest.raises(
        SpecError, match=r"would rename plural 'hosties' to 'hosts'; keep the old name with names:"
    ):
        hold_names([HOST], INPUTS, _manifests(plural="hosties"), "new")


@pytest.mark.parametrize(
    ("manifests", "generator"),
    [
        (_manifests(), "new"),
        (_manifests(plural="hosties"), "old"),
        (_manifests(plural="hosties", spec="another"), "new"),
        ({}, "new"),
    ],
)
def test_names_that_stay_or_that_the_spec_changed_are_fine(
    manifests: dict[str, Manifest], generator: str
) -> None:
    hold_names([HOST], INPUTS, manifests, generator)
