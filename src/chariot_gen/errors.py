"""Every way a run can end badly, and the exit code that says so.

::

    ChariotGenError
    ├── SpecError        the spec is wrong; carries every diagnostic        exit 1
    ├── UsageError       the command line asks for something impossible     exit 2
    ├── ConflictError    files on disk and the spec disagree; lists them    exit 3
    ├── CheckError       a hook found errors in what would be written       exit 4
    ├── DriftError       ``check`` found files that are not current         exit 5
    ├── ToolError        a tool could not be run; says how to install it    exit 69
    ├── TemplateError    a template of ours is wrong; names the line        exit 70
    └── WorkspaceError   the disk said no; nothing was changed              exit 74

A message reads ``place: what is wrong; what to do``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chariot_gen.diagnostics import Diagnostic

__all__ = [
    "ChariotGenError",
    "CheckError",
    "ConflictError",
    "DriftError",
    "SpecError",
    "TemplateError",
    "ToolError",
    "UsageError",
    "WorkspaceError",
]


class ChariotGenError(Exception):
    """The base of every error a user can meet; ``str()`` of it is the message."""

    exit_code: ClassVar[int] = 70


class SpecError(ChariotGenError):
    """The spec is wrong. ``diagnostics`` holds every complaint, in file order."""

    exit_code = 1

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        super().__init__("\n".join(str(diagnostic) for diagnostic in diagnostics))
        self.diagnostics = tuple(diagnostics)


class UsageError(ChariotGenError):
    """The command line asks for something that cannot be done."""

    exit_code = 2


class ConflictError(ChariotGenError):
    """Files on disk and the spec disagree. ``paths`` lists them, sorted."""

    exit_code = 3

    def __init__(self, message: str, paths: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.paths = tuple(sorted(paths))


class CheckError(ChariotGenError):
    """A hook found errors in the staged tree. ``diagnostics`` holds its findings."""

    exit_code = 4

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        super().__init__("\n".join(str(diagnostic) for diagnostic in diagnostics))
        self.diagnostics = tuple(diagnostics)


class DriftError(ChariotGenError):
    """Files are not what the specs say. ``paths`` lists them, sorted."""

    exit_code = 5

    def __init__(self, message: str, paths: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.paths = tuple(sorted(paths))


class ToolError(ChariotGenError):
    """A tool could not be run; the message ends with the command that installs it."""

    exit_code = 69


class TemplateError(ChariotGenError):
    """A template of chariot-gen is wrong; names the template and the line."""

    exit_code = 70


class WorkspaceError(ChariotGenError):
    """The disk refused; nothing was changed."""

    exit_code = 74
