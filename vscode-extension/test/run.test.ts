import assert from "node:assert/strict";
import { test } from "node:test";
import type { Graph } from "../src/graph/model";
import { paintOf, summaryOf } from "../src/graph/paint";
import { cost, type RunEvent } from "../src/run/events";
import { canRunFrom, nameOf, newRecord, record, stateOf, titleOf } from "../src/run/record";
import { Transcript } from "../src/run/transcript";

type Bare<E> = E extends { runId: string } ? Omit<E, "runId"> : never;

function events(...bare: Bare<RunEvent>[]): RunEvent[] {
  return bare.map((one) => ({ ...one, runId: "r" }) as RunEvent);
}

function graphOf(...ids: string[]): Graph {
  return { nodes: ids.map((id) => ({ id, kind: "agent", region: "m" })) } as unknown as Graph;
}

function asItWas(...ids: string[]) {
  return new Map(ids.map((id) => [id, { id, isChanged: false }]));
}

function transcript(...bare: Bare<RunEvent>[]): string {
  const writer = new Transcript(
    (error) => error.span && `${error.span.path}:${error.span.line}:${error.span.column}`,
  );
  const text = events(...bare)
    .map((event) => writer.text(event))
    .join("");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one
  return text.replace(/\u001b\[\d+m/g, "").replaceAll("\r\n", "\n");
}

test("prints, and the end of a run", () => {
  assert.equal(
    transcript(
      { event: "run.started", path: "a.nx", flow: "main", args: { topic: "tides", n: 2 } },
      { event: "print", text: "one\ntwo" },
      { event: "print", text: " and a half\n" },
      {
        event: "run.finished",
        status: "ok",
        seconds: 1.23,
        usage: { input_tokens: 800, output_tokens: 12 },
        value: [1],
      },
    ),
    "▷ main(topic: tides, n: 2)\none\ntwo\n and a half\n[1]\n✓ 1.2 s · 812 tokens\n",
  );
});

test("agents that stream at the same time write one after the other", () => {
  const text = transcript(
    { event: "node.started", node: "m#0", callee: "Ann", branch: 0 },
    { event: "node.started", node: "m#1", callee: "Bob", branch: 1 },
    { event: "token", node: "m#0", text: "a" },
    { event: "token", node: "m#1", text: "b" },
    { event: "token", node: "m#0", text: "a\na" },
    { event: "token", node: "m#1", text: "b" },
    { event: "node.finished", node: "m#0", seconds: 1 },
    { event: "token", node: "m#1", text: "b" },
    { event: "node.finished", node: "m#1", seconds: 1 },
    { event: "print", text: "end\n" },
  );
  assert.equal(text, "Ann 1 │ aa\nAnn 1 │ a\nBob 2 │ bbb\nend\n");
});

test("whoever ended while another wrote is told whole", () => {
  const text = transcript(
    { event: "token", node: "a", text: "1" },
    { event: "token", node: "b", text: "2" },
    { event: "token", node: "c", text: "3" },
    { event: "node.finished", node: "b", seconds: 1 },
    { event: "node.finished", node: "a", seconds: 1 },
    { event: "token", node: "c", text: "3" },
    { event: "run.finished", status: "cancelled", seconds: 0.5 },
  );
  assert.equal(text, "a │ 1\nb │ 2\nc │ 33\ncancelled after 0.5 s\n");
});

test("what is printed while an agent streams gets lines of its own", () => {
  const text = transcript(
    { event: "token", node: "a", text: "be" },
    { event: "print", text: "x\n" },
    { event: "token", node: "a", text: "gun" },
    { event: "node.finished", node: "a", seconds: 1 },
  );
  assert.equal(text, "a │ be\nx\na │ gun\n");
});

test("failures name their place", () => {
  const span = { path: "a.nx", line: 4, column: 13, end_line: 4, end_column: 19 };
  const text = transcript(
    { event: "node.started", node: "m#0", callee: "Ann" },
    { event: "node.failed", node: "m#0", error: { kind: "ModelError", message: "no key", span } },
    {
      event: "run.finished",
      status: "failed",
      seconds: 0.01,
      error: { kind: "ModelError", message: "no key", span },
    },
  );
  assert.equal(text, "✗ Ann: ModelError: no key (a.nx:4:13)\n✗ ModelError: no key (a.nx:4:13)\n10 ms\n");
});

test("a record sums up turns, time and tokens", () => {
  const run = newRecord("r", { uri: "file:///a.nx", kind: "flow", name: "main" }, 0);
  const take = (...bare: Bare<RunEvent>[]) => {
    for (const event of events(...bare)) record(run, event);
  };
  take({ event: "node.started", node: "m#0", callee: "Ann" }, { event: "token", node: "m#0", text: "hi" });
  assert.equal(stateOf(run.nodes.get("m#0")), "running");
  assert.equal(run.now, "Ann");
  take(
    { event: "model.usage", node: "m#0", input_tokens: 5, output_tokens: 2, cost: 0.001 },
    { event: "node.finished", node: "m#0", seconds: 1 },
    { event: "node.started", node: "m#0", callee: "Ann" },
    { event: "node.failed", node: "m#0", error: { kind: "X", message: "y" } },
  );
  const node = run.nodes.get("m#0");
  assert.equal(stateOf(node), "failed");
  assert.deepEqual([node?.turns, node?.seconds, node?.usage.input_tokens], [2, 1, 5]);
  assert.equal(stateOf(undefined), "waiting");
  take({ event: "node.started", node: "m#1", callee: "Bob" });
  take({ event: "run.finished", status: "cancelled", seconds: 2 });
  assert.equal(stateOf(run.nodes.get("m#1")), "waiting");
  record(run, { event: "something.new", runId: "r" } as never);
});

test("a flow can be run again from what its run came to, once that is over", () => {
  const run = newRecord("r", { uri: "file:///a.nx", kind: "flow", name: "main" }, 0);
  const take = (...bare: Bare<RunEvent>[]) => {
    for (const event of events(...bare)) record(run, event);
  };
  take(
    { event: "run.started", run: "20300101T000000Z-aa", path: "a.nx", flow: "main" },
    { event: "node.started", node: "m#0", callee: "Ann" },
    { event: "node.finished", node: "m#0", seconds: 0, replayed: true },
  );
  assert.equal(canRunFrom(run, "m#0"), false);
  take(
    { event: "node.started", node: "m#1", callee: "Bob" },
    { event: "run.finished", status: "ok", seconds: 2 },
  );
  assert.equal(run.name, "20300101T000000Z-aa");
  assert.deepEqual(
    ["m#0", "m#1", "m#2"].map((id) => canRunFrom(run, id)),
    [true, true, false],
  );
  const painted = paintOf(run, graphOf("m#0", "m#1"), asItWas("m#0", "m#1"));
  assert.deepEqual([painted["m#0"]?.isReplayed, painted["m#0"]?.note], [true, "replayed · 0 ms"]);
  assert.deepEqual([painted["m#1"]?.isReplayed, painted["m#1"]?.canRunFrom], [false, true]);
});

test("a run is painted on the nodes of now", () => {
  const run = newRecord("r", { uri: "file:///a.nx", kind: "flow", name: "m" }, 0);
  for (const event of events(
    { event: "node.started", node: "m#0", callee: "Ann" },
    { event: "node.finished", node: "m#0", seconds: 0 },
    { event: "node.started", node: "m#1", callee: "Bob" },
  )) {
    record(run, event);
  }
  const kin = new Map([
    ["m#1", { id: "m#0", isChanged: false }],
    ["m#3", { id: "m#1", isChanged: true }],
  ]);
  const painted = paintOf(run, graphOf("m#0", "m#1", "m#2", "m#3"), kin);
  assert.deepEqual(
    Object.entries(painted).map(([id, { state, isEarlier }]) => [id, state, isEarlier]),
    [
      ["m#1", "done", false],
      ["m#3", "running", true],
    ],
  );
  assert.equal(summaryOf({ ...run, status: "ok" }, true), "✓ 0 ms · of an earlier text");
});

test("a loop goes on while something in it does", () => {
  const run = newRecord("r", { uri: "file:///a.nx", kind: "flow", name: "m" }, 0);
  const nodes = [
    { id: "m#0", kind: "loop", region: "m/for1" },
    { id: "m#1", kind: "agent", region: "m/for1/block2" },
    { id: "m#2", kind: "agent", region: "m/for10" },
    { id: "m#3", kind: "loop", region: "m/for10" },
  ];
  const graph = { ...graphOf(), nodes } as unknown as Graph;
  const kin = asItWas("m#0", "m#1", "m#2", "m#3");
  const states = () => Object.entries(paintOf(run, graph, kin)).map(([id, { state }]) => `${id} ${state}`);
  assert.deepEqual(states(), []);
  const [begin, end] = events(
    { event: "node.started", node: "m#1", callee: "Ann" },
    { event: "node.finished", node: "m#1", seconds: 0 },
  );
  assert.ok(begin && end);
  record(run, begin);
  assert.deepEqual(states(), ["m#1 running", "m#0 running"]);
  record(run, end);
  assert.deepEqual(states(), ["m#1 done", "m#0 done"]);
});

test("costs are short", () => {
  assert.equal(cost(0.0123), "12 ms");
  assert.equal(
    cost(61.2, { input_tokens: 1, output_tokens: 2, cost: 0.00214 }),
    "61.2 s · 3 tokens · $0.0021",
  );
});

test("findings that stop a run are told once", () => {
  const detail = "a.nx:1:1: error[NX100] no\nFound 1 error in 1 file.";
  const error = { kind: "process", message: "Found 1 error in 1 file.", detail };
  const text = new Transcript(() => undefined).text({
    event: "run.finished",
    runId: "r",
    status: "failed",
    seconds: 1,
    error,
  });
  assert.equal(text.split("Found 1 error").length, 2);
  assert.match(text, /NX100/);
  assert.doesNotMatch(text, /process:/);
});

test("what serves has an address, and what has no name is told by its file", () => {
  const target = { uri: "file:///a%20b.nx", kind: "flow", name: "" } as const;
  const run = newRecord("r", target, 0);
  record(run, {
    event: "log",
    runId: "r",
    level: "info",
    text: "listens on http://127.0.0.1:1",
    address: "http://127.0.0.1:1",
  });
  record(run, { event: "log", runId: "r", level: "info", text: "GET /" });
  assert.equal(run.address, "http://127.0.0.1:1");
  assert.deepEqual([titleOf(target), nameOf(target)], ["a b.nx", "a b.nx"]);
  const tests = { ...target, kind: "test" } as const;
  assert.deepEqual([titleOf(tests), nameOf(tests)], ["tests", "a b.nx"]);
});
