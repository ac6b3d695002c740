"""One checked spec as an Entity."""

from __future__ import annotations

import re

from chariot_gen import names
from chariot_gen.model.api import Api
from chariot_gen.model.entity import Entity, Field, Kind, Marker, Mixin, Names, Relationship
from chariot_gen.model.infrastructure import Infrastructure, Trigger, TriggerKind
from chariot_gen.model.key import Key, Literal
from chariot_gen.spec.build.api import build_api
from chariot_gen.spec.build.behaviour import automatic_fields, build_behaviour
from chariot_gen.spec.build.fields import FieldBuilder, implicit_field
from chariot_gen.spec.build.services import build_services, milliseconds
from chariot_gen.spec.build.storage import build_storage
from chariot_gen.spec.document import Mapping, Scalar
from chariot_gen.spec.keys import TemplateError, parse_template
from chariot_gen.spec.problems import Problems
from chariot_gen.spec.reader import Block
from chariot_gen.spec.types import TypeReader

__all__ = ["build_entity"]

_MIXIN_TYPES = {"tags": "Tags", "history": "History", "origination": "OriginationData", "ml": "MLProperties"}


def build_entity(root: Block, types: TypeReader, problems: Problems) -> Entity:
    """Return the entity of a checked spec; what only building finds goes to ``problems``."""
    derived = _names(root)
    kind = _kind(root)
    behaviour = build_behaviour(root, derived.go)
    builder = FieldBuilder(types, problems, derived.human)
    read_only = automatic_fields(behaviour) | {"key", "username"}
    fields = builder.entity_fields(root, read_only)
    services = build_services(root, builder)
    api = build_api(root, kind, derived, services, fields)
    relationship = _relationship(root.block("relationship"))
    key = _key(root, relationship, problems)
    return Entity(
        names=derived,
        kind=kind,
        description=root.text("description"),
        fields=(*fields, *_implicit_fields(kind, derived, fields, root)),
        location=root.location("entity"),
        spec_path=root.path,
        behaviour=behaviour,
        infrastructure=_infrastructure(root, derived, api),
        key=None if kind is Kind.PLAIN else key,
        aliases=root.texts("aliases"),
        labels=root.texts("labels") or ((derived.go,) if kind is Kind.GRAPH else ()),
        mixins=tuple(_mixin(root, node) for node in root.items("mixins")),
        markers=tuple(Marker(text) for text in root.texts("markers")),
        structs=tuple(builder.struct(entry, block) for entry, block in root.blocks("types")),
        enums=tuple(builder.enum(entry, block) for entry, block in root.blocks("enums")),
        relationship=relationship if kind is Kind.RELATIONSHIP else None,
        api=api,
        services=services,
        storage=build_storage(root, kind),
    )


def _kind(root: Block) -> Kind:
    """Return the kind; where it was refused, the one that the rest of the spec looks like."""
    if root.text("kind"):
        return Kind(root.text("kind"))
    return Kind.RELATIONSHIP if root.has("relationship") else Kind.TABLE


def _names(root: Block) -> Names:
    go = root.text("entity")
    said = root.block("names")

    def name(key: str, derived: str) -> str:
        return (said.text(key) if said else "") or derived

    flat = name("flat", names.flat(go))
    human = name("human", names.human(go))
    human_plural = name("human_plural", names.plural(human))
    return Names(
        go=go,
        snake=name("snake", names.snake(go)),
        flat=flat,
        registry=name("registry", names.flat(go)),
        camel=names.camel(go),
        plural=name("plural", re.sub("[^a-z0-9]+", "", human_plural.lower())),
        human=human,
        human_plural=human_plural,
        receiver=name("receiver", names.receiver(go)),
        logical_id=name("logical_id", go),
    )


def _implicit_fields(kind: Kind, derived: Names, fields: tuple[Field, ...], root: Block) -> tuple[Field, ...]:
    at = root.location("key") if root.has("key") else root.location("entity")
    declared = {field.name for field in fields}
    added: list[Field] = []
    if kind is Kind.RELATIONSHIP:
        ends = {"source": "starts", "target": "ends"}
        added += [
            implicit_field(end, f"Key of the node that the {derived.human} {verb} at.", at, read_only=False)
            for end, verb in ends.items()
            if end not in declared
        ]
    if kind is not Kind.PLAIN and "key" not in declared:
        added.append(implicit_field("key", f"Unique key of the {derived.human}.", at, read_only=True))
    return tuple(added)


def _mixin(root: Block, node: object) -> Mixin:
    if isinstance(node, Mapping):
        entry = node.entry("go")
        alias = node.entry("alias")
        go = entry.value.text if entry and isinstance(entry.value, Scalar) else ""
        renamed = alias.value.text if alias and isinstance(alias.value, Scalar) else ""
        return Mixin(go, "", renamed, root.at(node.place))
    assert isinstance(node, Scalar)  # noqa: S101 - a promise of the vocabulary
    return Mixin(_MIXIN_TYPES[node.text], node.text, "", root.at(node.place))


def _relationship(block: Block | None) -> Relationship | None:
    if block is None:
        return None
    label = block.text("label")
    field = label[1:-1] if label.startswith("{") else ""
    return Relationship("" if field else label, field, block.text("from"), block.text("to"))


def _key(root: Block, relationship: Relationship | None, problems: Problems) -> Key | None:
    node = root.value("key")
    options = root.block("key")
    if options is not None:
        node = options.value("template")
    if isinstance(node, Scalar):
        template = node.text
    elif node is None and relationship is not None:
        label = relationship.label or f"{{{relationship.label_field}}}"
        template = f"{{source}}#{label}{{target}}"
    else:
        return None
    try:
        parts = parse_template(template, options.text("join") if options else ",")
    except TemplateError as error:
        if isinstance(node, Scalar):
            place = problems.within(node.place, template, error.start, error.length)
            problems.add(place, f"in the key template, {error.message}", error.remedy)
        return None
    prefix = parts[0].text if parts and isinstance(parts[0], Literal) else ""
    if options is None:
        return Key(template, parts, prefix)
    return Key(
        template, parts, prefix, options.flag("if_empty"), options.integer("max"), options.text("truncate")
    )


def _infrastructure(root: Block, derived: Names, api: Api | None) -> Infrastructure:
    kinds = root.texts("triggers") if root.has("triggers") else (("api",) if api else ())
    if api is not None and not api.is_rest:
        # The one function that serves the contract of all entities is none of this one.
        kinds = tuple(kind for kind in kinds if kind != TriggerKind.API.value)
    at = root.location("triggers") if root.has("triggers") else root.location("entity")
    triggers = tuple(Trigger(TriggerKind(kind), derived.flat, at) for kind in kinds)
    seconds = milliseconds(root.text("timeout")) // 1000
    return Infrastructure(triggers, root.integer("memory"), seconds, root.integer("concurrency"))
