"""One JSON array of findings."""

from __future__ import annotations

import json

from nexa.cli.report import Checked, to_json


def render(checked: Checked) -> str:
    """The findings in the published shape."""
    return json.dumps([to_json(one) for one in checked.reports], indent=2, ensure_ascii=False) + "\n"
