"""In which order texts are made, and which need not be."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from chariot_gen.files import FilePlan, Ownership
from chariot_gen.pipeline.formatting import Formatting
from chariot_gen.pipeline.texts import Texts


def test_go_is_handed_to_its_formatter_before_the_views_of_other_files_are_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    start = Formatting.start

    def noted(formatting: Formatting, texts: Mapping[str, str]) -> None:
        steps.extend(sorted(texts))
        start(formatting, texts)

    def view() -> dict[str, str]:
        steps.append("a view")
        return {"name": "a"}

    monkeypatch.setattr(Formatting, "start", noted)
    monkeypatch.setattr("chariot_gen.pipeline.texts.template_root", lambda: tmp_path)
    (tmp_path / "one.jinja").write_text("package [[ name ]]\n", encoding="utf-8")
    code = [f"pkg/{number:02}.go" for number in range(32)]
    plans = [
        FilePlan("a.yaml", "one.jinja", Ownership.GENERATED, view),
        *(FilePlan(path, "one.jinja", Ownership.GENERATED, lambda: {"name": "model"}) for path in code),
    ]
    texts = Texts(plans, {"a.yaml": ("a key", "a hash")}, "generator", tmp_path, {})
    texts.digests()
    assert steps == [*code, "a view", "a.yaml"]


def test_what_is_known_by_its_key_is_not_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plans = [FilePlan("a.go", "no such template", Ownership.GENERATED, entity="note")]
    sources = {"note": "a hash of its specs"}
    key = _key(plans, tmp_path, sources, monkeypatch)
    assert Texts(plans, {"a.go": (key, "a hash")}, "generator", tmp_path, sources).digests() == {
        "a.go": "a hash"
    }


def _key(
    plans: list[FilePlan], root: Path, sources: Mapping[str, str], monkeypatch: pytest.MonkeyPatch
) -> str:
    with monkeypatch.context() as patched:
        patched.setattr(Texts, "digests", lambda _: {"a.go": ""})
        return Texts(plans, {}, "generator", root, sources).renders()["a.go"][0]
