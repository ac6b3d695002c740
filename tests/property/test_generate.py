"""Any valid spec becomes Go that is formatted and vetted; any broken one becomes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from chariot_gen import names
from commandline import chariot_gen
from strategies import Spec, broken_specs, spec_text, valid_specs
from tools import go, gofmt, run

pytestmark = pytest.mark.compile

SPECS = 200
COLLECT = settings(
    max_examples=SPECS,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def _collected(strategy: st.SearchStrategy[Spec] | st.SearchStrategy[str]) -> list[Spec | str]:
    found: list[Spec | str] = []

    @COLLECT
    @given(strategy)
    def collect(drawn: Spec | str) -> None:
        found.append(drawn)

    collect()
    return found


def _numbered(spec: Spec, number: int) -> Spec:
    """Give a spec names of its own, so that all of them fit into one backend."""
    entity = f"{spec['entity']}{chr(65 + number // 26)}{chr(97 + number % 26)}"
    flat_before, flat = names.flat(spec["entity"]), names.flat(entity)
    numbered = {**spec, "entity": entity}
    if "key" in spec:
        numbered["key"] = spec["key"].replace(f"#{flat_before}#", f"#{flat}#")
    if spec.get("relationship", {}).get("label") == "HAS_PART":
        numbered["relationship"] = {"label": f"HAS_PART_{number}"}
    if "labels" in spec:
        numbered["labels"] = [entity, "TTL"]
    if "services" in spec:
        numbered["services"] = {f"{name}{number}": service for name, service in spec["services"].items()}
    return numbered


def test_valid_specs_become_go_that_is_formatted_and_vetted(tmp_path: Path) -> None:
    drawn = [spec for spec in _collected(valid_specs()) if isinstance(spec, dict)]
    assert len(drawn) >= SPECS
    paths = []
    for number, spec in enumerate(drawn):
        paths.append(tmp_path / f"spec{number:03d}.yaml")
        paths[-1].write_text(spec_text(_numbered(spec, number)), encoding="utf-8")
    backend = tmp_path / "backend"
    done = chariot_gen("entity", *paths, f"--dest={backend}")
    assert done.code == 0, (done.out + done.err)[-5000:]
    assert run([gofmt(), "-l", "."], backend) == ""
    assert run([go(), "vet", "./..."], backend) == ""
    run([go(), "test", "./pkg/model/...", "./pkg/handler/...", "./pkg/service/..."], backend)


def test_broken_specs_become_a_diagnostic_and_nothing_else(tmp_path: Path) -> None:
    drawn = [text for text in _collected(broken_specs()) if isinstance(text, str)]
    assert len(drawn) >= SPECS
    backend = tmp_path / "backend"
    for number, text in enumerate(drawn):
        (tmp_path / f"spec{number:03d}.yaml").write_text(text, encoding="utf-8", newline="")
        done = chariot_gen("entity", tmp_path / f"spec{number:03d}.yaml", f"--dest={backend}", "--no-hooks")
        assert done.code == 1, (text, done.out, done.err)
        assert f"spec{number:03d}.yaml:" in done.err
        assert "Traceback" not in done.out + done.err
        assert not backend.exists()
