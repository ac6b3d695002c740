"""Inside the environment of praetorian-cli: calls its SDK as lines of JSON on stdin ask.

A line is ``[name, arguments, keywords]``; the answer is ``{"result": ...}`` or ``{"error": text}``.
"""

from __future__ import annotations

import json
import sys
from functools import reduce

from praetorian_cli.sdk.chariot import Chariot
from praetorian_cli.sdk.keychain import Keychain


def main() -> None:
    """Answer every line."""
    sdk = Chariot(Keychain())
    for line in sys.stdin:
        name, arguments, keywords = json.loads(line)
        try:
            answer = {"result": reduce(getattr, name.split("."), sdk)(*arguments, **keywords)}
        except Exception as error:  # noqa: BLE001 - the client raises nothing more exact
            answer = {"error": str(error)}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
