"""What the frames of a call stack are called: as the program calls them, not as the Python that it was made into."""

from __future__ import annotations

import re
from typing import Any

from nexa.cli.dap_messages import Json

_NEXA = (".nx", ".nxlib")
_DECLARED = re.compile(r"(?:flow|fn)_(?P<name>.+)")
_NUMBERED = re.compile(r"(?P<name>test|script|lambda|function)_\d+")


def named(message: Json) -> Json:
    """The message, with the program's own names where it tells a call stack."""
    body = message.get("body")
    if message.get("command") != "stackTrace" or not isinstance(body, dict):
        return message
    return {**message, "body": {**body, "stackFrames": [_named(one) for one in body.get("stackFrames") or ()]}}


def _named(frame: Any) -> Any:  # noqa: ANN401  # JSON
    path = str((frame.get("source") or {}).get("path", ""))
    name = str(frame.get("name", ""))
    found = (_DECLARED.fullmatch(name) or _NUMBERED.fullmatch(name)) if path.endswith(_NEXA) else None
    return {**frame, "name": found["name"]} if found else frame
