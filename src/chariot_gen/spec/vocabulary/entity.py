"""The vocabulary of an entity's spec."""

from __future__ import annotations

from chariot_gen.model.entity import Kind, Marker
from chariot_gen.model.infrastructure import TriggerKind
from chariot_gen.spec import formats
from chariot_gen.spec.grammar import Choice, Either, Integer, Key, ListOf, MapOf, Record, Says, Text
from chariot_gen.spec.vocabulary import behaviour, fields, service, storage

__all__ = ["BUILTIN_MIXINS", "ENTITY"]

BUILTIN_MIXINS = ("tags", "history", "origination", "ml")

_NAMES = Record(
    {
        "snake": Key(Text(formats.FIELD_NAME), "Name of the files.", "new_entity"),
        "flat": Key(Text(formats.FLAT_NAME), "Name of the command and of the route.", "newentity"),
        "registry": Key(Text(formats.REGISTRY_NAME), "Name in the registry.", "newentity"),
        "plural": Key(Text(formats.FIELD_NAME), "Plural, as in the JSON of a list.", "new_entities"),
        "human": Key(Text(formats.HEADING), "Name within a sentence.", "new entity"),
        "human_plural": Key(Text(formats.HEADING), "Plural within a sentence.", "new entities"),
        "receiver": Key(Text(formats.RECEIVER), "Receiver of the methods.", "n"),
        "logical_id": Key(Text(formats.LOGICAL_ID), "Stem of the CloudFormation ids.", "NewEntity"),
    }
)

_MIXIN = Record(
    {
        "go": Key(behaviour.ENTITY_REF, "Plain entity of the backend to embed.", "CPE", required=True),
        "alias": Key(Text(formats.EXPORTED), "Name of the embedded field, where it would clash.", "AliasCPE"),
    }
)

_RELATIONSHIP = Record(
    {
        "label": Key(
            Text(formats.LABEL_OR_FIELD, says=Says.TEMPLATE),
            "Label of the edge, or the field that holds it.",
            "HAS_PORT",
            required=True,
        ),
        "from": Key(behaviour.ENTITY_REF, "Graph entity it starts at; any, unless set.", "Asset"),
        "to": Key(behaviour.ENTITY_REF, "Graph entity it ends at; any, unless set.", "Port"),
    }
)

_VISIT = MapOf(behaviour.FIELD_REF, behaviour.POLICY)

