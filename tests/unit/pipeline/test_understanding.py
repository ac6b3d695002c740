from __future__ import annotations

import os
import pickle
from pathlib import Path

import msgspec
import pytest

from chariot_gen.pipeline.inputs import Source
from chariot_gen.pipeline.understanding import UNDERSTANDING, Understanding
from chariot_gen.spec import Understood, load_again, specs
from chariot_gen.workspace.tree import Tree
from trees import REPOSITORY

SETTINGS = Source("chariot.yaml", "module: example.com/backend\n")
SPEC = Source("specs/host.yaml", (REPOSITORY / "examples/specs/host.yaml").read_text(encoding="utf-8"))


def _understood() -> dict[str, Understood]:
    return load_again(SETTINGS, [SPEC], {})[1]


def _keep(root: Path, content: bytes) -> None:
    (root / UNDERSTANDING).parent.mkdir(parents=True, exist_ok=True)
    (root / UNDERSTANDING).write_bytes(content)


def test_what_was_understood_is_known_the_next_time(tmp_path: Path) -> None:
    understood = _understood()
    _keep(tmp_path, Understanding(Tree(tmp_path), "g").content(understood))
    known = Understanding(Tree(tmp_path), "g")
    assert dict(known) == understood
    assert known.content(understood) == (tmp_path / UNDERSTANDING).read_bytes()


def test_another_generator_knows_nothing(tmp_path: Path) -> None:
    _keep(tmp_path, Understanding(Tree(tmp_path), "g").content(_understood()))
    assert dict(Understanding(Tree(tmp_path), "h")) == {}


def test_a_spec_is_read_anew_only_if_its_text_or_one_that_it_names_has_changed(tmp_path: Path) -> None:
    port = Source("specs/port.yaml", (REPOSITORY / "examples/specs/port.yaml").read_text(encoding="utf-8"))
    known = load_again(SETTINGS, [SPEC, port], {})[1]
    edited = Source(port.path, port.text.replace("Port", "Door", 1))
    for sources, same in (([SPEC, port], {SPEC.path, port.path}), ([SPEC, edited], {SPEC.path})):
        again = load_again(SETTINGS, sources, known)[1]
        assert {path for path, spec in again.items() if spec is known.get(path)} == same


def test_what_is_known_is_not_parsed_for_the_rules_of_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    files = [
        Source(f"specs/{path.name}", path.read_text(encoding="utf-8"))
        for path in sorted((REPOSITORY / "examples/specs").glob("*.yaml"))
    ]
    known = load_again(SETTINGS, files, {})[1]
    monkeypatch.setattr(specs, "read", lambda file, _: pytest.fail(f"{file.path} was parsed again"))
    assert load_again(SETTINGS, files, known)[1] == known


@pytest.mark.parametrize("content", [b"", b"\x00", b"{}", b"\x92\xa1g\x80"])
def test_a_damaged_file_is_none(tmp_path: Path, content: bytes) -> None:
    _keep(tmp_path, content)
    assert dict(Understanding(Tree(tmp_path), "g")) == {}


class _Evil:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("exit 1",)


def test_a_pickle_can_name_nothing_but_the_model(tmp_path: Path) -> None:
    content = Understanding(Tree(tmp_path), "g").content(_understood())
    maker, specs = msgspec.msgpack.decode(content)
    specs[SPEC.path][3] = pickle.dumps(_Evil())
    ran: list[object] = []
    _keep(tmp_path, msgspec.msgpack.encode([maker, specs]))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "system", ran.append)
        assert dict(Understanding(Tree(tmp_path), "g")) == {}
    assert ran == []
