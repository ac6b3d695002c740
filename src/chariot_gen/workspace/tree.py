"""Find a backend on disk and read it; nothing here writes."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

import msgspec

from chariot_gen.errors import WorkspaceError

__all__ = ["SETTINGS", "SPECS", "STATE", "Settled", "Tree", "digest_of", "find_root"]

SETTINGS = "chariot.yaml"
SPECS = "specs"
STATE = ".chariot"

# Folders that no Go file can depend on, and that can be very large.
_NOT_SOURCE = frozenset({".git", ".hg", ".svn", STATE, "node_modules", ".venv"})
# What the backend's own Makefile builds, in its root alone: elsewhere these are folders of people.
_BUILT = frozenset({".aws-sam", "dist"})


def digest_of(content: bytes | str) -> str:
    """Return the sha256 of a file's content, as the manifests write it."""
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def find_root(start: Path) -> Path | None:
    """Return the nearest folder at or above ``start`` that holds ``chariot.yaml``."""
    here = start.resolve()
    return next((folder for folder in (here, *here.parents) if (folder / SETTINGS).is_file()), None)


def _stays_below(root: str, folder: str, name: str) -> bool:
    """Say whether a folder is none that a link puts outside of the root, or around itself."""
    path = f"{folder}/{name}"
    if not os.path.islink(path):  # noqa: PTH114 - asked of every folder
        return True
    target, here = f"{os.path.realpath(path)}/", f"{os.path.realpath(folder)}/"
    return target.startswith(f"{root}/") and not here.startswith(target)


class Tree(msgspec.Struct, frozen=True):
    """A backend's folder. Paths given and returned are relative to it, with ``/``."""

    root: Path

    def read(self, path: str) -> str | None:
        """Return a file's text, or None where there is no such file.

        Bytes that are not UTF-8 survive a round trip; line breaks are kept as they are.
        """
        content = self.read_bytes(path)
        return None if content is None else content.decode("utf-8", "surrogateescape")

    def read_bytes(self, path: str) -> bytes | None:
        """Return a file's content, or None where there is no such file."""
        try:
            with open(f"{self.root}/{path}", "rb", buffering=0) as stream:  # noqa: PTH123 - of thousands
                return stream.readall()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except IsADirectoryError as error:
            raise WorkspaceError(
                f"{path}: is a folder where a file belongs; nothing was changed; move it away and run again"
            ) from error
        except OSError as error:
            raise unreadable(path, error) from error

    def digest(self, path: str) -> str | None:
        """Return the sha256 of a file, or None where there is no such file."""
        content = self.read_bytes(path)
        return None if content is None else digest_of(content)

    def exists(self, path: str) -> bool:
        """Report whether anything stands at the path, a dangling link included."""
        return os.path.lexists(f"{self.root}/{path}")

    def specs(self) -> tuple[str, ...]:
        """Return the paths of the spec files, sorted."""
        return tuple(
            f"{SPECS}/{name}"
            for name in self._names(SPECS)
            if name.endswith((".yaml", ".yml")) and not name.startswith(".")
        )

    def is_vacant(self) -> bool:
        """Report whether the folder is absent or holds nothing that a person put there."""
        return not self.root.exists() or not any(
            name != STATE for name in (entry.name for entry in self.root.iterdir())
        )

    def sources(self) -> Iterator[str]:
        """Yield every file that a tool may need to check the module, sorted by folder."""
        root = os.path.realpath(self.root)
        for folder, folders, names in os.walk(self.root, followlinks=True):
            below = Path(folder).relative_to(self.root)
            skipped = _NOT_SOURCE if below.parts else _NOT_SOURCE | _BUILT
            folders[:] = sorted(
                name for name in folders if name not in skipped and _stays_below(root, folder, name)
            )
            yield from ((below / name).as_posix() for name in sorted(names))

    def present(self, paths: Iterable[str]) -> bool:
        """Report whether every one of the paths is a file; the cheapest question there is."""
        return all(os.path.isfile(f"{self.root}/{path}") for path in paths)  # noqa: PTH113

    def _names(self, folder: str) -> list[str]:
        try:
            return sorted(os.listdir(self.root / folder))  # noqa: PTH208
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            raise unreadable(folder, error) from error


class Settled(Tree, frozen=True, dict=True):
    """A tree in which nothing moves: a file that was asked for once is not read again for its hash."""

    @cached_property
    def _digests(self) -> dict[str, str | None]:
        return {}

    @cached_property
    def _folders(self) -> dict[str, frozenset[str] | None]:
        return {}

    def digest(self, path: str) -> str | None:
        """Return the sha256 that a file had when it was first asked for, None where there was none."""
        if path not in self._digests:
            self._digests[path] = super().digest(path) if self._may_be_there(path) else None
        return self._digests[path]

    def _may_be_there(self, path: str) -> bool:
        """Report whether the folder of a path lists its name, in whatever letter case, or lists nothing.

        File systems spell what is not ASCII in ways of their own.
        """
        folder, _, name = path.rpartition("/")
        if folder not in self._folders:
            try:
                names: list[str] | None = os.listdir(f"{self.root}/{folder}")  # noqa: PTH208
            except (FileNotFoundError, NotADirectoryError):
                names = []
            except OSError:
                names = None
            self._folders[folder] = None if names is None else frozenset(map(str.casefold, names))
        listed = self._folders[folder]
        return listed is None or not name.isascii() or name.casefold() in listed


def unreadable(path: str, error: OSError) -> WorkspaceError:
    """Return the error for a file that exists and cannot be read."""
    return WorkspaceError(
        f"{path}: cannot be read ({error.strerror or error}); nothing was changed; "
        "check the permissions and run again"
    )
