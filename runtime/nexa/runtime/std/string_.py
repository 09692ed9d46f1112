"""`std.string`: interpolation at run time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from nexa.runtime.errors import TemplateError
from nexa.runtime.template import Template

_PART = re.compile(r"\\#\{|#\{(?P<inside>(?:[^{}\"']|\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')*)(?P<close>\})?")


def interpolate(template: str, data: Mapping[str, Any]) -> str:
    r"""The text with each `#{path | filter}` filled from the data; `\#{` stands for itself."""

    def fill(part: re.Match[str]) -> str:
        if part["inside"] is None:
            return "#{"
        if part["close"] is None:
            raise TemplateError(f"`#{{` is not closed: {part[0][:40]}")
        return Template(f"{{{{{{ {part['inside']} }}}}}}").render(dict(data))

    return _PART.sub(fill, template)


FUNCTIONS = {"interpolate": interpolate}
