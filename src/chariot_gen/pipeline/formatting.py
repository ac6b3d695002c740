"""Format texts with the formatters, lot by lot, while the caller makes the next lot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import Self, TypeVar

from chariot_gen.diagnostics import Diagnostic
from chariot_gen.hooks.find import Phase, find_hooks
from chariot_gen.hooks.run import rewrite
from chariot_gen.hooks.timing import Timing
from chariot_gen.workspace.scratch import read_back, scratch

__all__ = ["Formatting", "lots"]

T = TypeVar("T")

# Enough for one start of a formatter to be little, and for several to be at hand in a large run.
_LOT = 250


def lots(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """Cut what is to be formatted into lots of about one size."""
    count = max(1, round(len(items) / _LOT))
    size = -(-len(items) // count)
    for start in range(0, len(items), size):
        yield items[start : start + size]


class Formatting:
    """Formats what it is given in the background; leaving its context waits for the end.

    What cannot be read is in ``findings``; else every text is in ``texts``.
    """

    def __init__(self, backend: Path) -> None:
        """Use the formatters of this backend."""
        self._hooks = find_hooks(Phase.FORMAT, backend)
        self._threads: list[Thread] = []
        self._failures: list[Exception] = []
        self.texts: dict[str, str] = {}
        self.findings: tuple[Diagnostic, ...] = ()
        self.timings: tuple[Timing, ...] = ()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for thread in self._threads:
            thread.join()
        if self._failures and error is None:
            raise self._failures[0]

    def start(self, texts: Mapping[str, str]) -> None:
        """Begin with these texts once those before are done."""
        before = self._threads[-1] if self._threads else None
        self._threads.append(Thread(target=self._work, args=(texts, before)))
        self._threads[-1].start()

    def _work(self, texts: Mapping[str, str], before: Thread | None) -> None:
        if before is not None:
            before.join()
        if self._failures:
            return
        try:
            self._format(texts)
        except Exception as failure:  # noqa: BLE001 - raised again where the result is waited for
            self._failures.append(failure)

    def _format(self, texts: Mapping[str, str]) -> None:
        with scratch({path: text.encode("utf-8", "surrogateescape") for path, text in texts.items()}) as root:
            findings, timings = rewrite(self._hooks, root, sorted(texts))
            self.findings += findings
            self.timings += timings
            if not findings:
                self.texts |= {
                    path: (read_back(root, path) or b"").decode("utf-8", "surrogateescape") for path in texts
                }
