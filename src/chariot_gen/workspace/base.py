"""What we last wrote, kept as plain files: ``diff -r .chariot/base .`` shows every hand edit."""

from __future__ import annotations

from chariot_gen.files import FilePlan, Ownership
from chariot_gen.workspace.tree import STATE, Tree

__all__ = ["base_path", "has_base", "read_base"]

_BASE = f"{STATE}/base"


def base_path(path: str) -> str:
    """Return where the last written content of an emitted file is kept."""
    return f"{_BASE}/{path}"


def has_base(plan: FilePlan) -> bool:
    """Report whether the last content is kept: of files that are merged or composed, and not released."""
    return plan.ownership is Ownership.MERGED or (plan.composed and plan.ownership is not Ownership.YOURS)


def read_base(tree: Tree, path: str) -> str | None:
    """Return what we last wrote at a path, or None where it is not kept."""
    return tree.read(base_path(path))
