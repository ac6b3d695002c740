"""Go's syntax: literals, tags, comments, types and imports. No other module writes Go by hand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from chariot_gen.model.types import GoType, ListType, MapType, NamedType, Scalar, ScalarType, Type
from chariot_gen.names import GO_KEYWORDS, GO_PREDECLARED
from chariot_gen.plan.quoting import double_quoted

__all__ = [
    "KEYWORDS",
    "PREDECLARED",
    "doc_comment",
    "go_type",
    "import_block",
    "is_identifier",
    "raw_block",
    "raw_literal",
    "string_literal",
    "struct_tag",
    "type_imports",
]

KEYWORDS = GO_KEYWORDS
PREDECLARED = GO_PREDECLARED

_COMMENT_WIDTH = 77
_SCALARS = {
    Scalar.BYTES: "[]byte",
    Scalar.TIME: "time.Time",
    Scalar.JSON: "json.RawMessage",
    Scalar.ANY: "any",
}
_SCALAR_IMPORTS = {Scalar.TIME: "time", Scalar.JSON: "encoding/json"}


def is_identifier(text: str) -> bool:
    """Report whether the text is an ASCII Go identifier and not a keyword."""
    return re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", text) is not None and text not in KEYWORDS


def string_literal(text: str) -> str:
    r"""Return an interpreted string literal: ``say "hi"`` ⇒ ``"say \"hi\""``."""
    if text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    return double_quoted(text)


def raw_literal(text: str) -> str:
    r"""Return a raw literal, as ``\d`` ⇒ `` `\d` ``; interpreted where raw cannot say it."""
    if "`" in text or not text.isprintable():
        return string_literal(text)
    return f"`{text}`"


def raw_block(text: str) -> str:
    """Return a raw literal of several lines; interpreted where raw cannot say it."""
    plain = "`" not in text and all(part.isprintable() for part in re.split(r"[\n\t]", text))
    return f"`{text}`" if plain else string_literal(text)


def struct_tag(pairs: Iterable[tuple[str, str]]) -> str:
    """Return a field's tag literal: ``[("json", "id")]`` ⇒ `` `json:"id"` ``."""
    return raw_literal(" ".join(f"{key}:{string_literal(value)}" for key, value in pairs))


def doc_comment(text: str, indent: int = 0) -> str:
    """Return comment lines for prose, wrapped; further lines carry ``indent`` tabs.

    The first line carries none, because the template has written it. The first two
    words stay together: Go's tools read a name only with what follows it. No line begins
    with ``+build``, which would be a constraint on the file, wherever it stands.
    """
    width = _COMMENT_WIDTH - 4 * indent
    prose = re.sub(r"^\+build(?!\S)", '"+build"', " ".join(text.split()))
    prose = prose.replace(" ", "\0", 1).replace(" +build", "\0+build")
    return ("\n" + "\t" * indent).join(f"// {line}" for line in _wrapped(prose, width)).replace("\0", " ")


def _wrapped(prose: str, width: int) -> list[str]:
    """Return the lines of words with one space between them; a word that is too long has its own."""
    lines: list[str] = []
    while len(prose) > width:
        end = prose.rfind(" ", 0, width + 1)
        line, _, prose = (prose[:end], " ", prose[end + 1 :]) if end >= 0 else prose.partition(" ")
        lines.append(line)
    return [*lines, prose] if prose else lines


def go_type(kind: Type, *, optional: bool = False, package: str = "") -> str:
    """Return the Go spelling; named types get ``package`` as a qualifier if it is set."""
    text = _go_type(kind, package)
    return f"*{text}" if optional and not text.startswith("*") else text


def _go_type(kind: Type, package: str) -> str:
    match kind:
        case ScalarType(scalar):
            return _SCALARS.get(scalar, scalar.value)
        case NamedType(name):
            return f"{package}.{name}" if package else name
        case GoType(import_path, name):
            return f"{import_path.rpartition('/')[2]}.{name}"
        case ListType(element):
            return f"[]{_go_type(element, package)}"
        case MapType(value):
            return f"map[string]{_go_type(value, package)}"


def type_imports(kind: Type) -> set[str]:
    """Return the import paths that the Go spelling of a type needs."""
    match kind:
        case ScalarType(scalar):
            return {_SCALAR_IMPORTS[scalar]} if scalar in _SCALAR_IMPORTS else set()
        case GoType(import_path, _):
            return {import_path}
        case ListType(inner) | MapType(inner):
            return type_imports(inner)
        case _:
            return set()


def import_block(paths: Iterable[str], module: str) -> str:
    """Return the import declaration, grouped: standard library, others, this module.

    ``_ path`` imports for side effects. Empty when there is nothing to import.
    """
    unique = sorted(set(paths), key=_without_blank)
    groups: list[list[str]] = [[], [], []]
    for path in unique:
        groups[_import_group(_without_blank(path), module)].append(path)
    lines = [_import_lines(group) for group in groups if group]
    if not lines:
        return ""
    if len(unique) == 1:
        return f"import {lines[0].strip()}"
    return "import (\n" + "\n\n".join(lines) + "\n)"


def _without_blank(path: str) -> str:
    return path.removeprefix("_ ")


def _import_group(path: str, module: str) -> int:
    if path == module or path.startswith(f"{module}/"):
        return 2
    return 1 if "." in path.split("/", maxsplit=1)[0] else 0


def _import_lines(group: Sequence[str]) -> str:
    spelled = (
        f'\t_ "{path.removeprefix("_ ")}"' if path.startswith("_ ") else f'\t"{path}"' for path in group
    )
    return "\n".join(spelled)
