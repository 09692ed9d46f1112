import assert from "node:assert/strict";
import { test } from "node:test";
import { printedOutcome } from "../src/tests/printed";

const FAILED = `a.nx:1:1: information[NX223] no entry point
✗ /w/a b.nx: sums (0.10 s)
    error[AssertionFailed]: assertion failed: double(2) == 5
      --> /w/a b.nx:4:5
      |
    4 |     assert double(2) == 5
      |     ^^^^^^^^^^^^^^^^^^^^^
    output:
      here
`;

test("a test that failed is told with its place", () => {
  assert.deepEqual(printedOutcome(FAILED), {
    status: "failed",
    milliseconds: 100,
    message: "AssertionFailed: assertion failed: double(2) == 5",
    place: { path: "/w/a b.nx", line: 4, column: 5, end_line: 4, end_column: 26 },
  });
  assert.equal(printedOutcome(FAILED.replaceAll("\n", "\r\n")).place?.end_column, 26);
});

test("one that passed and one that was stopped", () => {
  assert.deepEqual(
    [printedOutcome("✓ a.nx: fine (1.50 s)\n").status, printedOutcome("").message],
    ["passed", ""],
  );
  assert.equal(printedOutcome("✓ a.nx: fine (1.50 s)\n").milliseconds, 1500);
});

test("findings that keep it from running are its reason", () => {
  const text = "a.nx:3:9: error[NX201] `y` is not defined\nFound 1 error in 1 file.\n";
  assert.deepEqual([printedOutcome(text).status, printedOutcome(text).message], ["unknown", text.trim()]);
});
