"""The one table of every file that can be emitted: where, for what, owned by whom, with which view.

A template lies at the path of its output, with ``ENTITY``, ``COMMAND`` and ``SERVICE``
standing for the names and ``.jinja`` at the end; a file without it is copied as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from chariot_gen.files import Ownership
from chariot_gen.model.backend import Backend
from chariot_gen.model.entity import Entity
from chariot_gen.plan.views.handler import handler_view
from chariot_gen.plan.views.handler_tests import handler_tests_view
from chariot_gen.plan.views.handlers import failure_view, handlers_test_view, request_view
from chariot_gen.plan.views.service import (
    has_path_params,
    has_services,
    service_package_view,
    service_view,
)
from chariot_gen.plan.views.service_tests import service_test_view
from chariot_gen.plan.views.shared import HTTP_FILES, shared_view
from chariot_gen.plan.views.stack import data_stack_view, entity_stack_view, root_stack_view

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


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table.

    ``build`` takes the backend, then what the scope names. ``applies`` drops the row
    for a whole backend, ``concerns`` for one entity. A ``composed`` file of the
    backend changes with the set of its entities.
    """

    path: str
    scope: Scope
    ownership: Ownership
    build: Callable[..., Any]
    applies: Callable[[Backend], bool] = _always
    concerns: Callable[[Entity], bool] = _every
    composed: bool = False
    verbatim: bool = False

    @property
    def template(self) -> str:
        """The template's path below ``template/backend``."""
        return self.path if self.verbatim else f"{self.path}.jinja"


def _has_api(entity: Entity) -> bool:
    return entity.api is not None


def _serves(backend: Backend) -> bool:
    return bool(backend.served)


def _owns_registry(backend: Backend) -> bool:
    return backend.settings.tabularium is None


_GENERATED, _MERGED, _SEEDED = Ownership.GENERATED, Ownership.MERGED, Ownership.SEEDED
_BACKEND, _ENTITY, _SERVICE, _COMMAND = Scope.BACKEND, Scope.ENTITY, Scope.SERVICE, Scope.COMMAND

# The same for every backend but for the module path.
_SHARED = (
    *(path for path in HTTP_FILES if not path.startswith("pkg/registry/")),
    "pkg/awsclient/awsclient.go",
    "pkg/awsclient/awsclient_test.go",
    "pkg/httpclient/auth.go",
    "pkg/httpclient/auth_test.go",
    "pkg/httpclient/client.go",
    "pkg/httpclient/client_test.go",
    "pkg/httpclient/errors.go",
    "pkg/httpclient/request.go",
    "pkg/httpclient/response.go",
    "pkg/httpclient/retry.go",
    "pkg/httpclient/retry_test.go",
    "pkg/secrets/manager.go",
    "pkg/secrets/manager_test.go",
    "pkg/secrets/secrets.go",
    "pkg/secrets/secrets_test.go",
    "pkg/store/codec.go",
    "pkg/store/codec_test.go",
    "pkg/store/dynamodb.go",
    "pkg/store/dynamodb_integration_test.go",
    "pkg/store/dynamodb_test.go",
    "pkg/store/fake_test.go",
    "pkg/store/memory.go",
    "pkg/store/memory_test.go",
    "pkg/store/store.go",
    "pkg/store/storetest/items.go",
    "pkg/store/storetest/lists.go",
    "pkg/store/storetest/storetest.go",
    "pkg/store/storetest/storetest_test.go",
    "pkg/store/token.go",
)
_REGISTRY = tuple(path for path in HTTP_FILES if path.startswith("pkg/registry/"))

CATALOGUE: tuple[Row, ...] = (
    # For each entity.
    Row("pkg/handler/handlers/ENTITY_handler.go", _ENTITY, _MERGED, handler_view, concerns=_has_api),
    Row("pkg/handler/handlers/ENTITY_handler_test.go", _ENTITY, _MERGED, handler_tests_view, concerns=_has_api),
    Row("cf-templates/ENTITY_resources.yaml", _ENTITY, _MERGED, entity_stack_view),
    # For each outside service.
    Row("pkg/service/SERVICE_client.go", _SERVICE, _MERGED, service_view),
    Row("pkg/service/SERVICE_client_test.go", _SERVICE, _MERGED, service_test_view),
    # Once, composed from all entities.
    Row("cf-templates/data_resources.yaml", _BACKEND, _GENERATED, data_stack_view, composed=True),
    Row("pkg/handler/handlers/doc.go", _BACKEND, _GENERATED, shared_view, applies=_serves),
    Row("pkg/handler/handlers/failure.go", _BACKEND, _GENERATED, failure_view, _serves, composed=True),
    Row("pkg/handler/handlers/handlers_test.go", _BACKEND, _GENERATED, handlers_test_view, _serves, composed=True),
    Row("pkg/handler/handlers/request.go", _BACKEND, _GENERATED, request_view, _serves, composed=True),
    Row("pkg/service/doc.go", _BACKEND, _GENERATED, service_package_view, has_services, composed=True),
    Row("pkg/service/errors.go", _BACKEND, _GENERATED, service_package_view, has_services, composed=True),
    Row("pkg/service/path.go", _BACKEND, _GENERATED, service_package_view, has_path_params, composed=True),
    Row("pkg/service/replies_test.go", _BACKEND, _GENERATED, service_package_view, has_services, composed=True),
    Row("template.yaml", _BACKEND, _GENERATED, root_stack_view, composed=True),
    # Once, the same for every set of entities.
    *(Row(path, _BACKEND, _GENERATED, shared_view) for path in _SHARED),
    *(Row(path, _BACKEND, _GENERATED, shared_view, _owns_registry) for path in _REGISTRY),
)
