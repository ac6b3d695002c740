"""Every name of a field, type or entity that a spec uses is declared."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from chariot_gen.model.behaviour import Derive
from chariot_gen.model.entity import Kind
from chariot_gen.model.key import OptionalSegment, Placeholder
from chariot_gen.spec.document import Mapping, Node, Scalar, Sequence
from chariot_gen.spec.formats import FIELD_NAME
from chariot_gen.spec.problems import remedy_for
from chariot_gen.spec.rules.subject import Subject, World
from chariot_gen.spec.source import Place

__all__ = ["check_entity_names", "check_field_names", "check_key_fields", "check_order_of_derivation"]


def check_field_names(subject: Subject, _world: World) -> None:
    """Complain about every reference to a field that does not exist."""
    for block, extra in (
        ("defaults", ()),
        ("normalise", ()),
        ("derive", ()),
        ("visit", subject.mixins),
        ("merge", subject.mixins),
    ):
        for entry in subject.root.entries(block):
            _refer(subject, entry.key, entry.place, f"`{block}`", extra)
    for scalar, what in _named_fields(subject):
        _refer(subject, scalar.text, scalar.place, what)
    for _, service in subject.root.blocks("services"):
        for _, call in service.blocks("calls"):
            for entry in call.entries("map"):
                _refer(subject, entry.key, entry.place, "`map`")


def check_key_fields(subject: Subject, _world: World) -> None:
    """Complain about unknown fields in the key template, each at its own place."""
    key = subject.entity.key
    at = subject.root.location("key")
    if key is None or not subject.root.has("key"):
        return
    block = subject.root.block("key")
    at = block.location("template") if block else at
    for part in key.parts:
        for piece in part.parts if isinstance(part, OptionalSegment) else (part,):
            for name in piece.fields if isinstance(piece, Placeholder) else ():
                start = max(key.template.find(name), 0)
                place = subject.problems.within(at, key.template, start, len(name))
                _refer(subject, name, place, "the key template")


def check_order_of_derivation(subject: Subject, _world: World) -> None:
    """Complain about fields derived from themselves or from what is derived after them."""
    derived: dict[str, Derive] = {derive.field: derive for derive in subject.entity.behaviour.derive}
    done: set[str] = set()
    for derive in subject.entity.behaviour.derive:
        if derive.source in derived and derive.source not in done:
            message = f"`{derive.field}` is derived from `{derive.source}`, which is not derived before it"
            subject.complain(derive.location, message, "put the source first, and leave no circle")
        done.add(derive.field)


def check_entity_names(subject: Subject, world: World) -> None:
    """Complain about ends of edges, mixins and constructors that name no fitting type."""
    block = subject.root.block("relationship")
    for end in ("from", "to"):
        if block is not None and block.text(end):
            _name_of_kind(subject, block.value(end), world, Kind.GRAPH)
    for node in subject.root.items("mixins"):
        if isinstance(node, Mapping) and (entry := node.entry("go")) is not None:
            _name_of_kind(subject, entry.value, world, Kind.PLAIN)
    for constructor in _constructors(subject):
        if isinstance(constructor, Mapping) and (entry := constructor.entry("from")) is not None:
            _name(subject, entry.value, [*world.entities, *world.structs], "type or entity")


def _refer(subject: Subject, name: str, place: Place, what: str, extra: Collection[str] = ()) -> None:
    if name in subject.fields or name in extra or not FIELD_NAME.matches(name):
        return
    subject.complain(
        place, f"{what} names `{name}`, which is no field", remedy_for(name, {*subject.fields, *extra})
    )


def _name(subject: Subject, node: Node | None, known: Collection[str], noun: str) -> None:
    if isinstance(node, Scalar) and node.text and node.text not in known:
        remedy = remedy_for(node.text, known, f"add a spec for it, or name another {noun}")
        subject.complain(node.place, f"there is no {noun} `{node.text}`", remedy)


def _name_of_kind(subject: Subject, node: Node | None, world: World, kind: Kind) -> None:
    """Complain about a name that is not of an entity of this kind, and tell another kind from none."""
    other = world.entities.get(node.text) if isinstance(node, Scalar) else None
    if node is not None and other is not None and other.kind is not kind:
        message = f"`{other.names.go}` is of kind {other.kind}, and this takes an entity of kind {kind}"
        subject.complain(
            node.place, message, f"name an entity of kind {kind}, or change the kind of that one"
        )
        return
    known = [name for name, entity in world.entities.items() if entity.kind is kind]
    _name(subject, node, known, f"{kind} entity")


def _named_fields(subject: Subject) -> Iterator[tuple[Scalar, str]]:
    """Yield every scalar that names a field of the entity, with who names it."""
    root = subject.root
    for rule in root.items("valid"):
        yield from _scalars(rule, "field", "the rule")
        yield from _scalars(rule, "any_of", "`any_of`")
    for _, node in ((entry.key, entry.value) for entry in root.entries("derive")):
        yield from _scalars(node, "from", "`from`")
        yield from _scalars(node, "of", "`of`")
    for constructor in _constructors(subject):
        yield from _items(constructor, "the constructor")
        yield from _scalars(constructor, "params", "the constructor")
    yield from _scalars(root.value("key"), "truncate", "`truncate`")
    for _, service in root.blocks("services"):
        for _, call in service.blocks("calls"):
            for _, param in call.blocks("params"):
                yield from _scalars(param.node, "field", "`field`")
    relationship = root.value("relationship")
    for scalar, what in _scalars(relationship, "label", "the label"):
        if scalar.text.startswith("{"):
            yield Scalar(scalar.value, scalar.text[1:-1], scalar.place), what


def _scalars(node: Node | None, key: str, what: str) -> Iterator[tuple[Scalar, str]]:
    entry = node.entry(key) if isinstance(node, Mapping) else None
    if entry is not None:
        yield from _items(entry.value, what)


def _items(node: Node, what: str) -> Iterator[tuple[Scalar, str]]:
    for item in node.items if isinstance(node, Sequence) else (node,):
        if isinstance(item, Scalar) and item.value is not None:
            yield item, what


def _constructors(subject: Subject) -> Iterator[Node]:
    node = subject.root.value("constructor")
    if node is not None:
        yield node
    yield from (entry.value for entry in subject.root.entries("constructors"))
