"""What a person does to generated Go: each edit leaves a mark, and says where it must be found."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

__all__ = ["HAND_EDITS", "HandEdit", "edit_go"]


@dataclass(frozen=True, slots=True)
class HandEdit:
    """An edit of one file.

    ``mark`` stands in the declaration called ``place`` afterwards; for a declaration that
    was deleted there is no mark, and ``place`` must be gone.
    """

    kind: str
    path: str
    place: str
    mark: str


Made = tuple[str, str, str]  # the text, the place, the mark

_FUNC = re.compile(
    r"^func (?:\((?:\w+ )?\*?(?P<type>\w+)(?:\[.*?\])?\) )?(?P<name>\w+)[\[(].*?^}\n",
    re.MULTILINE | re.DOTALL,
)
_STRUCT = re.compile(r"^type (?P<name>\w+) struct \{\n(?P<body>.*?)^}\n", re.MULTILINE | re.DOTALL)
_FIELD = re.compile(r"^\t(?P<name>\w+) +(?P<type>\S+) +`(?P<tag>[^`]*)`\n", re.MULTILINE)
_STATEMENT = re.compile(r"^\t[a-z][^\n]*\n", re.MULTILINE)
_LOCAL = re.compile(r"^\t+(\w{3,}) :=", re.MULTILINE)
_CASE = re.compile(
    r'^(?P<indent>\t\t)\{\n(?:\t\t\t.*\n)*?\t\t\tname: +"(?P<name>[^"\n]*)",\n(?:\t\t\t.*\n)*?\t\t\},\n',
    re.MULTILINE,
)
_IMPORT = re.compile(r'^\t.*"\n', re.MULTILINE)
_TEXT = re.compile(r'(?<=[(, ])"([^"\\\n%]+)"(?=[,)])')


def edit_go(path: str, text: str, mark: str, random: Random) -> tuple[str, HandEdit]:
    """Return the text with one edit of a kind that it has room for."""
    while True:
        kind = random.choice(sorted(HAND_EDITS))
        made = HAND_EDITS[kind](text, mark, random)
        if made is not None and made[0] != text:
            return made[0], HandEdit(kind, path, made[1], made[2])


def _name(match: re.Match[str]) -> str:
    return f"{match['type']}.{match['name']}" if match["type"] else match["name"]


def _functions(text: str) -> list[re.Match[str]]:
    return [match for match in _FUNC.finditer(text) if match["name"] != "init"]


def _inserted(text: str, at: int, piece: str) -> str:
    return text[:at] + piece + text[at:]


def _add_function(text: str, mark: str, random: Random) -> Made | None:
    function = f"\n// {mark} is added by hand.\nfunc {mark}() int {{\n\treturn 1\n}}\n"
    ends = [match.end() for match in _functions(text)] or [len(text)]
    return _inserted(text, random.choice(ends), function), mark, mark


def _add_statement(text: str, mark: str, random: Random) -> Made | None:
    functions = _functions(text)
    if not functions:
        return None
    function = random.choice(functions)
    places = [match.start() for match in _STATEMENT.finditer(text, function.start(), function.end())]
    places = [place for place in places if place > function.start()]
    if not places:
        return None
    return _inserted(text, random.choice(places), f'\t_ = "{mark}"\n'), _name(function), mark


def _change_text(text: str, mark: str, random: Random) -> Made | None:
    functions = _functions(text)
    if not functions:
        return None
    function = random.choice(functions)
    found = list(_TEXT.finditer(text, function.start(), function.end()))
    if not found:
        return None
    match = random.choice(found)
    return text[: match.start()] + f'"{mark}"' + text[match.end() :], _name(function), mark


def _add_field(text: str, mark: str, random: Random) -> Made | None:
    structs = list(_STRUCT.finditer(text))
    if not structs:
        return None
    struct = random.choice(structs)
    ends = [match.end() for match in _FIELD.finditer(text, struct.start(), struct.end())]
    at = random.choice([*ends, struct.end("body"), struct.end("body")])
    field = f'\n\t// {mark} is added by hand.\n\tF{mark} string `json:"{mark}"`\n'
    return _inserted(text, at, field), f"{struct['name']}/F{mark}", mark


def _retag(text: str, mark: str, random: Random) -> Made | None:
    found = [(s, f) for s in _STRUCT.finditer(text) for f in _FIELD.finditer(text, s.start(), s.end())]
    if not found:
        return None
    struct, field = random.choice(found)
    return _inserted(text, field.end("tag"), f' hand:"{mark}"'), f"{struct['name']}/{field['name']}", mark


def _reorder(text: str, mark: str, random: Random) -> Made | None:
    functions = _functions(text)
    if len(functions) < 2:
        return None
    moved, other = random.sample(functions, 2)
    start = text.rfind("\n\n", 0, moved.start()) + 1
    piece = text[start : moved.end()]
    at = other.end()
    if start <= at <= moved.end():
        return None
    out = _inserted(text, at, piece)
    cut = start if at > start else start + len(piece)
    return out[:cut] + out[cut + len(piece) :], _name(moved), moved["name"]


def _rename_local(text: str, mark: str, random: Random) -> Made | None:
    functions = [match for match in _functions(text) if _LOCAL.search(match[0])]
    if not functions:
        return None
    function = random.choice(functions)
    name = random.choice(_LOCAL.findall(function[0]))
    body = re.sub(rf'(?<![\w."]){name}(?![\w:"])', mark, function[0])
    return text[: function.start()] + body + text[function.end() :], _name(function), mark


def _add_import(text: str, mark: str, random: Random) -> Made | None:
    at = text.find("import (\n")
    if at < 0:
        return None
    ends = [
        match.end()
        for match in re.compile(r'^\t.*"\n', re.MULTILINE).finditer(text, at, text.index("\n)", at) + 1)
    ]
    if not ends:
        return None
    return _inserted(text, random.choice(ends), f'\t{mark} "hand/edit"\n'), "import", mark


def _add_case(text: str, mark: str, random: Random) -> Made | None:
    functions = [match for match in _functions(text) if _CASE.search(match[0])]
    if not functions:
        return None
    function = random.choice(functions)
    case = random.choice(list(_CASE.finditer(text, function.start(), function.end())))
    copied = case[0].replace(f'"{case["name"]}"', f'"{mark}"', 1)
    return _inserted(text, case.end(), copied), _name(function), mark


def _add_comment(text: str, mark: str, random: Random) -> Made | None:
    functions = _functions(text)
    if not functions:
        return None
    function = random.choice(functions)
    if random.random() < 0.3:
        return _inserted(text, function.start(), f"// {mark} is a note of a person.\n"), _name(function), mark
    places = [match.start() for match in _STATEMENT.finditer(text, function.start(), function.end())]
    if not places:
        return None
    return _inserted(text, random.choice(places), f"\t// {mark} is a note.\n"), _name(function), mark


def _delete_function(text: str, mark: str, random: Random) -> Made | None:
    functions = _functions(text)
    if not functions:
        return None
    function = random.choice(functions)
    start = text.rfind("\n\n", 0, function.start()) + 1
    if "handEdit" in text[start : function.end()]:
        return None
    return text[:start] + text[function.end() :], _name(function), ""


HAND_EDITS: Mapping[str, Callable[[str, str, Random], Made | None]] = {
    function.__name__.strip("_").replace("_", " "): function
    for function in (
        _add_function, _add_statement, _change_text, _add_field, _retag, _reorder, _rename_local, _add_import,
        _add_case, _add_comment, _delete_function,
    )
}  # fmt: skip
