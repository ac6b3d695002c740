"""The indexes of the one table that entities share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from chariot_gen.model.entity import Field, Kind
from chariot_gen.model.storage import Home
from chariot_gen.spec.document import Node, Scalar
from chariot_gen.spec.rules.fit import is_number, is_text
from chariot_gen.spec.rules.subject import Subject
from chariot_gen.spec.source import Place
from chariot_gen.spec.types import UNKNOWN, spell

__all__ = ["check_expiry", "check_table_indexes"]

# What DynamoDB allows of a table, and what the name of an index may look like.
_MOST_INDEXES = 20
_INDEX_NAME = re.compile(r"[a-zA-Z0-9_.-]{3,255}")
_EXPIRY = "ttl"
_Index = tuple[Subject, Field, str]


def check_table_indexes(subjects: Sequence[Subject]) -> None:
    """Complain about indexes that the table cannot have, and about items that they would refuse."""
    kept = [s for s in subjects if s.entity.kind is not Kind.PLAIN and s.entity.storage.home is Home.TABLE]
    first: dict[str, _Index] = {}
    for subject in kept:
        for index in _indexes(subject):
            _, field, attribute = index
            if attribute not in first and len(first) == _MOST_INDEXES:
                message = f"the index of `{attribute}` is one more than the {_MOST_INDEXES} that a table has"
                subject.complain(_place(subject, field), message, "leave one out, here or in another spec")
            elif not _INDEX_NAME.fullmatch(attribute):
                message = f"an index is named as its attribute, and DynamoDB takes no name like `{attribute}`"
                remedy = "store the field under 3 or more letters, digits and _ . -: `store: name`"
                subject.complain(_place(subject, field), message, remedy)
            else:
                first.setdefault(attribute, index)
    for subject in kept:
        for field in subject.entity.fields:
            if field.store is not None and field.store.name in first:
                _check_type(subject, field, first[field.store.name])


def check_expiry(subjects: Sequence[Subject]) -> None:
    """Complain about a second field where the table looks for the time of expiry."""
    for subject in subjects:
        storage = subject.entity.storage
        named = subject.fields.get(storage.ttl)
        if storage.home is not Home.TABLE or named is None or named.store is None:
            continue
        for field in subject.entity.fields:
            if field is not named and field.store is not None and field.store.name == _EXPIRY:
                message = f"`{field.name}` is stored as `{_EXPIRY}`, where the time of `{named.name}` belongs"
                subject.complain(field.location, message, "store it under another name, with `store`")


def _indexes(subject: Subject) -> Iterator[_Index]:
    """Yield the sound indexes of an entity, by its field and the attribute.

    Nothing is read for them: where one is asked for is only looked up for a complaint.
    """
    for name in subject.entity.storage.indexes:
        field = subject.fields.get(name)
        if field is not None and field.store is not None:
            yield subject, field, field.store.name


def _place(subject: Subject, field: Field) -> Place | None:
    """Return where the index of a field is asked for: in ``storage``, or as an order of lists."""
    nodes = (node for node in _asked(subject) if isinstance(node, Scalar) and node.text == field.name)
    return next((node.place for node in nodes), None)


def _asked(subject: Subject) -> Iterator[Node]:
    storage, api = subject.root.block("storage"), subject.root.block("api")
    table = storage.block(Home.TABLE.value) if storage else None
    yield from table.items("indexes") if table else ()
    yield from api.items("sort") if api else ()


def _check_type(subject: Subject, field: Field, index: _Index) -> None:
    owner, keyed, attribute = index
    if field is keyed or UNKNOWN in (field.type, keyed.type):
        return
    if is_text(field.type) == is_text(keyed.type) and is_number(field.type) == is_number(keyed.type):
        return
    place = _place(owner, keyed) or Place()
    where = f"line {place.line}" if owner is subject else str(owner.root.at(place))
    message = (
        f"`{field.name}` is {spell(field.type)}, but the table has an index of `{attribute}` ({where}), "
        f"which is {spell(keyed.type)}: DynamoDB would refuse every {subject.entity.names.human}"
    )
    subject.complain(field.location, message, "store one of them under another name, with `store`")
