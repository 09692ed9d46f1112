"""What running costs: loops, calls, agents and their events beside the same in plain asyncio, and what memory does.

Times are those of the processor, in this process. The floor of a call of an agent is a coroutine that is awaited, and
that of a fan-out tasks that end at once.
"""

from __future__ import annotations

import asyncio
import gc
import statistics
import tempfile
import time
import tracemalloc
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from timing import table

from nexa.cli.opened import opened, shown, source_of
from nexa.compiler.emit.compiled import compiled
from nexa.runtime.config import Configuration, Secrets, Settings
from nexa.runtime.engine import run_program
from nexa.runtime.loading import load
from nexa.runtime.program import Program
from nexa.runtime.run import Run
from nexa.runtime.sinks import Store

ROUNDS = 5
LOOP, CALLS = 100_000, 2_000

PROGRAM = """
agent Ann { prompt: "Answer.", memory: none }
agent Bob { prompt: "Answer.", memory: none }
fn add(a: int, b: int) -> int { return a + b }
@tool("Adds", threaded: false)
fn plus(a: int, b: int) -> int { return a + b }
agent Clerk uses plus { prompt: "Add.", memory: none, tool_call_strategy: "required" }

flow loops(n: int) {
    total = 0
    for i in range(n) {
        if i % 3 == 0 { total += i } else { total -= 1 }
    }
}
flow calls(n: int) {
    total = 0
    for i in range(n) { total = add(total, i) }
}
flow agents(n: int) { for i in range(n) { Ann.run("question") } }
flow chains(n: int) { for i in range(n) { "question" >> Ann >> Bob } }
flow tools(n: int) { for i in range(n) { Clerk.run("question") } }
flow fans(n: int) { range(n) |>> Ann }
flow main { }
"""


async def _nothing(value: int) -> int:
    return value


async def _plain_loop(count: int) -> None:
    total = 0
    for i in range(count):
        if i % 3 == 0:
            total += i
        else:
            total -= 1


async def _plain_calls(count: int) -> None:
    for i in range(count):
        await _nothing(i)


async def _plain_fan(count: int) -> None:
    await asyncio.gather(*(_nothing(i) for i in range(count)))


WORK: dict[str, tuple[str, int, Callable[[int], Awaitable[None]]]] = {
    "a turn of a loop": ("loops", LOOP, _plain_loop),
    "a call of a function": ("calls", LOOP, _plain_calls),
    "a run of an agent": ("agents", CALLS, _plain_calls),
    "a chain of two agents": ("chains", CALLS, _plain_calls),
    "a run with one call of a tool": ("tools", CALLS, _plain_calls),
    "a branch of a fan-out": ("fans", CALLS, _plain_fan),
}


def main() -> None:
    """Print the tables."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "a.nx")
        file.write_text(PROGRAM, encoding="utf-8")
        program = load(compiled(opened(source_of(str(file))).program, shown).units)
        rows = []
        for name, (flow, count, floor) in WORK.items():
            silent, kept, plain = ([] for _ in range(3))
            for _ in range(ROUNDS):  # in turn, so that a slow minute hits all of them
                silent.append(_processor(lambda f=flow, n=count: _ran(program, f, n, None)) / count)  # type: ignore[misc]  # mypy infers no type for a lambda with defaults
                kept.append(_processor(lambda f=flow, n=count: _ran(program, f, n, Path(folder))) / count)  # type: ignore[misc]  # the same
                plain.append(_processor(lambda f=floor, n=count: f(n)) / count)  # type: ignore[misc]  # the same
            rows.append((name, *map(_microseconds, (plain, silent, kept))))
        table(["µs of the processor", "plain asyncio", "Nexa", "Nexa, events kept"], rows)
        print()
        grown = [(name, *(f"{_growth(program, flow, n):.0f}" for n in (CALLS, 4 * CALLS))) for name, flow in MEMORY]
        table(["KiB more after", f"{CALLS}", f"{4 * CALLS}"], grown)


MEMORY = (("runs of an agent", "agents"), ("chains", "chains"), ("turns of a loop", "loops"))


async def _ran(program: Program, flow: str, count: int, store: Path | None) -> None:
    sink = Store(store / "runs") if store is not None else None
    run = Run(Configuration(Secrets(environment={}), Settings(offline=True)), sinks=[sink] if sink is not None else [])
    run.nodes = {node["id"]: node for graph in program.graphs.values() for node in graph.get("nodes", ())}
    outcome = await run_program(run, program, flow, {"n": count})
    if sink is not None:
        sink.close()
    if outcome.error is not None:
        raise outcome.error


def _processor(work: Callable[[], Awaitable[Any]]) -> float:
    async def awaited() -> float:
        started = time.process_time()
        await work()
        return time.process_time() - started

    return asyncio.run(awaited())


def _growth(program: Program, flow: str, count: int) -> float:
    asyncio.run(_ran(program, flow, 100, None))
    gc.collect()
    tracemalloc.start()
    asyncio.run(_ran(program, flow, count, None))
    gc.collect()
    grown = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return grown / 1024


def _microseconds(values: list[float]) -> str:
    return f"{statistics.median(values) * 1e6:.2f}"


if __name__ == "__main__":
    main()
