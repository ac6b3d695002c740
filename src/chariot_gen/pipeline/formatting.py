"""Format texts with the formatters, lot by lot, while the caller makes the next lot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import Self, TypeVar

from chariot_gen.diagnostics import Diagnostic
from chariot_gen.hooks.find import Hook, Phase, find_hooks
from chariot_gen.hooks.run import rewrite
from chariot_gen.hooks.timing import Timing
from chariot_gen.workspace.scratch import read_back, scratch

__all__ = ["Formatting", "lots"]

T = TypeVar("T")

# The first lot is soon at hand; of the later ones each is worth the start of a formatter.
_FIRST_LOT, _LARGEST_LOT = 32, 256


def lots(items: Iterable[T]) -> Iterator[Sequence[T]]:
    """Cut what is to be formatted into lots, each twice as large as the one before, up to a limit."""
    left, size = iter(items), _FIRST_LOT
    while lot := list(islice(left, size)):
        yield lot
        size = min(2 * size, _LARGEST_LOT)


class Formatting:
    """Formats what it is given in the background; leaving its context waits for the end.

    What cannot be read is in ``findings``; else every text is in ``texts``.
    """

    def __init__(self, backend: Path) -> None:
        """Use the formatters of this backend."""
        self._hooks = find_hooks(Phase.FORMAT, backend)
        self._lots: list[_Lot] = []
        self.texts: dict[str, str] = {}
        self.findings: tuple[Diagnostic, ...] = ()
        self.timings: tuple[Timing, ...] = ()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with ExitStack() as folders:
            for lot in self._lots:
                folders.push(lot)
                lot.join()
            if error is None:
                self._take_ready()

    def start(self, texts: Mapping[str, str]) -> None:
        """Begin with these texts once those before are done."""
        self._take_ready()
        self._lots.append(_Lot(self._hooks, texts, self._lots[-1] if self._lots else None))

    def _take_ready(self) -> None:
        while self._lots and not self._lots[0].is_alive():
            with self._lots.pop(0) as lot:
                self._take(lot)

    def _take(self, lot: _Lot) -> None:
        if lot.failure is not None:
            raise lot.failure
        self.findings += lot.findings
        self.timings += lot.timings
        if not lot.findings:
            self.texts |= lot.texts()


class _Lot(Thread):
    """Some texts in a folder of their own, and the formatters at work on them.

    Only the wait for the formatters is the thread's. Files are written and read by the
    caller: a thread would have to ask for the interpreter anew with each of them.
    """

    def __init__(self, hooks: Sequence[Hook], texts: Mapping[str, str], before: _Lot | None) -> None:
        super().__init__()
        self._hooks, self._paths, self._before = hooks, sorted(texts), before
        self._folder = ExitStack()
        self._root = self._folder.enter_context(
            scratch({path: text.encode("utf-8", "surrogateescape") for path, text in texts.items()})
        )
        self.findings: tuple[Diagnostic, ...] = ()
        self.timings: tuple[Timing, ...] = ()
        self.failure: Exception | None = None
        self.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._folder.close()

    def run(self) -> None:
        """Let the formatters rewrite the files, unless they have failed before."""
        if self._before is not None:
            self._before.join()
            self.failure, self._before = self._before.failure, None
        if self.failure is not None:
            return
        try:
            self.findings, self.timings = rewrite(self._hooks, self._root, self._paths)
        except Exception as failure:  # noqa: BLE001 - raised again where the result is waited for
            self.failure = failure

    def texts(self) -> dict[str, str]:
        """Return what the formatters have made of the texts."""
        return {
            path: (read_back(self._root, path) or b"").decode("utf-8", "surrogateescape")
            for path in self._paths
        }
