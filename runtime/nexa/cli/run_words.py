"""How much a run or a node of it took, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def spent(run: Mapping[str, Any]) -> str:
    """`1.2 s · 812 tokens · $0.0021`; what is zero or unknown is left out."""
    tokens = run["input_tokens"] + run["output_tokens"]
    time = None if run["seconds"] is None else f"{run['seconds']:.2f} s"
    words = (time, f"{tokens} tokens" if tokens else None, f"${run['cost']:.4f}" if run["cost"] else None)
    return " · ".join(filter(None, words))


def spent_by(node: Mapping[str, Any]) -> str:
    """The same of a node, with the number of its turns where there are several."""
    turns = f"×{node['turns']} · " if node["turns"] > 1 else ""
    return turns + spent(node)
