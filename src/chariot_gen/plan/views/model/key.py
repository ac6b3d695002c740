"""How the key is built from the fields, and what is demanded of its parts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from chariot_gen import names
from chariot_gen.model.key import Key, Literal, OptionalSegment, Placeholder, Transform
from chariot_gen.model.types import ListType, Scalar, ScalarType
from chariot_gen.plan import golang
from chariot_gen.plan.views.model import expressions
from chariot_gen.plan.views.model.scope import Scope, Step

__all__ = ["KeyView", "key_view", "required_placeholders"]

_VERBS = {Scalar.STRING: "%s", Scalar.INT: "%d", Scalar.INT32: "%d", Scalar.INT64: "%d", Scalar.BOOL: "%t"}


@dataclass(frozen=True, slots=True)
class KeyView:
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

    All are, but those of a single optional field and those in an optional segment.
    If that leaves none, the first is, for two things with the bare prefix as their
    key would be one.
    """
    outer = [part for part in key.parts if isinstance(part, Placeholder) and _can_be_empty(scope, part)]
    required = [
        part for part in outer if len(part.fields) > 1 or not scope.entity.field(part.fields[0]).optional
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


def _can_be_empty(scope: Scope, part: Placeholder) -> bool:
    kinds = [scope.entity.field(name).type for name in part.fields]
    return all(expressions.is_text(kind) or isinstance(kind, ListType) for kind in kinds)


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


def _assignment(scope: Scope, key: Key, bound: dict[Placeholder, str]) -> Iterable[Step]:
    target = f"{scope.variable}.Key"
    if any(isinstance(part, OptionalSegment) for part in key.parts):
        yield from _segments(scope, key, bound, target)
    elif key.truncate:
        yield from _truncated(scope, key, bound, target)
        return
    else:
        yield Step(lines=(f"{target} = {_joined(scope, key.parts, bound)}",))
    if key.max_length:
        yield Step(lines=(f"{target} = {scope.own('model/text')}.Truncate({target}, {key.max_length})",))


def _segments(scope: Scope, key: Key, bound: dict[Placeholder, str], target: str) -> Iterable[Step]:
    """Append run by run, so that a segment without a value leaves no trace."""
    operator, run = "=", list[Literal | Placeholder]()
    for part in key.parts:
        if not isinstance(part, OptionalSegment):
            run.append(part)
            continue
        if run:
            yield Step(lines=(f"{target} {operator} {_joined(scope, run, bound)}",))
        elif operator == "=":
            yield Step(lines=(f'{target} = ""',))
        operator, run = "+=", []
        inner = [piece for piece in part.parts if isinstance(piece, Placeholder)]
        guard = " && ".join(_is_filled(scope, piece) for piece in inner)
        yield Step(guard=f"if {guard}", lines=(f"{target} += {_joined(scope, part.parts, bound)}",))
    if run:
        yield Step(lines=(f"{target} {operator} {_joined(scope, run, bound)}",))


def _is_filled(scope: Scope, part: Placeholder) -> str:
    """Return the condition that a placeholder leaves something in the key."""
    field = scope.entity.field(part.fields[0])
    if len(part.fields) > 1 or part.transform is Transform.KEBAB or field.optional:
        return f'{_placeholder(scope, part)} != ""'
    return expressions.is_set(scope, field)


def _truncated(scope: Scope, key: Key, bound: dict[Placeholder, str], target: str) -> Iterable[Step]:
    """Cut one part so that the whole fits: what stands around it keeps its length."""
    parts = [part for part in key.parts if not isinstance(part, OptionalSegment)]
    index = next(
        i for i, part in enumerate(parts) if isinstance(part, Placeholder) and key.truncate in part.fields
    )
    before, cut, after = parts[:index], parts[index], parts[index + 1 :]
    lines = [f"before := {_joined(scope, before, bound)}"] if before else ['before := ""']
    lines.append(f"after := {_joined(scope, after, bound)}" if after else 'after := ""')
    lines.append(f"room := {key.max_length} - len(before) - len(after)")
    part = _piece(scope, cut, bound)
    lines.append(f"{target} = before + {scope.own('model/text')}.Truncate({part}, room) + after")
    yield Step(lines=tuple(lines))


def _joined(
    scope: Scope, parts: Iterable[Literal | Placeholder | OptionalSegment], bound: dict[Placeholder, str]
) -> str:
    pieces = [part for part in parts if not isinstance(part, OptionalSegment)]
    if any(_verb(scope, part) != "%s" for part in pieces if isinstance(part, Placeholder)):
        return _formatted(scope, pieces, bound)
    return " + ".join(_piece(scope, part, bound) for part in pieces)


def _formatted(scope: Scope, pieces: list[Literal | Placeholder], bound: dict[Placeholder, str]) -> str:
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
