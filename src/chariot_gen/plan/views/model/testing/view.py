"""The view of ``ENTITY_test.go``: what can be shown of the entity, and only that."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from chariot_gen import names
from chariot_gen.model.backend import Backend
from chariot_gen.model.behaviour import DefaultKind, DeriveKind
from chariot_gen.model.entity import Entity, Enum, Field, Kind, Marker
from chariot_gen.model.types import NamedKind, NamedType
from chariot_gen.plan import golang, samples
from chariot_gen.plan.views.model import expressions
from chariot_gen.plan.views.model.fields import store_key
from chariot_gen.plan.views.model.hooks import has_hooks
from chariot_gen.plan.views.model.key import required_placeholders
from chariot_gen.plan.views.model.mixins import validates
from chariot_gen.plan.views.model.scope import Scope
from chariot_gen.plan.views.model.testing.common import Row, TestScope, spelled
from chariot_gen.plan.views.model.testing.constructors import (
    ComparisonView,
    ConstructorTestView,
    constructor_tests,
)
from chariot_gen.plan.views.model.testing.defaults import DefaultTestView, default_tests
from chariot_gen.plan.views.model.testing.hooks import hook_rows, refused_key_rows
from chariot_gen.plan.views.model.testing.merging import MergeTestView, merge_tests
from chariot_gen.plan.views.model.testing.validity import accepted_rows, refused_rows

__all__ = ["ModelTestView", "model_test_view"]


class EnumTestView(msgspec.Struct, frozen=True):
    """One enum: its test, its type, the function that lists its values, and their texts."""

    test_name: str
    type: str
    values: str
    texts: str


class ModelTestView(msgspec.Struct, frozen=True):
    """All that ``ENTITY_test.go`` prints."""

    imports: str
    type_name: str
    noun: str
    sample_name: str
    has_sample: bool
    assignments: tuple[str, ...]
    registered: str
    labels: str
    markers: tuple[str, ...]
    comparisons: tuple[ComparisonView, ...]
    nodes: bool
    username: str
    defaults: tuple[DefaultTestView, ...]
    compares_defaults: bool
    hook_rows: tuple[Row, ...]
    refused_keys: tuple[Row, ...]
    is_valid: bool
    accepted: tuple[Row, ...]
    refused: tuple[Row, ...]
    constructors: tuple[ConstructorTestView, ...]
    merges: tuple[MergeTestView, ...]
    has_round_trip: bool
    volatile: tuple[str, ...]
    store_key: str
    transient: str
    enums: tuple[EnumTestView, ...]


def model_test_view(backend: Backend, entity: Entity) -> ModelTestView:
    """Return the view of an entity's tests."""
    scope = Scope(backend, entity, variable="m", package="model")
    sample = samples.entity_sample(backend, entity)
    test = TestScope(scope, sample, _is_testable(scope, sample))
    checked = entity.kind is not Kind.PLAIN or validates(entity)
    is_valid = test.is_testable and checked and sample.is_valid
    view = ModelTestView(
        imports="",
        type_name=entity.names.go,
        noun=f"{names.article(entity.names.human)} {entity.names.human}",
        sample_name=f"sample{entity.names.go}",
        has_sample=test.is_testable,
        assignments=_assignments(test) if test.is_testable else (),
        registered=", ".join(golang.string_literal(name) for name in _registered(entity)),
        labels=_labels(entity),
        markers=_markers(entity),
        comparisons=_comparisons(test),
        nodes=entity.relationship is not None,
        username=_username(scope),
        defaults=default_tests(test),
        compares_defaults=any(d.kind is DefaultKind.GENERATE for d in entity.behaviour.defaults),
        hook_rows=hook_rows(test) if test.is_testable else (),
        refused_keys=refused_key_rows(test) if test.is_testable else (),
        is_valid=is_valid,
        accepted=accepted_rows(test) if is_valid else (),
        refused=refused_rows(test) if test.is_testable and checked else (),
        constructors=constructor_tests(test, can_fail=has_hooks(backend, entity)),
        merges=merge_tests(test),
        has_round_trip=test.is_testable and _round_trips(backend, entity),
        volatile=_volatile(scope) if test.is_testable else (),
        store_key=golang.string_literal(store_key(entity.kind)),
        transient=_transient(entity),
        enums=tuple(_enum(enum) for enum in entity.enums),
    )
    return replace(view, imports=_imports(scope, view))


def _enum(enum: Enum) -> EnumTestView:
    texts = ", ".join(golang.string_literal(text) for _, text in enum.values)
    return EnumTestView(f"Test{enum.go}", enum.go, f"{enum.go}Values", texts)


def _imports(scope: Scope, view: ModelTestView) -> str:
    scope.use("testing")
    scope.own("model/model")
    scope.registry()
    needed = {
        "errors": bool(view.refused_keys or view.refused or any(c.zeros for c in view.constructors)),
        "slices": bool(view.labels or view.refused or view.refused_keys or view.enums),
        "reflect": bool(view.transient or view.hook_rows or view.has_round_trip or _has_rows(view)),
        "encoding/json": view.has_round_trip,
        "testing/synctest": bool(view.defaults),
    }
    for path in (path for path, is_needed in needed.items() if is_needed):
        scope.use(path)
    if needed["errors"]:
        scope.own("validation")
    return scope.import_block()


