"""Carry out in the specs what the command line asks to be renamed."""

from __future__ import annotations

from chariot_gen.errors import ConflictError, UsageError
from chariot_gen.pipeline.record import encode
from chariot_gen.spec import formats
from chariot_gen.spec.edit import entity_of, members_of, renamed_path, renamed_texts, without_origin
from chariot_gen.spec.problems import remedy_for
from chariot_gen.spec.renaming import Renaming, Subject
from chariot_gen.workspace.overlay import Overlay
from chariot_gen.workspace.tree import Tree

__all__ = ["with_renamed_specs"]


def with_renamed_specs(tree: Tree, renaming: Renaming) -> Tree:
    """Return the backend with the renaming done in its specs, nothing written.

    Raises UsageError where there is nothing of the old name, or where the new one is none.
    """
    texts = {path: tree.read(path) or "" for path in tree.specs()}
    _refuse_impossible(texts, renaming)
    after = renamed_texts(texts, renaming)
    writes: dict[str, bytes | None] = {}
    for path, text in texts.items():
        edited, home = after[path], path
        if entity_of(edited) == (renaming.entity or renaming.new):
            edited, home = without_origin(edited, renaming), renamed_path(path, renaming)
        if (edited, home) != (text, path):
            writes[path] = None
            writes[home] = encode(edited)
            _refuse_taken(tree, path, home)
    return Overlay(tree.root, writes)


def _refuse_taken(tree: Tree, path: str, home: str) -> None:
    if home != path and tree.exists(home):
        raise ConflictError(
            f"{home}: exists, so {path} cannot move there; move it away and run again", [home]
        )


def _refuse_impossible(texts: dict[str, str], renaming: Renaming) -> None:
    entities = {entity_of(text): text for text in texts.values()}
    entities.pop("", None)
    noun = renaming.subject.value
    if renaming.subject is Subject.ENTITY:
        known, owner = set(entities), "the backend"
    else:
        owner = renaming.entity
        if owner not in entities:
            raise UsageError(
                f"{owner}: there is no such entity in the backend; {_meant(owner, set(entities))}"
            )
        known = members_of(entities[owner], renaming.subject)
    if renaming.old not in known:
        raise UsageError(f"{renaming.old}: there is no such {noun} in {owner}; {_meant(renaming.old, known)}")
    if renaming.new in known:
        raise UsageError(f"{renaming.new}: is a {noun} of {owner} already; choose another name")
    wanted = formats.EXPORTED if renaming.subject is Subject.ENTITY else formats.FIELD_NAME
    if not wanted.matches(renaming.new):
        raise UsageError(f"{renaming.new}: is not {wanted.noun}; {wanted.remedy}")


def _meant(word: str, known: set[str]) -> str:
    near = remedy_for(word, known, "chariot-gen plan shows what there is").replace("`", "")
    return near if known else "it has none"
