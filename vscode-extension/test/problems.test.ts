import assert from "node:assert/strict";
import { test } from "node:test";
import { type Problem, waits } from "../src/problems/waiting";

const problem = (code: string, first: number, message = code, last = first): Problem => ({
  code,
  message,
  first,
  last,
});

test("what is new in a line that is being written waits", () => {
  assert.equal(waits(problem("NX201", 4), [], [4]), true);
  assert.equal(waits(problem("NX201", 3, "over lines", 5), [], [4]), true);
  assert.equal(waits(problem("NX201", 7), [], [4]), false);
});

test("a slip of syntax waits wherever it shows", () => {
  assert.equal(waits(problem("NX102", 9), [], [4]), true);
});

test("what was shown before stays, also where its words or its line change", () => {
  assert.equal(
    waits(problem("NX201", 4, "`abc` is not defined"), [problem("NX201", 4, "`ab` …")], [4]),
    false,
  );
  assert.equal(waits(problem("NX100", 9, "unexpected"), [problem("NX100", 8, "unexpected")], [4]), false);
  assert.equal(waits(problem("NX201", 4, "`abc` is not defined"), [problem("NX202", 4)], [4]), true);
});