def _has_rows(view: ModelTestView) -> bool:
    return any(merge.rows for merge in view.merges)


def _is_testable(scope: Scope, sample: samples.EntitySample) -> bool:
    """Report whether the hooks certainly accept the sample: every part of the key has a value."""
    entity, key = scope.entity, scope.entity.key
    if key is None:
        return True
    filled = set(sample.fields) | {default.field for default in entity.behaviour.defaults}
    filled |= {derive.field for derive in entity.behaviour.derive if derive.kind is not DeriveKind.LOOKUP}
    return all(filled & set(part.fields) for part in required_placeholders(scope, key))


def _assignments(test: TestScope) -> tuple[str, ...]:
    scope, given = test.scope, test.sample.fields
    fields = [field for field in scope.entity.fields if field.name in given]
    return tuple(f"{scope.path(f)} = {spelled(scope, f, given[f.name].value).go}" for f in fields)


def _registered(entity: Entity) -> tuple[str, ...]:
    return tuple(dict.fromkeys((entity.names.go.lower(), entity.names.registry, *entity.aliases)))


def _labels(entity: Entity) -> str:
    if entity.kind is not Kind.GRAPH:
        return ""
    return ", ".join(golang.string_literal(label) for label in entity.labels or (entity.names.go,))


def _markers(entity: Entity) -> tuple[str, ...]:
    """Return the methods without a body, which only a compile-time contract can show."""
    table = ("TableModel()",) if entity.kind is Kind.TABLE else ()
    return (*table, "Standalone()") if Marker.STANDALONE in entity.markers else table


def _comparisons(test: TestScope) -> tuple[ComparisonView, ...]:
    """Return what the plain methods return of the sample."""
    scope, entity, given = test.scope, test.scope.entity, test.sample.fields
    pairs = [("GetDescription()", golang.string_literal(entity.description))]
    if not test.is_testable:
        return tuple(_comparison(scope, call, want) for call, want in pairs)
    if entity.key:
        built = test.sample.key is not None
        pairs.append(
            ("GetKey()", golang.string_literal(test.sample.key or "") if built else f"{scope.variable}.Key")
        )
    if Marker.PARTITION in entity.markers:
        pairs.append(("GetPartitionKey()", f"{scope.variable}.Key"))
    relationship = entity.relationship
    if relationship and not relationship.label_field:
        pairs.append(("Label()", golang.string_literal(relationship.label)))
    if relationship and relationship.label_field in given:
        pairs.append(("Label()", expressions.text(scope, entity.field(relationship.label_field))))
    if Marker.AGENT in entity.markers:
        pairs.append(("GetAgent()", _agent(scope, entity)))
    if entity.holds_secret:
        logged = f"{scope.variable}.Key" if entity.key else golang.string_literal(entity.names.human)
        pairs.append(("LogValue().String()", logged))
    return tuple(_comparison(scope, call, want) for call, want in pairs)


def _comparison(scope: Scope, call: str, want: str) -> ComparisonView:
    return ComparisonView(f"{scope.variable}.{call}", want, golang.string_literal(f"{call} = %q, want %q"))


def _agent(scope: Scope, entity: Entity) -> str:
    own = next((field for field in entity.fields if field.name == "agent"), None)
    if own:
        return expressions.text(scope, own)
    embeds = any(mixin.builtin == "ml" for mixin in entity.mixins)
    return f"{scope.variable}.Agent" if embeds else golang.string_literal(entity.names.flat)


def _round_trips(backend: Backend, entity: Entity) -> bool:
    """Report whether the entity has anything to write as JSON, and can be read from that again."""
    return bool(entity.fields or entity.mixins) and not _holds_models(backend, entity.fields)


def _holds_models(backend: Backend, fields: tuple[Field, ...]) -> bool:
    """
    Report whether a field always holds another entity.

    Reading it from JSON calls that entity's own hooks, for which there is no sample.
    """
    for field in fields:
        kind = field.type
        if field.optional or not isinstance(kind, NamedType):
            continue
        struct = samples.struct_named(backend, kind.name)
        if kind.kind is NamedKind.ENTITY or (struct and _holds_models(backend, struct.fields)):
            return True
    return False


def _volatile(scope: Scope) -> tuple[str, ...]:
    """Return the fields that every run of the hooks sets anew."""
    derived = (d.field for d in scope.entity.behaviour.derive if d.kind is DeriveKind.NOW)
    return tuple(scope.entity.field(name).go for name in derived)


def _username(scope: Scope) -> str:
    """Return the value that ``SetUsername`` sets, empty where there is no such method."""
    owner = next((field for field in scope.entity.fields if field.name == "username"), None)
    return expressions.value(scope, owner) if owner and Marker.AGENT in scope.entity.markers else ""


def _transient(entity: Entity) -> str:
    stored = store_key(entity.kind)
    return ", ".join(golang.string_literal(f.go) for f in entity.fields if stored and _is_left_out(f))


def _is_left_out(field: Field) -> bool:
    return field.transient or field.store is None
