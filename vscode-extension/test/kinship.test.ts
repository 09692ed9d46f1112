import assert from "node:assert/strict";
import { test } from "node:test";
import { kinship, type Mark, marksOf } from "../src/graph/kinship";
import type { Graph } from "../src/graph/model";
import { type Names, namesSince } from "../src/graph/names";

/** The marks of calls and stages, one or several on a line: every capitalised word is a node. */
function drawn(text: string): Mark[] {
  const nodes = text.split("\n").flatMap((line, row) =>
    [...line.matchAll(/[A-Z]\w*(?:\.run\([^)]*\))?/g)].map((match) => ({
      kind: "agent",
      callee: match[0].replace(/\..*/, ""),
      range: {
        start: { line: row, character: match.index },
        end: { line: row, character: match.index + match[0].length },
      },
    })),
  );
  const graph = { nodes: nodes.map((node, index) => ({ ...node, id: `main#${index}` })) } as unknown as Graph;
  return marksOf(graph, text);
}

/** What is what: `new<old`, with `*` where the text is another. */
function kin(then: string, now: string, names?: Names): string {
  const found = [...kinship(drawn(then), drawn(now), names)];
  const short = (id: string) => id.replace("main#", "");
  return found.map(([id, one]) => `${short(id)}<${short(one.id)}${one.isChanged ? "*" : ""}`).join(" ");
}

const CHAIN =
  'notes = topic |>> [Reporter, Sceptic]\ndraft = notes &>> Editor\nreturn Writer.run("#{draft}")';

test("what is not edited stays", () => {
  assert.equal(kin(CHAIN, CHAIN), "0<0 1<1 2<2 3<3");
  assert.equal(kin(CHAIN, CHAIN.replaceAll("\n", "\n\n    ")), "0<0 1<1 2<2 3<3", "blanks say nothing");
});

test("an edit above moves nothing but the ids", () => {
  assert.equal(kin(CHAIN, `a = Checker.run(topic)\nb = Checker.run(a)\n${CHAIN}`), "2<0 3<1 4<2 5<3");
  assert.equal(
    kin(CHAIN, `first = Writer.run(topic)\n${CHAIN}`),
    "1<0 2<1 3<2 4<3",
    "a new one of the same name",
  );
});

test("what is gone takes its run along, and the others keep theirs", () => {
  assert.equal(kin(CHAIN, CHAIN.replace("Reporter, ", "")), "0<1* 1<2 2<3");
  assert.equal(kin(CHAIN, CHAIN.replace("draft = notes &>> Editor\n", "")), "0<0 1<1 2<3");
  assert.equal(kin("a = Writer.run(x)\nb = Writer.run(y)", "b = Writer.run(y)"), "0<1");
  assert.equal(kin("a = Writer.run(x)", 'print("#{z}")\nq = Writer.run("something else")'), "");
  assert.equal(kin("x >> Writer", "x >> Critic"), "", "another agent has not run");
});

test("what says something else now is of an earlier text", () => {
  assert.equal(kin(CHAIN, CHAIN.replace("#{draft}", "Polish: #{draft}")), "0<0 1<1 2<2 3<3*");
  assert.equal(kin(CHAIN, CHAIN.replace("return ", "final = ")), "0<0 1<1 2<2 3<3*");
  assert.equal(kin(CHAIN, CHAIN.replace("topic |>>", "question |>>")), "0<0* 1<1* 2<2 3<3");
});

test("lines that change places are known by their text", () => {
  const [first = "", second = "", third = ""] = CHAIN.split("\n");
  assert.equal(kin(CHAIN, [second, first, third].join("\n")), "0<2 1<0 2<1 3<3");
});

test("of equals the order decides", () => {
  assert.equal(kin("x >> Writer >> Writer", "x >> Writer >> Writer >> Writer"), "0<0* 1<1*");
  assert.equal(kin("loop { Writer.run(x) }", "Writer.run(y)\nloop { Writer.run(x) }"), "1<0");
});

test("a large graph that is rewritten is not compared for long", () => {
  const lines = (word: string) =>
    Array.from({ length: 1000 }, (_, index) => `${word}${index} >> Writer`).join("\n");
  assert.equal(kinship(drawn(lines("a")), drawn(lines("b"))).size, 0);
  assert.equal(kinship(drawn(lines("a")), drawn(`new >> Writer\n${lines("a")}`)).size, 1000);
});

test("places are cut out of lines as an editor counts", () => {
  const [mark] = drawn('    名前 = Writer.run("🐙")  // note');
  assert.deepEqual([mark?.text, mark?.line], ['Writer.run("🐙")', '名前 = Writer.run("🐙") // note']);
});

test("a renamed agent is the one that ran", () => {
  const made = (...pairs: [string, string][]) =>
    namesSince(
      pairs.map(([before, after], time) => ({ before, after, time })),
      0,
    );
  const names = made(["Reporter", "Journalist"]);
  assert.equal(kin(CHAIN, CHAIN.replaceAll("Reporter", "Journalist"), names), "0<0 1<1 2<2 3<3");
  assert.equal(kin(CHAIN, CHAIN, names), "0<0 1<1 2<2 3<3", "and it is not renamed when that is undone");
  const twice = made(["Writer", "Poet"], ["Poet", "Bard"]);
  assert.equal(kin("x >> Writer", "x >> Bard", twice), "0<0");
  assert.deepEqual([...namesSince([{ before: "A", after: "B", time: 1 }], 2)], [], "before it ran");
});
