"""Whether a raw string is a regular expression that the runtime can use (language reference, sections 1.7 and 6)."""

from __future__ import annotations

import re
import warnings

# `re` warns about spellings that may change meaning one day. Attributed to this module, so nobody else loses a warning.
warnings.filterwarnings("ignore", category=FutureWarning, module=re.escape(__name__))


def regex_error(text: str) -> str | None:
    """Why the text is no regular expression; None when it is one."""
    try:
        re.compile(text)
    except re.error as error:
        return error.msg
    except (RecursionError, OverflowError, MemoryError):
        return "too large"
    return None
