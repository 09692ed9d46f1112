"""The findings of a file as `nexa check --format json` has them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from nexa.cli.analyse import locator
from nexa.cli.mcp.arguments import Severity
from nexa.cli.mcp.refused import CalledOff
from nexa.cli.mcp.tool import Call
from nexa.cli.report import SEVERITIES, relocated, report, to_json
from nexa.compiler.analysis import Project
from nexa.compiler.rule import Finding
from nexa.ide.features.diagnostics import visible_findings


def findings_of(call: Call, project: Project, path: str, severity: Severity) -> list[Finding]:
    """What is reported of a file, of this severity and above. Raises CalledOff when nobody waits for it any more."""
    found = project.findings(path, call.is_wanted)
    if found is None:
        raise CalledOff
    kept = call.workspace.kept(path)
    threshold = SEVERITIES.index(severity)
    visible = visible_findings(found, kept.config.check, call.workspace.relative(path))
    return [one for one in visible if SEVERITIES.index(one.severity.value) <= threshold]


def as_json(call: Call, project: Project, findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Findings with lines and columns instead of offsets."""
    locate = locator(project)
    return [to_json(relocated(report(one, locate, ""), call.workspace.roots.show)) for one in findings]


def line_of(one: dict[str, Any]) -> str:
    """A finding in a line, as `nexa check` prints it; with what its fix would do."""
    fix = f" [fix: {one['fix']['title']}]" if one["fix"] else ""
    return f"{one['path']}:{one['line']}:{one['column']}: {one['severity']}[{one['code']}] {one['message']}{fix}"
