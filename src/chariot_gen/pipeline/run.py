"""A whole run: alone in the backend, repaired if need be, and over at once if nothing changed."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from msgspec.structs import replace

from chariot_gen.pipeline.decisions import NONE
from chariot_gen.pipeline.generator import generator_digest
from chariot_gen.pipeline.inputs import gather
from chariot_gen.pipeline.memory import is_settled
from chariot_gen.pipeline.request import Progress, Report, Request, silent
from chariot_gen.workspace.lock import locked
from chariot_gen.workspace.transaction import repair
from chariot_gen.workspace.tree import STATE, Settled, Tree

__all__ = ["run"]


def run(request: Request, progress: Progress = silent) -> Report:
    """Bring the backend up to date with its specs, in one step or not at all.

    A dry run does all of it but the commit, and so tells the truth. A run that has
    nothing to do imports neither YAML nor Jinja and starts no process.
    """
    tree: Tree = Tree(request.root.resolve())
    with _alone(tree, request, progress):
        notices = tuple(filter(None, [repair(tree)]))
        tree = Settled(tree.root)
        if request.renaming is not None:
            from chariot_gen.pipeline.renames.specs import with_renamed_specs  # noqa: PLC0415 - rarely asked

            tree = with_renamed_specs(tree, request.renaming)
        inputs = gather(tree, request)
        generator = generator_digest()
        asked = inputs.written or request.module or request.renaming or request.decisions != NONE
        if not asked and is_settled(tree, inputs.digest(generator)):
            return Report(tree.root, notices=notices, dry_run=request.dry_run)
        from chariot_gen.pipeline.work import bring_up_to_date  # noqa: PLC0415 - the slow imports

        report = bring_up_to_date(tree, request, inputs, generator, progress)
        return replace(report, notices=(*notices, *report.notices))


@contextlib.contextmanager
def _alone(tree: Tree, request: Request, progress: Progress) -> Iterator[None]:
    """Keep other runs out; a dry run in a folder that is none leaves none behind."""
    if request.dry_run and not tree.exists(STATE):
        yield
        return
    with locked(tree.root, waiting=lambda: progress("waiting for another run to end")):
        yield
