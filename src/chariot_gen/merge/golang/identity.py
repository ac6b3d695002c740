"""What the parts of Go are known by: their names, their keys, and else their text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from chariot_gen.merge.golang.piece import Identity
from chariot_gen.merge.golang.source import text_of

if TYPE_CHECKING:
    from tree_sitter import Node

__all__ = ["identity_of", "names_in_literal"]

# What names an element of a table, in the order of preference.
_NAMING_KEYS = ("name", "Name", "Description", "description", "desc", "title", "Title")
_STRINGS = ("interpreted_string_literal", "raw_string_literal")


def identity_of(node: Node) -> Identity:
    """Return the identity of a declaration, or of an element of one."""
    maker = _MAKERS.get(node.type)
    return _case(node) if maker is None else maker(node)


def _named(kind: str) -> Callable[[Node], Identity]:
    def make(node: Node) -> Identity:
        name = _field(node, "name")
        return Identity(kind, (name,), f"{kind} {name}".strip())

    return make


def _key(node: Node) -> Identity:
    name = text_of(node.named_children[0])
    return Identity("key", (name,), f"element {name}")


def _field(node: Node, name: str) -> str:
    child = node.child_by_field_name(name)
    return text_of(child) if child is not None else ""


def _method(node: Node) -> Identity:
    name, receiver = _field(node, "name"), _field(node, "receiver")
    types = [
        text_of(found) for found in _descendants(node.child_by_field_name("receiver"), ("type_identifier",))
    ]
    return Identity("method", (f"{types[0] if types else receiver}.{name}",), f"func {receiver} {name}")


def _descendants(node: Node | None, kinds: tuple[str, ...]) -> Iterator[Node]:
    if node is None:
        return
    if node.type in kinds:
        yield node
    for child in node.named_children:
        yield from _descendants(child, kinds)


def _group(node: Node) -> Identity:
    """Know a group by everything that it declares."""
    word = node.type.removesuffix("_declaration")
    found = list(_descendants_once(node, ("const_spec", "var_spec", "type_spec", "type_alias")))
    names = tuple(name for spec in found for name in identity_of(spec).names)
    label = f"{word} {names[0]}" if len(found) == 1 else f"{word} group of {', '.join(names[:3])}"
    return Identity(word, names or ("",), label)


def _descendants_once(node: Node, kinds: tuple[str, ...]) -> Iterator[Node]:
    for child in node.named_children:
        if child.type in kinds:
            yield child
        elif child.type == "var_spec_list":
            yield from _descendants_once(child, kinds)


def _specification(node: Node) -> Identity:
    """Know a constant or variable by its names; one that is blank by its text."""
    word = node.type.removesuffix("_spec")
    names = tuple(
        name for child in node.children_by_field_name("name") if (name := text_of(child)) not in {",", "_"}
    )
    names = names or (text_of(node),)
    return Identity(word, names, f"{word} {', '.join(names)}")


def _struct_field(node: Node) -> Identity:
    names = tuple(text for child in node.children_by_field_name("name") if (text := text_of(child)) != ",")
    if not names:
        kind = node.child_by_field_name("type")
        parts = [text_of(found) for found in _descendants(kind, ("type_identifier",))]
        names = (parts[0] if parts else text_of(node),)
    return Identity("field", names, f"field {', '.join(names)}")


def names_in_literal(value: Node) -> dict[str, Node]:
    """Return the values of a literal by their keys; empty when it has none."""
    found: dict[str, Node] = {}
    for child in value.named_children:
        if child.type == "keyed_element":
            key, *rest = (part for part in child.named_children if part.type != "comment")
            if rest:
                found[text_of(key)] = rest[0]
    return found


def _table_element(node: Node) -> Identity:
    """Know the element of a table by its name, else by its first text, else by all of it."""
    value = next(_descendants(node, ("literal_value",)), None)
    inner = node.named_children[0] if node.named_children else node
    if value is None or inner.type not in {"literal_value", "composite_literal", "unary_expression"}:
        return Identity("element", (text_of(node),), "element")
    keyed = names_in_literal(value)
    name = next((text_of(keyed[key]) for key in _NAMING_KEYS if key in keyed), None)
    if name is None:
        strings = [found for child in value.named_children for found in _own_strings(child)]
        name = text_of(strings[0]) if strings else text_of(node)
    return Identity("element", (name,), f"element {name}" if len(name) < 60 else "element")  # noqa: PLR2004 - a line


def _own_strings(element: Node) -> Iterator[Node]:
    """Yield the text that an element is, or is the value of."""
    for part in (element, *element.named_children):
        yield from (child for child in part.named_children if child.type in _STRINGS)


def _case(node: Node) -> Identity:
    """Know a case by what it is a case of."""
    match node.type:
        case "expression_case":
            names = tuple(text_of(child) for child in _value_parts(node))
        case "type_case":
            names = tuple(text_of(child) for child in node.children_by_field_name("type"))
        case "communication_case":
            names = (_field(node, "communication"),)
        case "default_case":
            names = ("default",)
        case _:
            names = (text_of(node),)
    names = names or ("",)
    return Identity(node.type, names, f"case {', '.join(names)}")


def _value_parts(node: Node) -> list[Node]:
    value = node.child_by_field_name("value")
    return list(value.named_children) if value is not None else []


_MAKERS: Mapping[str, Callable[[Node], Identity]] = {
    "package_clause": _named("package"),
    "function_declaration": _named("func"),
    "method_declaration": _method,
    "type_declaration": _group,
    "const_declaration": _group,
    "var_declaration": _group,
    "type_spec": _named("type"),
    "type_alias": _named("type"),
    "const_spec": _specification,
    "var_spec": _specification,
    "field_declaration": _struct_field,
    "method_elem": _named("method"),
    "keyed_element": _key,
    "literal_element": _table_element,
}
