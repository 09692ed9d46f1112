"""What compiled programs call: `import nexa.runtime as nx`. Nothing here is imported before it is first used.

`docs/architecture/emitted-code.md` says what each name means.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import Any

_MODULES = {
    "agent_contracts": "AgentContract",
    "agent_settings": "Fallback",
    "actors": "pass_message receive start_actor",
    "agents": "agent",
    "arithmetic": "add divide multiply negative positive remainder subtract",
    "at_once": "at_once",
    "autoloops": "autoloop",
    "background": "background bar_bar",
    "branching": "absent arm choose classify decide fast_classify judged no_intent",
    "callables": "Cell DEFAULT call call_method call_method_node call_node fn flow lambda_",
    "catching": "catches",
    "checks": "checked",
    "consensus": "amp_amp",
    "context_policy": "with_context",
    "contracts": "assert_judged assertion_failed contract unverified verify_judged verify_type violated",
    "corrections": "corrections",
    "declared_tool": "parameter tool",
    "defers": "deferred",
    "duration": "Duration",
    "engine": "main",
    "enums": "Err Ok Option Result Some enum is_variant make_variant variant",
    "errors": "NexaError error",
    "failures": "err_of failed failure payload raisable unwrap",
    "fan": "fan_out hints",
    "forks": "fork",
    "frame": "ambient last_result",
    "harness": "unharnessed",
    "hooks": "Hook hooks",
    "interpolation": "apply_filter interpolate spread spread_entries template",
    "loops": "assigned loop",
    "members": "index iterate member pairs set_index set_member slice_of",
    "patterns": "destructure no_arm",
    "pipeline": "merge pipe",
    "predeclared": "builtins",
    "program": "beside program test",
    "protocols": "Protocol",
    "secrets_view": "nexa_secrets",
    "jobs.declared": "job",
    "serving.declared": "group header_rules middleware protect route server site static",
    "snapshots": "is_kept restore snapshot",
    "stores.handles": "handle",
    "stores.opening": "configured",
    "std": "std",
    "structs": "Struct field make",
    "tasks": "awaited start_task",
    "tools": "mcp python_file skill tool_fn",
    "traits": "Trait impl trait",
    "truth": "contains equal greater greater_equal less less_equal truthy",
    "types": "FnType Later Semantic StageType handle_type is_type semantic_type",
    "values": "UNIT Secret Unit",
}
_HOMES = {name: f"nexa.runtime.{module}" for module, names in _MODULES.items() for name in names.split()}
_HOMES |= dict.fromkeys(("Annotated", "Any", "Union"), "typing")

__all__ = ["patterns", *_HOMES]  # noqa: PLE0604  # names only, from the table


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is not None:
        value = getattr(importlib.import_module(home), name)
    elif name == "patterns":
        value = importlib.import_module(f"nexa.runtime.{name}")
    else:
        raise AttributeError(f"nexa.runtime has no `{name}`")
    globals()[name] = value
    return value


class _Facade(ModuleType):
    """Importing the module `hooks` would make `nx.hooks` that module; here it stays the function."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name not in _HOMES or not isinstance(value, ModuleType):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Facade
