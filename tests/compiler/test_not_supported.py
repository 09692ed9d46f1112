"""NX690 for what would otherwise be passed over in silence at run time."""

from __future__ import annotations

import pytest

from harness.findings import differences


@pytest.mark.parametrize(
    "text",
    [
        '@tool("x", sandbox: true) fn f() { }',
        "tool T { sandbox: true }",
        'agent A {\n  @tool("x", sandbox: false) fn f() { }\n}',
        'agent A {\n  @tool("x", sandbox: true) fn f() { }\n'
        "           //^^^^^^^ NX690: `sandbox` for a function of an agent is not supported by this version yet\n}",
        'tool T { mcp: "https://x" }',
        'agent A { rbac_role: "x" }',
        'agent A uses "a.md", "a.py", mcp:"https://x" { }',
    ],
)
def test_not_supported(text: str) -> None:
    assert differences(text, codes=frozenset({"NX690"}), running=True) == []
