"""`python -m nexa.lsp` is `nexa-lsp`: the command line decides between serving and checking."""

from __future__ import annotations

import sys

from nexa.cli.lsp import main

if __name__ == "__main__":
    sys.exit(main())
