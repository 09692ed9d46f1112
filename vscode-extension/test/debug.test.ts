import assert from "node:assert/strict";
import { test } from "node:test";
import { completed, launchOf, texts } from "../src/debug/configuration";
import { Results, titlesIn } from "../src/tests/results";

test("F5 without a configuration debugs main of the file in front", () => {
  assert.deepEqual(completed({}, "/w/a.nx"), {
    type: "nexa",
    request: "launch",
    name: "Nexa: main",
    program: "/w/a.nx",
    flow: "main",
  });
  assert.match(JSON.stringify(completed({}, undefined)), /open a program first/);
});

test("what is configured stays", () => {
  const asked = {
    type: "nexa",
    name: "Mine",
    request: "launch",
    program: "/w/b.nx",
    flow: "other",
    mock: true,
  };
  assert.deepEqual(completed(asked, "/w/a.nx"), asked);
  const one = completed(launchOf("/w/b.nx", "test", "it works"), undefined);
  assert.equal("flow" in one, false);
});

test("arguments become texts", () => {
  assert.deepEqual(texts({ n: 3, s: "x=y", l: ["a"] }), { n: "3", s: "x=y", l: '["a"]' });
  assert.deepEqual(texts(["s=x=y"]), { s: "x=y" });
  assert.deepEqual(texts(undefined), {});
});

test("tests are found by a look at the text", () => {
  const text = 'flow main { }\ntest "one" {\r\n}\n  test \'two\' {\n// test "no"\nlatest "no"\n';
  assert.deepEqual(
    titlesIn(text).map(({ title, line }) => `${line} ${title}`),
    ["1 one", "3 two"],
  );
});

test("the events of several tests are told apart", () => {
  const results = new Results();
  const take = (event: object) => results.take({ runId: "r", ...event } as never);
  assert.deepEqual(take({ event: "run.started", flow: "one", path: "a.nx" }), { begun: "one" });
  assert.deepEqual(take({ event: "print", text: "x\n" }), { output: "x\n" });
  assert.equal(take({ event: "run.finished", status: "ok", seconds: 0.5 }).outcome?.status, "passed");
  take({ event: "run.started", flow: "two", path: "a.nx" });
  const span = { line: 3, column: 5, end_line: 3, end_column: 9 };
  const error = { kind: "AssertionError", message: "1 is not 2", span };
  assert.deepEqual(take({ event: "run.finished", status: "failed", seconds: 0.5, error }).outcome, {
    title: "two",
    status: "failed",
    milliseconds: 500,
    message: "AssertionError: 1 is not 2",
    span,
  });
  assert.deepEqual(take({ event: "token", node: "n", text: "" }), {});
});
