"""The HTTP API as OpenAPI 3.1 sees it: plain data, from the same model as the handlers.

``operations`` says what each operation takes and answers, ``requests`` what the emitted
validation accepts, ``items`` what an answer holds, ``types`` what both say of a type.
"""
