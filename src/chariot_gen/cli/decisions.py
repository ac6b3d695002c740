"""The options by which a user decides about single files."""

from __future__ import annotations

from collections.abc import Sequence

import click

from chariot_gen.errors import UsageError
from chariot_gen.merge.choice import Choice, Choices

__all__ = ["choices", "conflict_option"]

_WORDS = tuple(choice.value for choice in Choice)

conflict_option = click.option(
    "--on-conflict",
    multiple=True,
    metavar="CHOICE[=PATH]",
    help="Where you and the specs changed the same place: stop (the default), mark it in the file, keep "
    "ours (what is in the file), take theirs (what is newly generated). With =PATH for one file; repeatable.",
)


def choices(given: Sequence[str]) -> Choices:
    """Return what was chosen, for every file and for single ones."""
    everywhere = Choice.STOP
    paths: dict[str, Choice] = {}
    for text in given:
        word, _, path = text.partition("=")
        if word not in _WORDS:
            raise UsageError(f"--on-conflict {text}: is none of {', '.join(_WORDS)}, with or without =PATH")
        if path:
            paths[path] = Choice(word)
        else:
            everywhere = Choice(word)
    return Choices(everywhere, paths)
