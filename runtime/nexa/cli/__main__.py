"""`python -m nexa.cli` is `nexa`."""

from __future__ import annotations

import sys

from nexa.cli import main

if __name__ == "__main__":  # a worker process of `--jobs` imports this module under another name
    sys.exit(main())
