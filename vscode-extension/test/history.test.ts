import assert from "node:assert/strict";
import { test } from "node:test";
import { type PastRun, summary, told } from "../src/history/model";

const RUN: PastRun = {
  id: "r",
  uri: "file:///w/a.nx",
  flow: "main",
  started: "2031-01-01T00:00:00Z",
  status: "ok",
  seconds: 1.25,
  inputTokens: 800,
  outputTokens: 12,
  cost: 0.0123,
  error: null,
  events: "file:///w/.nexa/runs/r.jsonl",
  runId: null,
};

const TARGET = { uri: RUN.uri, kind: "flow", name: "main" } as const;

test("a run is one line", () => {
  const start = Date.parse(RUN.started);
  assert.equal(summary(RUN, start + 30_000), "1.3 s · 812 tokens · $0.012 · just now");
  assert.equal(
    summary({ ...RUN, cost: null, seconds: 2 }, start + 150_000),
    "2.0 s · 812 tokens · 2 min ago",
  );
  assert.equal(summary({ ...RUN, seconds: null, status: "running" }, start + 7_300_000), "running · 2 h ago");
  assert.equal(
    summary({ ...RUN, inputTokens: 0, outputTokens: 0, cost: null }, start + 2 * 86_400_000),
    "1.3 s · 2 d ago",
  );
});

test("its file tells arguments, nodes and places, and may end in the middle of a line", () => {
  const span = { line: 4, column: 2, end_line: 4, end_column: 8 };
  const lines = [
    {
      event: "run.started",
      run: "r",
      path: "a.nx",
      flow: "main",
      args: { topic: "tides 客", n: 3, l: ["a"] },
    },
    { event: "node.started", node: "main#0", callee: "Ann", span },
    { event: "node.finished", node: "main#0", seconds: 1 },
    { event: "node.started", node: "main#0", callee: "Ann", span: { ...span, line: 9 } },
    { event: "node.failed", node: "main#0", error: { kind: "ModelError", message: "no key" } },
  ];
  const { args, nodes } = told(`${lines.map((one) => JSON.stringify(one)).join("\n")}\n{"event":"no`, TARGET);
  assert.deepEqual(args, { topic: "tides 客", n: "3", l: '["a"]' });
  assert.deepEqual(
    nodes.map((one) => [one.node.callee, one.node.turns, one.node.failure?.message, one.span?.line]),
    [["Ann", 2, "no key", 4]],
  );
  assert.deepEqual(told("", TARGET).nodes, []);
  assert.deepEqual(told("null\n3\n[]\n", TARGET).nodes, []);
});
