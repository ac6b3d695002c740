"""Names that Go, the file system or the generated code already use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from chariot_gen import names
from chariot_gen.model.entity import Field, Kind
from chariot_gen.spec.rules.subject import Subject, World

__all__ = ["check_custom_names", "check_entity_name", "check_field_identifiers", "check_types"]

# Methods of the emitted type, of registry.Model and of Tabularium's interfaces, and what it embeds.
_METHODS = frozenset(
    [
        "BaseModel",
        "Defaulted",
        "GetAgent",
        "GetDescription",
        "GetHooks",
        "GetKey",
        "GetLabels",
        "GetPartitionKey",
        "Group",
        "Identifier",
        "Label",
        "LogValue",
        "Merge",
        "Nodes",
        "SetUsername",
        "Standalone",
        "TableModel",
        "Target",
        "Valid",
        "Validate",
        "Visit",
    ]
)
_MIXIN_FIELDS = {
    "tags": ("Tags",),
    "history": ("History", "Remove"),
    "origination": ("OriginationData", "Origins", "AttackSurface", "Capability", "Commit"),
    "ml": ("MLProperties", "Logit", "ProofSufficient", "Agent"),
}
_MODEL_NAMES = frozenset(
    [
        "Now",
        "Future",
        "Tags",
        "History",
        "HistoryRecord",
        "OriginationData",
        "MLProperties",
        "TableModel",
        "GraphModel",
    ]
)
_MODEL_FILES = frozenset({"clock", "doc", "history", "ml", "origination", "tags"})
_STACKS = frozenset({"data"})
_COMMANDS = frozenset({"local", "migrate"})
# A folder that the go command passes over, and vet, test and build with it.
_UNBUILT = "testdata"
# A suffix that makes the go command leave the file out, or take it for a test.
_BUILD_WORDS = frozenset(
    [
        "386",
        "aix",
        "amd64",
        "android",
        "arm",
        "arm64",
        "darwin",
        "dragonfly",
        "freebsd",
        "illumos",
        "ios",
        "js",
        "linux",
        "loong64",
        "mips",
        "mips64",
        "mips64le",
        "mipsle",
        "netbsd",
        "openbsd",
        "plan9",
        "ppc64",
        "ppc64le",
        "riscv64",
        "s390x",
        "solaris",
        "test",
        "wasip1",
        "wasm",
        "windows",
    ]
)
_IDENTIFIER = re.compile(r"[A-Z][A-Za-z0-9]*")


def check_entity_name(subject: Subject, _world: World) -> None:
    """Complain about an entity whose files, types or commands would clash with the shared ones."""
    entity = subject.entity
    derived, at = entity.names, entity.location
    said = subject.root.block("names")
    if derived.go in _MODEL_NAMES:
        subject.complain(at, f"the type `{derived.go}` is part of every backend", "choose another name")
    elif derived.snake in _MODEL_FILES | _STACKS:
        message = f"the files named `{derived.snake}` are part of every backend"
        subject.complain(at, message, "choose another name, or set `names.snake`")
    elif derived.snake.rpartition("_")[2] in _BUILD_WORDS and "_" in derived.snake:
        message = f"the go command would not always build `{derived.snake}.go`"
        subject.complain(at, message, "choose a name with another last word, or set `names.snake`")
    if derived.flat in _COMMANDS:
        message = f"the command `{derived.flat}` is part of every backend"
        subject.complain(at, message, "choose another name, or set `names.flat`")
    if derived.flat == _UNBUILT:
        message = (
            f"the go command passes over folders named `{_UNBUILT}`, so it would not build `cmd/{_UNBUILT}`"
        )
        subject.complain(at, message, "choose another name, or set `names.flat`")
    if derived.receiver in names.GO_KEYWORDS and said is not None:
        message = f"`{derived.receiver}` is a keyword of Go"
        subject.complain(said.location("receiver"), message, "choose another receiver")


def check_field_identifiers(subject: Subject, _world: World) -> None:
    """Complain about fields that clash with a method, a mixin or one another."""
    entity = subject.entity
    methods = _METHODS - {"Target"} if entity.kind is Kind.RELATIONSHIP else _METHODS
    taken = {name: f"the mixin {mixin}" for mixin in sorted(subject.mixins) for name in _MIXIN_FIELDS[mixin]}
    taken |= {
        mixin.alias or mixin.go: f"the mixin {mixin.go}" for mixin in entity.mixins if not mixin.builtin
    }
    brought = (subject.root.location("key"), entity.location)
    for field in entity.fields:
        if field.name == "key" and entity.kind is not Kind.PLAIN and field.location not in brought:
            remedy = "drop the field; `key` at the top says how it is built"
            subject.complain(field.location, "`key` is a field that every entity with a key has", remedy)
        elif field.go in methods:
            message = f"the Go name of `{field.name}` is that of the method `{field.go}`"
            subject.complain(field.location, message, f"set `go`, as `go: {field.go}Value`")
        elif field.go in taken:
            message = f"the Go name of `{field.name}`, `{field.go}`, is taken by {taken[field.go]}"
            subject.complain(field.location, message, "drop the field, or set `go`")
    _check_alike(subject, entity.fields, f"`{entity.names.go}`")
    for struct in entity.structs:
        _check_alike(subject, struct.fields, f"`{struct.go}`")


def check_custom_names(subject: Subject, _world: World) -> None:
    """Complain about custom methods that Go or the generated type has already."""
    members = {field.go for field in subject.entity.fields} | _METHODS
    seen: set[str] = set()
    for custom in subject.entity.behaviour.custom:
        if custom.name in names.GO_KEYWORDS:
            subject.complain(custom.location, f"`{custom.name}` is a keyword of Go", "choose another name")
        elif custom.name in members:
            message = f"the type has a field or a method `{custom.name}` already"
            subject.complain(custom.location, message, "choose another name")
        elif custom.name in seen:
            subject.complain(custom.location, f"`{custom.name}` is listed twice", "keep one of them")
        seen.add(custom.name)


def check_types(subject: Subject, _world: World) -> None:
    """Complain about enumerations whose constants or values are the same, or nameless."""
    for enum in subject.entity.enums:
        constants: dict[str, str] = {}
        texts: set[str] = set()
        for constant, text in enum.values:
            if constant == enum.go or not _IDENTIFIER.fullmatch(constant):
                remedy = "name the constants: `values: {Any: '*'}`"
                subject.complain(enum.location, f"no Go name can be made of the value `{text}`", remedy)
            elif constant in constants:
                message = f"`{constants[constant]}` and `{text}` both become the Go name `{constant}`"
                subject.complain(
                    enum.location, message, "name the constants: `values: {First: a, Second: A}`"
                )
            elif text in texts:
                subject.complain(enum.location, f"the value `{text}` stands twice", "keep one of them")
            constants.setdefault(constant, text)
            texts.add(text)


def _check_alike(subject: Subject, fields: Iterable[Field], owner: str) -> None:
    """Complain about two fields with one name: in the spec, in Go, in JSON or in the store."""
    first: dict[tuple[str, str], Field] = {}
    for field in fields:
        if not _IDENTIFIER.fullmatch(field.go):
            message = f"no Go name can be made of `{field.name}`"
            subject.complain(field.location, message, "set `go`, or choose another name")
        for kind, name in _spellings(field):
            other = first.setdefault((kind, name), field)
            if other is not field and other.location != field.location:
                message = f"`{field.name}` and `{other.name}` share the {kind} `{name}` in {owner}"
                subject.complain(field.location, message, "rename one of them")
                break


def _spellings(field: Field) -> Iterator[tuple[str, str]]:
    yield "name", field.name
    yield "Go name", field.go
    # encoding/json takes either for the other when it decodes.
    yield "JSON name", field.json.name.casefold()
    if field.store is not None:
        yield "store name", field.store.name
