"""Where a run spent its time: a sink that adds up nodes, models and tools, and prints a table."""

from __future__ import annotations

from collections import defaultdict

from nexa.runtime.events import Line


class Profile:
    """Adds up what events say."""

    def __init__(self) -> None:
        self._seconds: defaultdict[str, float] = defaultdict(float)
        self._times: defaultdict[str, int] = defaultdict(int)
        self._tokens: defaultdict[str, int] = defaultdict(int)
        self._callee: dict[str, str] = {}

    def __call__(self, line: Line) -> None:
        """Take one event in."""
        match line["event"]:
            case "node.started":
                self._callee[line["node"]] = line["callee"]
            case "node.finished":
                self._add(line["node"], line["seconds"])
            case "tool.finished":
                self._add(f"tool {line['tool']}", line["seconds"])
            case "model.usage":
                self._tokens[line["node"]] += line["input_tokens"] + line["output_tokens"]

    def table(self) -> str:
        """Nodes and tools, the slowest first; the time of a node includes what runs inside it."""
        rows = [("node", "callee", "times", "seconds", "tokens")]
        for name, seconds in sorted(self._seconds.items(), key=lambda item: -item[1]):
            tokens = str(self._tokens.get(name, "") or "")
            rows.append((name, self._callee.get(name, ""), str(self._times[name]), f"{seconds:.3f}", tokens))
        widths = [max(len(row[column]) for row in rows) for column in range(5)]
        return "".join(
            "  ".join(
                cell.rjust(width) if n > 1 else cell.ljust(width)
                for n, (cell, width) in enumerate(zip(row, widths, strict=True))
            ).rstrip()
            + "\n"
            for row in rows
        )

    def _add(self, name: str, seconds: float) -> None:
        self._seconds[name] += seconds
        self._times[name] += 1
