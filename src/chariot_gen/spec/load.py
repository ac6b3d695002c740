"""The way from files to a backend, stage by stage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from chariot_gen.diagnostics import Diagnostic
from chariot_gen.errors import SpecError
from chariot_gen.model.backend import Backend
from chariot_gen.spec.build import build_settings
from chariot_gen.spec.read import Source, read
from chariot_gen.spec.rules import check_all
from chariot_gen.spec.specs import Specs, Understood
from chariot_gen.spec.vocabulary import SETTINGS

__all__ = ["Source", "load", "load_again"]


def load(settings_file: Source, spec_files: Sequence[Source]) -> Backend:
    """Return the backend that these files describe.

    SpecError carries every complaint about every file, in the order of the files and
    then of the lines.
    """
    return load_again(settings_file, spec_files, {})[0]


def load_again(
    settings_file: Source, spec_files: Sequence[Source], known: Mapping[str, Understood]
) -> tuple[Backend, dict[str, Understood]]:
    """Return the same backend, and what is to be known of each spec the next time.

    Of the specs that are known by their path, only those are read whose text has
    changed, or that of a spec that they reach.
    """
    settings_read = read(settings_file, SETTINGS)
    settings = build_settings(settings_read.root) if settings_read.root else None
    specs = Specs(spec_files, known)
    check_all(specs.subjects)
    found = [_in_order(problems.found) for problems in (settings_read.problems, *specs.problems)]
    if any(found) or settings is None:
        raise SpecError([diagnostic for diagnostics in found for diagnostic in diagnostics])
    return specs.backend(settings), specs.understood


def _in_order(diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    return sorted(diagnostics, key=lambda diagnostic: diagnostic.location)
