"""How the key is built from the fields, and what is demanded of its parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from chariot_gen import names
from chariot_gen.model.entity import Field
from chariot_gen.model.key import Key, Literal, OptionalSegment, Part, Placeholder, Transform
from chariot_gen.model.types import ListType, Scalar, ScalarType
from chariot_gen.plan import golang
from chariot_gen.plan.views.model import expressions
from chariot_gen.plan.views.model.scope import Scope, Step

__all__ = ["KeyView", "key_view", "required_placeholders"]

_VERBS = {Scalar.STRING: "%s", Scalar.INT: "%d", Scalar.INT32: "%d", Scalar.INT64: "%d", Scalar.BOOL: "%t"}


class KeyView(msgspec.Struct, frozen=True):
    """
    The body of the hook that builds the key.

    ``locals`` are declarations, ``checks`` the demands on the parts, and ``steps``
    the assignment with what it needs.
    """

    if_empty: bool
    locals: tuple[str, ...]
    checks: tuple[str, ...]
    steps: tuple[Step, ...]


def required_placeholders(scope: Scope, key: Key) -> tuple[Placeholder, ...]:
    """
    Return the placeholders that must not be empty.

    Texts must not, but those of a single optional field and those in an optional
    segment. If no text is left, the first list must not, for two things with the bare
    prefix as their key would be one.
    """
    outer = [part for part in key.parts if isinstance(part, Placeholder) and not _is_number(scope, part)]
    required = [
        part for part in outer if len(part.fields) > 1 or _is_needed(scope.entity.field(part.fields[0]))
    ]
    return tuple(required or outer[:1])


def key_view(scope: Scope) -> KeyView | None:
    """Return the hook's body, or None for a type without a key."""
    key = scope.entity.key
    if key is None:
        return None
    required = required_placeholders(scope, key)
    bound = {part: _local_name(part) for part in required if not _is_plain(scope, part)}
    declared = tuple(f"{name} := {_placeholder(scope, part)}" for part, name in bound.items())
    return KeyView(
        if_empty=key.if_empty,
        locals=declared,
        checks=tuple(_check(scope, part, bound.get(part, "")) for part in required),
        steps=tuple(_assignment(scope, key, bound)),
    )


def _is_number(scope: Scope, part: Placeholder) -> bool:
    """Report whether a field of the placeholder always has a text: a number or a bool."""
    kinds = [scope.entity.field(name).type for name in part.fields]
    return not all(expressions.is_text(kind) or isinstance(kind, ListType) for kind in kinds)


def _is_needed(field: Field) -> bool:
    return not field.optional and not isinstance(field.type, ListType)


def _is_plain(scope: Scope, part: Placeholder) -> bool:
    field = scope.entity.field(part.fields[0])
    return (
        len(part.fields) == 1
        and not part.transform
        and not field.optional
        and not isinstance(field.type, ListType)
    )


def _local_name(part: Placeholder) -> str:
    joined = names.camel("_or_".join(part.fields))
    return joined if len(part.fields) > 1 else f"{joined}Part"


def _check(scope: Scope, part: Placeholder, local: str) -> str:
    field = scope.entity.field(part.fields[0])
    name = golang.string_literal(field.json.name)
    subject = local or expressions.text(scope, field)
    if len(part.fields) == 1:
        return f"checker.NotEmpty({name}, {subject})"
    others = " or ".join(scope.entity.field(other).json.name for other in part.fields[1:])
    message = golang.string_literal(f"must not be empty unless {others} is set")
    return f'checker.Check({subject} != "", {name}, {message})'


def _placeholder(scope: Scope, part: Placeholder) -> str:
    texts = [expressions.text(scope, scope.entity.field(name), part.separator) for name in part.fields]
    joined = texts[0] if len(texts) == 1 else f"{scope.use('cmp')}.Or({', '.join(texts)})"
    match part.transform:
        case Transform.LOWER:
            return f"{scope.use('strings')}.ToLower({joined})"
        case Transform.UPPER:
            return f"{scope.use('strings')}.ToUpper({joined})"
        case Transform.KEBAB:
            return f"{scope.own('model/text')}.Kebab({joined})"
        case None:
            return joined


