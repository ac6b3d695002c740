from __future__ import annotations

from pathlib import Path

import pytest

from chariot_gen.errors import ConflictError, UsageError
from chariot_gen.pipeline.inputs import gather, with_modeline
from chariot_gen.pipeline.request import Request
from chariot_gen.workspace.tree import Tree

NOTE = "entity: Note\n"


def _backend(root: Path, **specs: str) -> Tree:
    (root / "specs").mkdir(parents=True)
    (root / "chariot.yaml").write_text("module: example.com/m\n", encoding="utf-8")
    for name, text in specs.items():
        (root / "specs" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return Tree(root)


def test_a_new_backend_gets_the_same_settings_in_any_folder(tmp_path: Path) -> None:
    first, second = (gather(Tree(tmp_path / name), Request(tmp_path / name)) for name in ("one", "two"))
    assert first.written == second.written
    assert first.written["chariot.yaml"].splitlines()[-1] == "module: example.com/backend"
    assert first.module_assumed


def test_the_module_is_the_one_asked_for_or_that_of_an_existing_go_mod(tmp_path: Path) -> None:
    (tmp_path / "go.mod").write_text("module example.com/mine\n", encoding="utf-8")
    found = gather(Tree(tmp_path), Request(tmp_path)).settings.text
    asked = gather(Tree(tmp_path), Request(tmp_path, module="example.com/asked")).settings.text
    assert (found.splitlines()[-1], asked.splitlines()[-1]) == (
        "module: example.com/mine",
        "module: example.com/asked",
    )


def test_specs_are_in_the_order_of_their_places_in_the_backend(tmp_path: Path) -> None:
    tree = _backend(tmp_path / "b", zebra="entity: Zebra\n", ant="entity: Ant\n")
    (tmp_path / "x.yaml").write_text("entity: MiddleOne\n", encoding="utf-8")
    inputs = gather(tree, Request(tree.root, specs=(tmp_path / "x.yaml",)))
    assert list(inputs.at_home()) == ["specs/ant.yaml", "specs/middle_one.yaml", "specs/zebra.yaml"]
    assert inputs.asked == ("specs/middle_one.yaml",)


@pytest.mark.parametrize("name", ["specs/note.yaml", "specs/../specs/note.yaml"])
def test_a_spec_that_is_in_the_backend_stays_where_and_as_it_is(tmp_path: Path, name: str) -> None:
    tree = _backend(tmp_path, note=NOTE)
    inputs = gather(tree, Request(tree.root, specs=(tmp_path / name,)))
    assert (inputs.written, inputs.asked) == ({}, ("specs/note.yaml",))


def test_a_spec_brought_in_twice_is_brought_in_once(tmp_path: Path) -> None:
    tree = _backend(tmp_path / "b", note=with_modeline(NOTE))
    (tmp_path / "note.yaml").write_text(NOTE, encoding="utf-8")
    assert gather(tree, Request(tree.root, specs=(tmp_path / "note.yaml",) * 2)).written == {}


def test_a_spec_that_differs_from_one_written_in_the_backend_is_refused(tmp_path: Path) -> None:
    tree = _backend(tmp_path / "b", note=NOTE + "description: Mine.\n")
    (tmp_path / "note.yaml").write_text(NOTE, encoding="utf-8")
    with pytest.raises(ConflictError, match=r"^specs/note\.yaml: was edited in the backend") as caught:
        gather(tree, Request(tree.root, specs=(tmp_path / "note.yaml",)))
    assert caught.value.paths == ("specs/note.yaml",)


@pytest.mark.parametrize("name", ["absent.yaml", "."])
def test_a_spec_that_is_no_file_is_a_wrong_command_line(tmp_path: Path, name: str) -> None:
    tree = _backend(tmp_path / "b")
    with pytest.raises(UsageError):
        gather(tree, Request(tree.root, specs=(tmp_path / name,)))


def test_the_digest_depends_on_every_text_and_on_the_generator(tmp_path: Path) -> None:
    digests = set()
    for number, (note, settings, generator) in enumerate(
        [("a", "b", "c"), ("A", "b", "c"), ("a", "B", "c"), ("a", "b", "C")]
    ):
        tree = _backend(tmp_path / f"{number}", note=note)
        (tree.root / "chariot.yaml").write_text(settings, encoding="utf-8")
        digests.add(gather(tree, Request(tree.root)).digest(generator))
    assert len(digests) == 4


def test_the_digest_of_a_run_is_that_of_the_next(tmp_path: Path) -> None:
    (tmp_path / "note.yaml").write_text(NOTE, encoding="utf-8")
    root = tmp_path / "b"
    before = gather(Tree(root), Request(root, specs=(tmp_path / "note.yaml",)))
    for path, text in before.written.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    assert gather(Tree(root), Request(root)).digest("g") == before.digest("g")


def test_a_modeline_is_put_in_front_in_the_place_of_another() -> None:
    line = "# yaml-language-server: $schema=../.chariot/schema/entity.json\n"
    assert with_modeline(NOTE) == line + NOTE
    assert with_modeline("# yaml-language-server: $schema=../x.json\n" + NOTE) == line + NOTE
    assert with_modeline("\ufeff" + NOTE) == line + NOTE
    assert with_modeline(with_modeline(NOTE)) == line + NOTE
