"""Merge Go by what it is made of: imports, declarations, fields, methods, elements of tables.

``source`` reads a file as rows and a tree; ``piece`` and ``containers`` cut it into pieces
with an ``identity``; ``align`` finds the same piece in three versions; ``sequence`` merges
each by itself. ``twins`` and ``parts`` go deeper where that pays, ``rows`` merges the rest,
``additions`` says what may stand side by side. ``imports`` follow the code's ``usage``.
"""

from chariot_gen.merge.golang.merge import merge_go

__all__ = ["merge_go"]
