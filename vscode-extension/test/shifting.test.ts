import assert from "node:assert/strict";
import { test } from "node:test";
import { type Change, shifted } from "../src/run/shifting";

const CALL = { start: { line: 4, character: 10 }, end: { line: 4, character: 20 } };

function edit(from: [number, number], to: [number, number], text: string): Change {
  const [start, end] = [from, to].map(([line, character]) => ({ line, character }));
  assert.ok(start && end);
  return { range: { start, end }, text };
}

/** `line:start-end`. */
function after(...edits: Change[]): string {
  const place = edits.reduce<ReturnType<typeof shifted>>((one, change) => one && shifted(one, change), CALL);
  return place
    ? `${place.start.line}:${place.start.character}-${place.end.line}:${place.end.character}`
    : "gone";
}

test("what stands before it moves it, what stands behind it does not", () => {
  assert.equal(after(edit([0, 0], [0, 0], "a\nb\r\n")), "6:10-6:20");
  assert.equal(after(edit([1, 0], [3, 5], "")), "2:10-2:20");
  assert.equal(after(edit([4, 0], [4, 4], "")), "4:6-4:16");
  assert.equal(after(edit([4, 2], [4, 2], "xy")), "4:12-4:22");
  assert.equal(after(edit([4, 10], [4, 10], "\n  ")), "5:2-5:12");
  assert.equal(after(edit([2, 3], [4, 5], "one\ntwo")), "3:8-3:18");
  assert.equal(after(edit([4, 20], [5, 0], "")), "4:10-4:20");
  assert.equal(after(edit([9, 0], [9, 0], "\n\n")), "4:10-4:20");
});

test("an edit that reaches into it makes something else of it", () => {
  assert.equal(after(edit([4, 12], [4, 12], "x")), "gone");
  assert.equal(after(edit([4, 5], [4, 11], "")), "gone");
  assert.equal(after(edit([3, 0], [6, 0], "")), "gone");
  assert.equal(after(edit([4, 19], [4, 25], "")), "gone");
  assert.equal(after(edit([4, 20], [4, 20], "客")), "gone", "a longer name");
  assert.equal(after(edit([4, 10], [4, 10], "a")), "gone");
  assert.equal(after(edit([4, 20], [4, 20], " >> b")), "4:10-4:20");
});
