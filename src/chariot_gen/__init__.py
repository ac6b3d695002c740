"""chariot-gen: Go backends on the Chariot pattern from one YAML spec per entity."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chariot_gen.pipeline.request import Report, Request

__all__ = ["__version__", "generate"]
__version__ = "0.1.0"


def generate(request: Request) -> Report:
    """Do one run, as the command line does it; errors are those of ``chariot_gen.errors``."""
    from chariot_gen.pipeline.run import run  # noqa: PLC0415 - importing the package stays cheap

    return run(request)
