"""Type strings of the spec: ``[]string``, ``map[string]KeyRole``, ``go:net/netip.Addr``."""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from chariot_gen.model.types import GoType, ListType, MapType, NamedKind, NamedType, Scalar, ScalarType, Type
from chariot_gen.spec.formats import TYPE
from chariot_gen.spec.problems import Problems, remedy_for
from chariot_gen.spec.source import Place

__all__ = ["STRING", "UNKNOWN", "TypeReader", "spell"]

STRING = ScalarType(Scalar.STRING)
# Stands for a type that was refused: rules about types leave it alone.
UNKNOWN = GoType("", "")

_SCALARS = {scalar.value: ScalarType(scalar) for scalar in Scalar}
_WRAPPERS: dict[str, type[ListType | MapType]] = {"[]": ListType, "map[string]": MapType}
# Nobody reads more levels than these.
_DEPTH = re.compile(r"(?:\[\]|map\[string\]){9}")
_FOREIGN = {
    "text": "string", "str": "string", "boolean": "bool", "integer": "int", "long": "int64",
    "float": "float64", "double": "float64", "number": "float64", "timestamp": "time",
    "datetime": "time", "object": "json",
    "[]byte": "bytes", "interface": "any",
}  # fmt: skip


class TypeReader(msgspec.Struct, frozen=True):
    """Reads type strings; ``symbols`` holds every type that a spec of the backend declares."""

    symbols: Mapping[str, NamedKind]

    def read(self, text: str, place: Place, problems: Problems) -> Type:
        """Return the type that a text names, or UNKNOWN after a complaint."""
        if not TYPE.matches(text):
            return UNKNOWN
        if _DEPTH.match(text):
            problems.add(place, "the type is nested too deeply", "name its inner part under `types`")
            return UNKNOWN
        for prefix, wrapper in _WRAPPERS.items():
            if text.startswith(prefix) and text not in _FOREIGN:
                inner = self.read(text.removeprefix(prefix), place, problems)
                return UNKNOWN if inner == UNKNOWN else wrapper(inner)
        if text.startswith("go:"):
            return _go(text, place, problems)
        if text in self.symbols:
            return NamedType(text, self.symbols[text])
        return _SCALARS.get(text) or self._refuse(text, place, problems)

    def _refuse(self, text: str, place: Place, problems: Problems) -> Type:
        known = _FOREIGN.get(text)
        otherwise = "declare it under `types` or `enums`, or name an entity of the backend"
        remedy = f"write `{known}`" if known else remedy_for(text, [*_SCALARS, *self.symbols], otherwise)
        problems.add(place, f"there is no type `{text}`", remedy)
        return UNKNOWN


def _go(text: str, place: Place, problems: Problems) -> Type:
    import_path, _, name = text.removeprefix("go:").rpartition(".")
    package = import_path.rsplit("/", 1)[-1]
    if import_path in ("C", "unsafe") or ".." in import_path or not package.isidentifier():
        message = f"`{import_path}` is no package that a field's type can come from"
        problems.add(
            place, message, "name the package by a path that ends with its name, as go:net/netip.Addr"
        )
        return UNKNOWN
    return GoType(import_path, name)


def spell(kind: Type) -> str:
    """Return the type as a spec writes it."""
    match kind:
        case ScalarType(scalar):
            return scalar.value
        case NamedType(name):
            return name
        case GoType(import_path, name):
            return f"go:{import_path}.{name}"
        case ListType(element):
            return f"[]{spell(element)}"
        case MapType(value):
            return f"map[string]{spell(value)}"
