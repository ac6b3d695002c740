"""Gather everything a run depends on: settings, specs of the backend, specs brought in."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from chariot_gen import names
from chariot_gen.errors import ConflictError, UsageError
from chariot_gen.merge.gomod import module_of
from chariot_gen.pipeline.request import Request
from chariot_gen.workspace.manifest import read_manifests
from chariot_gen.workspace.tree import SETTINGS, SPECS, Tree, digest_of

if TYPE_CHECKING:
    from chariot_gen.spec.renaming import Renaming

__all__ = ["DEFAULT_MODULE", "Inputs", "Source", "gather", "with_modeline"]

DEFAULT_MODULE = "example.com/backend"
_SPEC_SCHEMA = "../.chariot/schema/entity.json"
_SETTINGS_SCHEMA = ".chariot/schema/settings.json"
_MODELINE = re.compile(r"\A(?:\ufeff)?# yaml-language-server:[^\n]*\n")
_ENTITY = re.compile(r"""^entity:[ \t]*["']?([A-Za-z][A-Za-z0-9_-]*)""", re.MULTILINE)


class Source(msgspec.Struct, frozen=True):
    """One YAML text; ``path`` is what messages call it."""

    path: str
    text: str


class Inputs(msgspec.Struct, frozen=True):
    """What the output is a function of, and the user's files that the run itself writes.

    ``homes`` maps the path of each spec to its path in the backend; ``asked`` holds
    those paths for the specs of the request. ``renamings`` have been carried out in the
    specs, but not yet in what was made of them.
    """

    settings: Source
    specs: tuple[Source, ...]
    homes: Mapping[str, str]
    written: Mapping[str, str]
    asked: tuple[str, ...] = ()
    module_assumed: bool = False
    renamings: tuple[Renaming, ...] = ()

    def at_home(self) -> dict[str, str]:
        """Return the text of each spec as it lies in the backend once the run is done."""
        homes = ((self.homes[source.path], source.text) for source in self.specs)
        return {home: self.written.get(home, text) for home, text in homes}

    def digest(self, generator: str) -> str:
        """Return one hash over all of it, the same on every machine."""
        total = hashlib.sha256(generator.encode())
        for path, text in [(SETTINGS, self.settings.text), *sorted(self.at_home().items())]:
            total.update(f"\0{path}\0{digest_of(text.encode('utf-8', 'surrogateescape'))}".encode())
        return total.hexdigest()


def gather(tree: Tree, request: Request) -> Inputs:
    """Read the inputs; raise UsageError or ConflictError where they do not fit together."""
    settings = tree.read(SETTINGS)
    written: dict[str, str] = {}
    assumed = False
    if settings is None:
        module = request.module or module_of(tree.read("go.mod") or "")
        assumed = not module
        settings = f"# yaml-language-server: $schema={_SETTINGS_SCHEMA}\nmodule: {module or DEFAULT_MODULE}\n"
        written[SETTINGS] = settings
    specs = {path: tree.read(path) or "" for path in tree.specs()}
    homes = {path: path for path in specs}
    asked: list[str] = []
    folder = (tree.root / SPECS).resolve()
    for resolved, given in _unique(request.specs).items():
        shown, text = _display(given), _read(given)
        at_home = resolved.parent == folder
        home = f"{SPECS}/{resolved.name}" if at_home else _home(given, text)
        asked.append(home)
        # Few of hundreds: to follow the links of a path takes longer than to read a spec.
        if home in specs and not at_home:
            at_home = specs[home] == with_modeline(text) or resolved == (tree.root / home).resolve()
        if at_home:
            continue
        _refuse_edited(tree, home, specs.pop(home, None), text)
        homes.pop(home, None)
        specs[shown] = text
        homes[shown] = home
        written[home] = with_modeline(text)
    sources = tuple(Source(path, specs[path]) for path in sorted(specs, key=lambda path: homes[path]))
    renamings = (request.renaming,) if request.renaming else ()
    return Inputs(Source(SETTINGS, settings), sources, homes, written, tuple(asked), assumed, renamings)


def with_modeline(text: str) -> str:
    """Return a spec whose first line names the schema that lies in the backend."""
    return f"# yaml-language-server: $schema={_SPEC_SCHEMA}\n" + _MODELINE.sub("", text).removeprefix(
        "\ufeff"
    )


def _unique(paths: Iterable[Path]) -> dict[Path, Path]:
    """Return the paths by what they lead to."""
    return {path.resolve(): path for path in paths}


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8", "surrogateescape")
    except FileNotFoundError as error:
        raise UsageError(f"{path}: there is no such spec file; check the path") from error
    except IsADirectoryError as error:
        raise UsageError(f"{path}: is a folder; name the spec files in it, as {path}/*.yaml") from error
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}); check its permissions") from error


def _display(path: Path) -> str:
    """Return the path as short as it can be said from where the user stands."""
    absolute = Path(os.path.abspath(path))  # noqa: PTH100 - a link is shown as it was given
    here = Path.cwd()
    return absolute.relative_to(here).as_posix() if absolute.is_relative_to(here) else absolute.as_posix()


def _home(given: Path, text: str) -> str:
    """Return where a spec that is brought in belongs in the backend: under its entity's name."""
    match = _ENTITY.search(text)
    return f"{SPECS}/{names.snake(match[1]) if match else given.stem}.yaml"


def _refuse_edited(tree: Tree, home: str, present: str | None, text: str) -> None:
    """Never replace a spec that a person changed in the backend itself."""
    if present is None or present in {text, with_modeline(text)}:
        return
    copied = {manifest.facts.get("copied", "") for manifest in read_manifests(tree).values()}
    if digest_of(present.encode("utf-8", "surrogateescape")) not in copied:
        raise ConflictError(
            f"{home}: was edited in the backend, so the spec given cannot replace it; edit {home} itself and "
            "run chariot-gen regen, or remove it first",
            [home],
        )
