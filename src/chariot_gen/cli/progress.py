"""Show what a run is at: one live line on a terminal once it takes a while, plain lines elsewhere."""

from __future__ import annotations

import os
import sys
import threading
import time

from chariot_gen.pipeline.request import Progress, silent

__all__ = ["display"]

_PATIENCE = 1.0
_CLEAR = "\r\x1b[2K"


def display(*, verbose: bool) -> Progress:
    """Return what to call with each stage's name."""
    if sys.stderr.isatty() and os.environ.get("TERM") != "dumb":
        return _LiveLine().stage
    return _line if verbose else silent


def _line(stage: str) -> None:
    if stage:
        print(f"chariot-gen: {stage}", file=sys.stderr, flush=True)


class _LiveLine:
    """Redraws one line with the stage and the seconds; an empty stage ends it.

    Nothing is drawn in the first second. The thread dies with the process.
    """

    def __init__(self) -> None:
        """Start counting."""
        self._started = time.monotonic()
        self._stage = ""
        self._drawn = False
        self._over = threading.Event()
        self._lock = threading.Lock()
        threading.Thread(target=self._draw, daemon=True).start()

    def stage(self, stage: str) -> None:
        """Name the stage that begins; the empty name ends the display."""
        with self._lock:
            self._stage = stage
            if not stage:
                self._over.set()
                if self._drawn:
                    sys.stderr.write(_CLEAR)
                    sys.stderr.flush()

    def _draw(self) -> None:
        if self._over.wait(_PATIENCE):
            return
        while not self._over.wait(0.2):
            with self._lock:
                if self._over.is_set():
                    return
                seconds = time.monotonic() - self._started
                plain = f"chariot-gen: {self._stage} ({seconds:.0f} s)"
                text = plain if "NO_COLOR" in os.environ else f"\x1b[2m{plain}\x1b[0m"
                sys.stderr.write(f"{_CLEAR}{text}")
                sys.stderr.flush()
                self._drawn = True
