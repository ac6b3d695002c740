"""The view of the files that every backend, or every use of a mixin, shares."""

from __future__ import annotations

from dataclasses import dataclass

from chariot_gen.model.backend import Backend

__all__ = ["SharedModelView", "shared_view"]


@dataclass(frozen=True, slots=True)
class SharedModelView:
    """The module path, which is all that a shared file needs to know."""

    module: str


def shared_view(backend: Backend) -> SharedModelView:
    """Return the view of the clock, the mixins and the packages below ``pkg/model``."""
    return SharedModelView(backend.settings.module)
