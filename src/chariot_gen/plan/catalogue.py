"""The one table of every file that can be emitted: where, for what, owned by whom, with which view.

A template lies at the path of its output, with ``ENTITY``, ``COMMAND`` and ``SERVICE``
standing for the names and ``.jinja`` at the end; a file without it is copied as it is.
A template whose name begins with an underscore is a part that others include.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any

import msgspec

from chariot_gen.files import Ownership
from chariot_gen.model.backend import Backend
from chariot_gen.model.entity import Entity
from chariot_gen.model.infrastructure import Trigger
from chariot_gen.plan.views.api_command import (
    api_backend_view,
    api_command_tests_view,
    api_command_view,
)
from chariot_gen.plan.views.api_stack import api_stack_view
from chariot_gen.plan.views.chariot import chariot_view
from chariot_gen.plan.views.chariot_tests import chariot_tests_view
from chariot_gen.plan.views.command import (
    CommandTestsView,
    CommandView,
    command_tests_view,
    command_view,
)
from chariot_gen.plan.views.data_files import DATA_FILES
from chariot_gen.plan.views.files import files_view, has_files
from chariot_gen.plan.views.graph import migrate_view, uses_graph
from chariot_gen.plan.views.handler import handler_view
from chariot_gen.plan.views.handler_tests import handler_tests_view
from chariot_gen.plan.views.handlers import (
    collections_test_view,
    failure_view,
    handlers_test_view,
    package_tests_view,
    prepare_view,
    refreshes,
)
from chariot_gen.plan.views.identity_files import AUTHORIZER_FILES, IDENTITY_FILES
from chariot_gen.plan.views.local import (
    docs_view,
    local_backend_view,
    local_issuer_view,
    local_tests_view,
    local_view,
)
from chariot_gen.plan.views.model import custom_view, mixins_used, model_test_view, model_view
from chariot_gen.plan.views.openapi import openapi_view
from chariot_gen.plan.views.project import go_mod_view, makefile_view, readme_view
from chariot_gen.plan.views.service import (
    has_path_params,
    has_services,
    service_package_view,
    service_view,
)
from chariot_gen.plan.views.service_tests import service_test_view
from chariot_gen.plan.views.shared import CHARIOT_FILES, HTTP_FILES, shared_view
from chariot_gen.plan.views.stack import data_stack_view, entity_stack_view, root_stack_view
from chariot_gen.plan.views.table import table_indexes_view

__all__ = ["CATALOGUE", "Row", "Scope"]


class Scope(StrEnum):
    """How many files a row stands for: one, or one per entity, per service, per command."""

    BACKEND = "backend"
    ENTITY = "entity"
    SERVICE = "service"
    COMMAND = "command"


def _always(_: Backend) -> bool:
    return True


def _every(_: Entity) -> bool:
    return True


class Row(msgspec.Struct, frozen=True):
    """One row of the table.

    ``build`` takes the backend, then what the scope names. ``applies`` drops the row
    for a whole backend, ``concerns`` for one entity. A ``composed`` file of the
    backend changes with the set of its entities; one that ``yields`` gives way to a
    file that was there before. A ``verbatim`` file has no holes. The view of one that
    ``recalls`` takes the pieces that earlier runs made of single entities besides.
    """

    path: str
    scope: Scope
    ownership: Ownership
    build: Callable[..., Any]
    applies: Callable[[Backend], bool] = _always
    concerns: Callable[[Entity], bool] = _every
    composed: bool = False
    yields: bool = False
    verbatim: bool = False
    recalls: bool = False

    @property
    def template(self) -> str:
        """The template's path below ``template/backend``."""
        return self.path if self.verbatim else f"{self.path}.jinja"


def _has_rest(entity: Entity) -> bool:
    return entity.api is not None and entity.api.is_rest


def _has_custom(entity: Entity) -> bool:
    return bool(entity.behaviour.custom)


def _serves(backend: Backend) -> bool:
    return bool(backend.served)


def _has_chariot(entity: Entity) -> bool:
    return entity.api is not None and entity.api.is_chariot


def _serves_chariot(backend: Backend) -> bool:
    return bool(backend.chariot)


def _owns_registry(backend: Backend) -> bool:
    return backend.settings.tabularium is None


def _mixes(builtin: str) -> Callable[[Backend], bool]:
    return lambda backend: builtin in mixins_used(backend)


def _main_view(backend: Backend, entity: Entity, _: Trigger) -> CommandView:
    return command_view(backend, entity)


def _main_tests_view(backend: Backend, entity: Entity, _: Trigger) -> CommandTestsView:
    return command_tests_view(backend, entity)


_GENERATED, _MERGED, _SEEDED = Ownership.GENERATED, Ownership.MERGED, Ownership.SEEDED
_BACKEND, _ENTITY, _SERVICE, _COMMAND = Scope.BACKEND, Scope.ENTITY, Scope.SERVICE, Scope.COMMAND

# The same for every backend but for the module path.
_SHARED = (
    *(path for path in HTTP_FILES if not path.startswith("pkg/registry/")),
    *DATA_FILES,
    *IDENTITY_FILES,
    "pkg/model/identifier/identifier.go",
    "pkg/model/identifier/identifier_test.go",
    "pkg/model/model/clock.go",
    "pkg/model/model/clock_test.go",
    "pkg/model/model/doc.go",
    "pkg/model/optional/optional.go",
    "pkg/model/optional/optional_test.go",
    "pkg/model/text/text.go",
    "pkg/model/text/text_test.go",
)
_REGISTRY = tuple(path for path in HTTP_FILES if path.startswith("pkg/registry/"))
_HOUSEKEEPING = (".gitattributes", ".github/workflows/ci.yml", ".gitignore", ".golangci.yml")
# The built-in mixins by their names in a spec, and the files that hold them.
_MIXINS = (("history", "history"), ("ml", "ml"), ("origination", "origination"), ("tags", "tags"))

