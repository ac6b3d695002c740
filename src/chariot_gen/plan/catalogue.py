"""The one table of every file that can be emitted: where, for what, owned by whom, with which view.

A template lies at the path of its output, with ``ENTITY``, ``COMMAND`` and ``SERVICE``
standing for the names and ``.jinja`` at the end.
"""

from __future__ import annotations
