"""The view of ``ENTITY.go``: everything that the file of a model prints."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from chariot_gen import names
from chariot_gen.model.backend import Backend
from chariot_gen.model.entity import Entity, Kind, Marker
from chariot_gen.plan import golang
from chariot_gen.plan.views.model import expressions
from chariot_gen.plan.views.model.constructors import ConstructorView, constructor_views
from chariot_gen.plan.views.model.defaults import default_lines
from chariot_gen.plan.views.model.fields import (
    EnumView,
    FieldView,
    StructView,
    enum_views,
    field_views,
    struct_views,
    type_doc,
)
from chariot_gen.plan.views.model.hooks import HookView, has_hooks, hook_views
from chariot_gen.plan.views.model.merging import MergeMethodView, merge_methods
from chariot_gen.plan.views.model.mixins import AliasView, alias_views, embedded
from chariot_gen.plan.views.model.patterns import PatternView, pattern_views
from chariot_gen.plan.views.model.scope import Scope
from chariot_gen.plan.views.model.validity import CheckView, check_views

__all__ = ["KindView", "MarkerView", "ModelView", "model_view"]


class KindView(msgspec.Struct, frozen=True):
    """What the kind adds: labels, the table's marker, or the ends of an edge."""

    labels: str
    is_table: bool
    label: str
    source: str
    target: str


class MarkerView(msgspec.Struct, frozen=True):
    """The expressions behind the marker methods; empty where there is no such marker."""

    is_standalone: bool
    partition: str
    agent: str
    username: str


class ModelView(msgspec.Struct, frozen=True):
    """All that ``ENTITY.go`` prints."""

    imports: str
    doc: str
    type_name: str
    noun: str
    receiver: str
    registration: str
    description: str
    embeds: str
    patterns: tuple[PatternView, ...]
    fields: tuple[FieldView, ...]
    constructors: tuple[ConstructorView, ...]
    can_fail: bool
    kind: KindView
    markers: MarkerView
    has_key: bool
    logged: str
    defaults: tuple[str, ...]
    hooks: tuple[HookView, ...]
    inner_hooks: str
    checks: tuple[CheckView, ...]
    verdict: str
    methods: tuple[MergeMethodView, ...]
    structs: tuple[StructView, ...]
    enums: tuple[EnumView, ...]
    aliases: tuple[AliasView, ...]


def model_view(backend: Backend, entity: Entity) -> ModelView:
    """Return the view of an entity's type."""
    scope = Scope(backend, entity, variable=entity.names.receiver)
    inner = embedded(backend, entity)
    hooks = hook_views(scope)
    noun = entity.names.human
    view = ModelView(
        imports="",
        doc=golang.doc_comment(type_doc(entity.names.go, entity.description)),
        type_name=entity.names.go,
        noun=f"{names.article(noun)} {noun}",
        receiver=entity.names.receiver,
        registration=_registration(entity),
        description=golang.string_literal(entity.description),
        embeds="\n\t".join(("registry.BaseModel", *inner.all)),
        patterns=pattern_views(scope),
        fields=field_views(scope, entity.fields),
        constructors=constructor_views(scope),
        can_fail=has_hooks(backend, entity),
        kind=_kind(scope),
        markers=_markers(scope),
        has_key=entity.key is not None,
        logged=_logged(scope),
        defaults=default_lines(scope, inner.defaulted),
        hooks=hooks,
        inner_hooks=_inner_hooks(scope, inner.hooked, alone=not hooks),
        checks=check_views(scope),
        verdict=_verdict(scope, inner.validated),
        methods=merge_methods(scope),
        structs=struct_views(scope),
        enums=enum_views(scope),
        aliases=alias_views(entity),
    )
    return replace(view, imports=_imports(scope, view))


def _logged(scope: Scope) -> str:
    """Return what a log line says of a value with a secret in it; empty where there is none."""
    if not scope.entity.holds_secret:
        return ""
    scope.imports.add("log/slog")
    return f"{scope.variable}.Key" if scope.entity.key else golang.string_literal(scope.entity.names.human)


def _imports(scope: Scope, view: ModelView) -> str:
    scope.registry()
    if view.checks or any(struct.checks for struct in view.structs):
        scope.own("validation")
    return scope.import_block()


def _registration(entity: Entity) -> str:
    """Return the arguments of the registration: the type, then its other names."""
    known = entity.names.go.lower()
    others = dict.fromkeys((entity.names.registry, *entity.aliases))
    aliases = (golang.string_literal(name) for name in others if name.lower() != known)
    return ", ".join((f"&{entity.names.go}{{}}", *aliases))


def _kind(scope: Scope) -> KindView:
    entity, relationship = scope.entity, scope.entity.relationship
    labels = ", ".join(golang.string_literal(label) for label in entity.labels or (entity.names.go,))
    if relationship is None:
        is_graph = entity.kind is Kind.GRAPH
        return KindView(labels if is_graph else "", entity.kind is Kind.TABLE, label="", source="", target="")
    by_field = relationship.label_field and expressions.text(scope, entity.field(relationship.label_field))
    return KindView(
        labels="",
        is_table=False,
        label=by_field or golang.string_literal(relationship.label),
        source=scope.path(entity.field("source")),
        target=scope.path(entity.field("target")),
    )


def _markers(scope: Scope) -> MarkerView:
    entity, markers = scope.entity, scope.entity.markers
    by_name = {field.name: field for field in entity.fields}
    agent = username = ""
    if Marker.AGENT in markers:
        own = by_name.get("agent")
        embeds_agent = any(mixin.builtin == "ml" for mixin in entity.mixins)
        flat = golang.string_literal(entity.names.flat)
        agent = expressions.text(scope, own) if own else f"{scope.variable}.Agent" if embeds_agent else flat
        owner = by_name.get("username")
        username = f"{scope.path(owner)} = {'&' if owner.optional else ''}username" if owner else ""
    return MarkerView(
        is_standalone=Marker.STANDALONE in markers,
        partition=f"{scope.variable}.Key" if Marker.PARTITION in markers else "",
        agent=agent,
        username=username,
    )


def _inner_hooks(scope: Scope, hooked: tuple[str, ...], *, alone: bool) -> str:
    """Return the hooks of the embedded entities, joined, to which the own ones are appended."""
    calls = [f"{scope.variable}.{name}.GetHooks()" for name in hooked]
    if len(calls) > 1 or (calls and not alone):
        scope.use("slices")
    return ", ".join(calls)


def _verdict(scope: Scope, validated: tuple[str, ...]) -> str:
    """Return what ``Validate`` returns: the checker's errors, and those of embedded entities."""
    if not validated:
        return "checker.Err()"
    calls = ", ".join(f"{scope.variable}.{name}.Validate()" for name in validated)
    return f"{scope.use('errors')}.Join(checker.Err(), {calls})"
