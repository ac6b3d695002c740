"""What lists can be narrowed and ordered by."""

from __future__ import annotations

from chariot_gen.model.api import Operation
from chariot_gen.model.entity import Field
from chariot_gen.model.types import Scalar as ScalarKind
from chariot_gen.model.types import ScalarType
from chariot_gen.spec.document import Scalar
from chariot_gen.spec.formats import FIELD_NAME
from chariot_gen.spec.problems import remedy_for
from chariot_gen.spec.reader import Block
from chariot_gen.spec.rules.fit import is_number, is_text
from chariot_gen.spec.rules.subject import Subject, World
from chariot_gen.spec.types import spell

__all__ = ["check_lists"]

_BOOL = ScalarType(ScalarKind.BOOL)
_PARAMETERS = ("limit", "sort", "token")


def check_lists(subject: Subject, _world: World) -> None:
    """Complain about fields that no list can be narrowed or ordered by."""
    block, api = subject.root.block("api"), subject.entity.api
    if block is None or api is None:
        return
    for name in ("filters", "sort"):
        if block.has(name) and api.endpoint(Operation.LIST) is None:
            subject.complain(block.location(name), "the API offers no list", f"add list, or drop `{name}`")
        _check_fields(subject, block, name)


def _check_fields(subject: Subject, block: Block, name: str) -> None:
    for node in block.items(name):
        if not isinstance(node, Scalar) or not FIELD_NAME.matches(node.text):
            continue
        field = subject.fields.get(node.text)
        if field is None:
            message = f"`{name}` names `{node.text}`, which is no field"
            subject.complain(node.place, message, remedy_for(node.text, subject.fields))
        elif problem := _problem(field, name):
            subject.complain(node.place, f"`{node.text}` {problem}", "leave it out")


def _problem(field: Field, name: str) -> str:
    if field.store is None:
        return "is not stored, so no list can be asked for it"
    if field.sensitive:
        return "is sensitive, and what a list shows would tell its values"
    if field.name in ("key", "username"):
        return "is part of how every item is found"
    if name == "filters" and field.json.name in _PARAMETERS:
        return "would be a parameter that every list has"
    if not (is_text(field.type) or is_number(field.type) or (name == "filters" and field.type == _BOOL)):
        return f"has values that cannot be compared: it is {spell(field.type)}"
    return ""
