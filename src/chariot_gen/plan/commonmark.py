"""CommonMark's syntax, which readers of OpenAPI take descriptions for."""

from __future__ import annotations

import re

__all__ = ["commonmark"]

# A code span, in which nothing is markup; or what could start a tag, a comment or an instruction.
_SPAN_OR_TAG = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)|<(?=[A-Za-z/!?])", re.DOTALL)


def commonmark(text: str) -> str:
    r"""Return a description of the spec without HTML, of which a reader would show nothing.

    Emphasis, links and code stay what they are: the document's readers expect them.

    >>> commonmark("named #host#<dns>, as in `<dns>`")
    'named #host#\\<dns>, as in `<dns>`'
    """
    return _SPAN_OR_TAG.sub(lambda found: "\\<" if found[0] == "<" else found[0], text)