ENTITY = Record(
    {
        "entity": Key(behaviour.ENTITY_REF, "Go name of the entity.", "NewEntity", required=True),
        "renamed_from": Key(
            Text(formats.EXPORTED),
            "Name that the entity had; its files and what people wrote in them follow.",
            "OldEntity",
        ),
        "kind": Key(
            Choice(tuple(kind.value for kind in Kind)),
            "graph (a node), table (a DynamoDB item), relationship (an edge) or plain (a part of others).",
            "table",
            required=True,
        ),
        "description": Key(
            Text(), "One sentence; becomes the doc comment.", "An internet host.", required=True
        ),
        "names": Key(_NAMES, "Derived names, where they will not do.", {"plural": "indices"}),
        "aliases": Key(ListOf(Text(formats.REGISTRY_NAME)), "Further names in the registry.", ["aegis-mgmt"]),
        "labels": Key(
            ListOf(Text(formats.LABEL), minimum=1),
            "Labels of a node. The entity's name, unless set.",
            ["Host", "TTL"],
        ),
        "mixins": Key(
            ListOf(Either(scalar=Choice(BUILTIN_MIXINS), mapping=_MIXIN)),
            "Structs to embed: tags, history, origination, ml, or a plain entity.",
            ["tags", {"go": "CPE", "alias": "AliasCPE"}],
        ),
        "markers": Key(
            ListOf(Choice(tuple(marker.value for marker in Marker))), "Small capabilities.", ["partition"]
        ),
        "key": Key(
            behaviour.KEY,
            "How the key is built: text, {field}, {first|second}, {lower:field}, {upper:field}, "
            "{kebab:field}, [optional part].",
            "#host#{ip}",
        ),
        "types": Key(
            MapOf(Text(formats.EXPORTED), fields.STRUCT),
            "Nested types.",
            {"Position": {"desc": "One position.", "fields": {"title": {"desc": "Title of it."}}}},
        ),
        "enums": Key(
            MapOf(Text(formats.EXPORTED), fields.ENUM),
            "Named string types.",
            {"KeyRole": {"desc": "What the holder may do.", "values": ["admin", "readonly"]}},
        ),
        "field_sets": Key(
            MapOf(Text(formats.FIELD_NAME), fields.FIELD_SET),
            "Fields that share options; they come before those of `fields`.",
            {"contact": {"optional": True, "fields": {"city": {"desc": "City of residence."}}}},
        ),
        "fields": Key(
            fields.FIELDS, "The fields, in order.", {"ip": {"desc": "Address of the host.", "required": True}}
        ),
        "defaults": Key(
            MapOf(behaviour.FIELD_REF, behaviour.DEFAULT),
            "Values before anything is known: a constant, `now`, `empty`, {hours: n} or {generate: kind}.",
            {"status": "A", "created": "now", "ttl": {"hours": 720}},
        ),
        "normalise": Key(
            MapOf(behaviour.FIELD_REF, behaviour.NORMALISE),
            "Steps that bring a text into one form, in order. What callers send is normalised first; then "
            "fields are derived, and each is normalised as soon as it is; then the methods of `custom` run; "
            "the key is built last.",
            {"ip": ["trim", "lower"]},
        ),
        "derive": Key(
            MapOf(behaviour.FIELD_REF, behaviour.DERIVE),
            "Fields that are computed: a constant, `now`, {from: field} or {map: {...}, of: field, else: x}.",
            {"title": {"from": "name"}},
        ),
        "valid": Key(
            ListOf(behaviour.RULE),
            "What must hold of every value.",
            [{"field": "port", "min": 1, "max": 65535}],
        ),
        "constructor": Key(behaviour.CONSTRUCTOR, "Parameters of New<Entity>.", ["protocol", "port"]),
        "constructors": Key(
            MapOf(Text(formats.EXPORTED, says=Says.CONSTRUCTOR), behaviour.CONSTRUCTOR),
            "Several constructors by name.",
            {"NewPerson": ["email", "name"]},
        ),
        "visit": Key(_VISIT, "What happens to a field when the thing is seen again.", {"visited": "always"}),
        "merge": Key(_VISIT, "What happens to a field when a person edits the thing.", {"name": "if_set"}),
        "relationship": Key(
            _RELATIONSHIP, "The ends of an edge.", {"label": "HAS_PORT", "from": "Asset", "to": "Port"}
        ),
        "custom": Key(
            ListOf(behaviour.CUSTOM),
            "Methods that you write in the companion file and generated code calls.",
            ["normaliseURL", {"name": "checkOwner", "kind": "valid"}],
        ),
        "api": Key(service.API, "The HTTP API.", {"operations": ["create", "get", "list"]}),
        "services": Key(
            MapOf(Text(formats.FIELD_NAME, says=Says.SERVICE), service.SERVICE),
            "Outside services.",
            {
                "shodan": {
                    "description": "Shodan's REST API.",
                    "base_url": "https://api.shodan.io",
                    "calls": {"get_host": {"path": "/shodan/host/{ip}", "params": {"ip": {"in": "path"}}}},
                }
            },
        ),
        "storage": Key(
            storage.STORAGE,
            "Where the values are kept, where the kind does not say it, and how.",
            {"table": {"indexes": ["created"]}},
        ),
        "triggers": Key(
            ListOf(Choice(tuple(trigger.value for trigger in TriggerKind))),
            "What starts a Lambda. api, if there is an API; `[]`, without `api`, means that there is none.",
            ["api"],
        ),
        "memory": Key(Integer(128, 10_240), "Memory of each Lambda in MB.", 512, default=256),
        "timeout": Key(
            Text(formats.DURATION), "Time limit of each Lambda, in whole seconds.", "30s", default="10s"
        ),
        "concurrency": Key(
            Integer(0, 1000), "Reserved concurrent executions; 0 reserves none.", 10, default=0
        ),
    }
)
