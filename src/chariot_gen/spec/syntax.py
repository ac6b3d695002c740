"""PyYAML's parser, kept from giving values a meaning."""

from __future__ import annotations

from typing import Any, Protocol

import yaml

from chariot_gen.spec.source import Place, SourceFile

__all__ = ["PLAIN", "QUOTED", "Refused", "compose", "place_of"]

PLAIN = "plain"
QUOTED = "quoted"
_MAX_DEPTH = 32


class _Mark(Protocol):
    line: int
    column: int


class Refused(Exception):  # noqa: N818 - caught by the parser of documents
    """The file is no document; ``finding`` is the place, the message and the remedy."""

    def __init__(self, place: Place, message: str, remedy: str) -> None:
        super().__init__(message)
        self.finding = (place, message, remedy)


class _Resolver:
    """Tell plain scalars from quoted ones, and stop before nesting exhausts the stack."""

    def __init__(self) -> None:
        self._depth = 0

    def resolve(self, kind: type, _value: object, implicit: Any) -> str:  # noqa: ANN401 - PyYAML's own
        return PLAIN if kind is yaml.ScalarNode and implicit[0] else QUOTED

    def descend_resolver(self, parent: yaml.Node | None, _index: object) -> None:
        self._depth += 1
        if self._depth > _MAX_DEPTH and parent is not None:
            message = f"the file nests deeper than {_MAX_DEPTH} levels"
            raise Refused(place_of(parent.start_mark), message, "flatten it")

    def ascend_resolver(self) -> None:
        self._depth -= 1

    def check_resolver_prefix(self, *_: object) -> bool:
        return False


if yaml.__with_libyaml__:
    from yaml._yaml import CParser  # type: ignore[import-untyped, unused-ignore]

    class _Loader(_Resolver, CParser):  # type: ignore[misc, unused-ignore]
        def __init__(self, text: str) -> None:
            CParser.__init__(self, text)
            _Resolver.__init__(self)

else:
    from yaml.composer import Composer
    from yaml.parser import Parser
    from yaml.reader import Reader
    from yaml.scanner import Scanner

    class _Loader(_Resolver, Reader, Scanner, Parser, Composer):  # type: ignore[no-redef]
        def __init__(self, text: str) -> None:
            Reader.__init__(self, text)
            Scanner.__init__(self)
            Parser.__init__(self)
            Composer.__init__(self)
            _Resolver.__init__(self)


def compose(source: SourceFile) -> yaml.Node:
    """Return PyYAML's tree, each scalar tagged PLAIN or QUOTED; Refused where there is none."""
    loader = _Loader(source.text.removeprefix("\ufeff"))
    try:
        node: yaml.Node | None = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        raise _syntax(source, error) from None
    finally:
        loader.dispose()
    if node is None:
        raise Refused(Place(), "the file is empty", "write the spec, or delete the file")
    return node


def _syntax(source: SourceFile, error: yaml.MarkedYAMLError) -> Refused:
    mark = error.problem_mark or error.context_mark
    if mark and error.context_mark and not "".join(source.lines[mark.line :]).strip():
        mark = error.context_mark  # the file ends inside of what starts there
    place = place_of(mark) if mark else Place()
    line = source.line(place.line)
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return Refused(Place(place.line), "a tab indents this line", "indent with spaces")
    problem = error.problem or "not YAML"
    if problem == "but found another document":
        return Refused(place, "the file holds more than one document", "keep one spec a file; drop `---`")
    if "undefined alias" in problem:
        return Refused(place, "the alias has no anchor before it", "anchor the value with `&name` first")
    if problem == "found duplicate anchor":
        return Refused(place, "the anchor stands twice", "give each its own name")
    context = f" {error.context}" if error.context else ""
    return Refused(place, f"the YAML is broken: {problem}{context}", "correct the syntax here or just above")


def place_of(start: _Mark, end: _Mark | None = None) -> Place:
    """Return the place between two of PyYAML's marks."""
    length = end.column - start.column if end is not None and end.line == start.line else 1
    return Place(start.line + 1, start.column + 1, max(1, length))