CATALOGUE: tuple[Row, ...] = (
    # For each entity.
    Row("pkg/model/model/ENTITY.go", _ENTITY, _MERGED, model_view),
    Row("pkg/model/model/ENTITY_test.go", _ENTITY, _MERGED, model_test_view),
    Row("pkg/model/model/ENTITY_custom.go", _ENTITY, _SEEDED, custom_view, concerns=_has_custom),
    Row("pkg/handler/handlers/ENTITY_handler.go", _ENTITY, _MERGED, handler_view, concerns=_has_rest),
    Row(
        "pkg/handler/handlers/ENTITY_handler_test.go",
        _ENTITY,
        _MERGED,
        handler_tests_view,
        concerns=_has_rest,
    ),
    Row("pkg/handler/handlers/ENTITY_chariot.go", _ENTITY, _MERGED, chariot_view, concerns=_has_chariot),
    Row(
        "pkg/handler/handlers/ENTITY_chariot_test.go",
        _ENTITY,
        _MERGED,
        chariot_tests_view,
        concerns=_has_chariot,
    ),
    Row("cf-templates/ENTITY_resources.yaml", _ENTITY, _MERGED, entity_stack_view, concerns=_has_rest),
    # For each Lambda main.
    Row("cmd/COMMAND/main.go", _COMMAND, _MERGED, _main_view, concerns=_has_rest),
    Row("cmd/COMMAND/main_test.go", _COMMAND, _MERGED, _main_tests_view, concerns=_has_rest),
    # For each outside service.
    Row("pkg/service/SERVICE_client.go", _SERVICE, _MERGED, service_view),
    Row("pkg/service/SERVICE_client_test.go", _SERVICE, _MERGED, service_test_view),
    # Once, composed from all entities.
    *(
        Row(path, _BACKEND, _GENERATED, build, applies, composed=True)
        for path, build, applies in (
            ("cf-templates/api_resources.yaml", api_stack_view, _serves_chariot),
            ("cf-templates/data_resources.yaml", data_stack_view, _always),
            ("cmd/api/backend.go", api_backend_view, _serves_chariot),
            ("cmd/api/main.go", api_command_view, _serves_chariot),
            ("cmd/api/main_test.go", api_command_tests_view, _serves_chariot),
            ("cmd/local/backend.go", local_backend_view, _always),
            ("cmd/local/main.go", local_view, _always),
            ("cmd/local/main_test.go", local_tests_view, _always),
            ("cmd/migrate/main.go", migrate_view, uses_graph),
            ("cmd/migrate/main_test.go", shared_view, uses_graph),
            ("pkg/handler/handlers/failure.go", failure_view, refreshes),
            ("pkg/handler/handlers/files.go", files_view, has_files),
            ("pkg/handler/handlers/files_test.go", shared_view, has_files),
            ("pkg/handler/handlers/handlers_test.go", handlers_test_view, _serves),
            ("pkg/app/table.go", table_indexes_view, _always),
            ("pkg/service/doc.go", service_package_view, has_services),
            ("pkg/service/errors.go", service_package_view, has_services),
            ("pkg/service/path.go", service_package_view, has_path_params),
            ("pkg/service/replies_test.go", service_package_view, has_services),
        )
    ),
    Row("Makefile", _BACKEND, _GENERATED, makefile_view, composed=True, yields=True),
    Row("README.md", _BACKEND, _GENERATED, readme_view, composed=True, yields=True),
    Row("openapi.yaml", _BACKEND, _GENERATED, openapi_view, composed=True, recalls=True),
    Row("template.yaml", _BACKEND, _GENERATED, root_stack_view, composed=True, yields=True),
    # Once, the same for every set of entities.
    *(Row(path, _BACKEND, _GENERATED, shared_view) for path in _SHARED),
    *(Row(path, _BACKEND, _GENERATED, shared_view, _serves_chariot) for path in CHARIOT_FILES),
    *(Row(path, _BACKEND, _GENERATED, shared_view, _owns_registry) for path in _REGISTRY),
    *(Row(path, _BACKEND, _GENERATED, shared_view, _serves_chariot) for path in AUTHORIZER_FILES),
    *(Row(path, _BACKEND, _GENERATED, shared_view, yields=True) for path in _HOUSEKEEPING),
    *(
        Row(f"pkg/model/model/{file}{suffix}.go", _BACKEND, _GENERATED, shared_view, _mixes(mixin))
        for mixin, file in _MIXINS
        for suffix in ("", "_test")
    ),
    Row("cmd/local/docs.go", _BACKEND, _GENERATED, docs_view),
    Row("cmd/local/docs.html", _BACKEND, _GENERATED, docs_view),
    Row("cmd/local/docs.js", _BACKEND, _GENERATED, shared_view, verbatim=True),
    Row("pkg/handler/handler_test.go", _BACKEND, _GENERATED, package_tests_view),
    Row("pkg/handler/chariot/chariot_test.go", _BACKEND, _GENERATED, collections_test_view, _serves_chariot),
    Row("pkg/handler/prepare.go", _BACKEND, _GENERATED, prepare_view),
    Row("cmd/local/issuer.go", _BACKEND, _GENERATED, local_issuer_view),
    Row("pkg/handler/handlers/doc.go", _BACKEND, _GENERATED, shared_view, _serves),
    # Merged requirement by requirement where the backend had its own.
    Row("go.mod", _BACKEND, _MERGED, go_mod_view),
    Row("go.sum", _BACKEND, _MERGED, shared_view, verbatim=True),
)
