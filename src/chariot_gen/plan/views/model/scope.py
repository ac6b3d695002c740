"""What one Go file of an entity knows while it is planned: its entity, its receiver, its imports."""

from __future__ import annotations

import msgspec

from chariot_gen.model.backend import Backend
from chariot_gen.model.entity import Entity, Field
from chariot_gen.plan import golang

__all__ = ["PACKAGES", "Case", "Scope", "Step"]

# Names that an emitted model file may refer to; a local variable must not hide them.
PACKAGES = frozenset(
    {
        *("cmp", "errors", "fmt", "identifier", "json", "maps", "optional", "reflect", "registry"),
        *("slices", "slog", "strconv", "strings", "text", "time", "validation"),
    }
)


class Case(msgspec.Struct, frozen=True):
    """One case of a switch."""

    value: str
    line: str


class Step(msgspec.Struct, frozen=True):
    """
    One statement of a body, in the few shapes that generated bodies need.

    Plain ``lines``; or ``lines`` below a ``guard`` (``if x != ""``, ``for i := range
    x``); or a switch over ``subject`` with ``cases`` and perhaps ``otherwise``; or
    items of ``source`` that ``contains`` does not know, appended to ``target``.
    """

    guard: str = ""
    lines: tuple[str, ...] = ()
    subject: str = ""
    cases: tuple[Case, ...] = ()
    otherwise: str = ""
    source: str = ""
    contains: str = ""
    target: str = ""


class Scope(msgspec.Struct, frozen=True):
    """
    Collects the imports that expressions ask for.

    ``package`` qualifies the model package's own names; it is empty in the package
    itself and ``model`` in its tests. ``variable`` holds the entity.
    """

    backend: Backend
    entity: Entity
    variable: str
    package: str = ""
    imports: set[str] = msgspec.field(default_factory=set)

    def use(self, path: str) -> str:
        """Import a package and return the name that it goes by."""
        self.imports.add(path)
        return path.rsplit("/", 1)[-1]

    def own(self, path: str) -> str:
        """Import a package of this backend, by its path below ``pkg``, and return its name."""
        return self.use(f"{self.backend.settings.module}/pkg/{path}")

    def registry(self) -> str:
        """Import the registry, Tabularium's where the backend names it, and return its name."""
        tabularium = self.backend.settings.tabularium
        module = tabularium.module if tabularium else self.backend.settings.module
        return self.use(f"{module}/pkg/registry")

    def path(self, target: Field, of: str = "") -> str:
        """Return the selector of a field: ``n.Field1``."""
        return f"{of or self.variable}.{target.go}"

    def type_of(self, target: Field, *, optional: bool | None = None) -> str:
        """Return the Go type of a field, and import what it needs."""
        self.imports.update(golang.type_imports(target.type))
        pointer = target.optional if optional is None else optional
        return golang.go_type(target.type, optional=pointer, package=self.package)

    def import_block(self) -> str:
        """Return the import declaration for everything used so far."""
        return golang.import_block(self.imports, self.backend.settings.module)