def _assignment(scope: Scope, key: Key, bound: dict[Placeholder, str]) -> Iterator[Step]:
    target = f"{scope.variable}.Key"
    cut = next(
        (part for part in key.parts if isinstance(part, Placeholder) and key.truncate in part.fields), None
    )
    if cut and key.max_length:
        yield from _truncated(scope, key, cut, bound)
        return
    yield from _runs(scope, key.parts, bound, f"{target} =", target)
    if key.max_length:
        yield Step(lines=(f"{target} = {scope.own('model/text')}.Truncate({target}, {key.max_length})",))


def _runs(
    scope: Scope, parts: Sequence[Part], bound: dict[Placeholder, str], first: str, target: str
) -> Iterator[Step]:
    """Append run by run, so that a segment without a value leaves no trace; ``first`` opens it."""
    opening, run = first, list[Literal | Placeholder]()
    for part in parts:
        if not isinstance(part, OptionalSegment):
            run.append(part)
            continue
        if run or opening == first:
            yield Step(lines=(f"{opening} {_joined(scope, run, bound)}",))
        opening, run = f"{target} +=", []
        inner = [piece for piece in part.parts if isinstance(piece, Placeholder)]
        guard = " && ".join(_is_filled(scope, piece) for piece in inner)
        yield Step(guard=f"if {guard}", lines=(f"{target} += {_joined(scope, part.parts, bound)}",))
    if run or opening == first:
        yield Step(lines=(f"{opening} {_joined(scope, run, bound)}",))


def _is_filled(scope: Scope, part: Placeholder) -> str:
    """Return the condition that a placeholder leaves something in the key."""
    field = scope.entity.field(part.fields[0])
    if len(part.fields) > 1 or part.transform is Transform.KEBAB or field.optional:
        return f'{_placeholder(scope, part)} != ""'
    return expressions.is_set(scope, field)


def _truncated(scope: Scope, key: Key, cut: Placeholder, bound: dict[Placeholder, str]) -> Iterator[Step]:
    """Cut one part so that the whole fits: what stands around it keeps its length."""
    index = key.parts.index(cut)
    yield from _runs(scope, key.parts[:index], bound, "before :=", "before")
    yield from _runs(scope, key.parts[index + 1 :], bound, "after :=", "after")
    part = _piece(scope, cut, bound)
    truncated = f"{scope.own('model/text')}.Truncate({part}, room)"
    room = f"room := {key.max_length} - len(before) - len(after)"
    yield Step(lines=(room, f"{scope.variable}.Key = before + {truncated} + after"))


def _joined(scope: Scope, pieces: Sequence[Literal | Placeholder], bound: dict[Placeholder, str]) -> str:
    """Return the expression of a run: joined texts, or a format where a number stands among them."""
    if any(_verb(scope, part) != "%s" for part in pieces if isinstance(part, Placeholder)):
        return _formatted(scope, pieces, bound)
    return " + ".join(_piece(scope, part, bound) for part in pieces) or '""'


def _formatted(scope: Scope, pieces: Sequence[Literal | Placeholder], bound: dict[Placeholder, str]) -> str:
    verbs, arguments = "", []
    for part in pieces:
        if isinstance(part, Literal):
            verbs += part.text.replace("%", "%%")
            continue
        verb = _verb(scope, part)
        verbs += verb
        field = scope.entity.field(part.fields[0])
        arguments.append(_piece(scope, part, bound) if verb == "%s" else expressions.value(scope, field))
    return f"{scope.use('fmt')}.Sprintf({golang.string_literal(verbs)}, {', '.join(arguments)})"


def _verb(scope: Scope, part: Placeholder) -> str:
    """Return the verb that prints the field itself, or ``%s`` for its text."""
    if len(part.fields) > 1 or part.transform:
        return "%s"
    match scope.entity.field(part.fields[0]).type:
        case ScalarType(scalar):
            return _VERBS.get(scalar, "%s")
        case _:
            return "%s"


def _piece(scope: Scope, part: Literal | Placeholder, bound: dict[Placeholder, str]) -> str:
    if isinstance(part, Literal):
        return golang.string_literal(part.text)
    return bound.get(part) or _placeholder(scope, part)
