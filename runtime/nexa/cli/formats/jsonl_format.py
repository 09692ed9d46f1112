"""One JSON object a line."""

from __future__ import annotations

import json

from nexa.cli.report import Checked, to_json


def render(checked: Checked) -> str:
    """The findings in the published shape, each on its line."""
    return "".join(json.dumps(to_json(one), ensure_ascii=False) + "\n" for one in checked.reports)
