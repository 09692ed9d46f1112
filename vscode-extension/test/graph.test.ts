import assert from "node:assert/strict";
import { test } from "node:test";
import { type Graph, type GraphNode, mermaid, nodeAt } from "../src/graph/model";
import { place } from "../src/webview/layout";

const node = (id: string, level: number, more: Partial<GraphNode> = {}): GraphNode => ({
  id,
  kind: "agent",
  callee: id,
  label: id,
  range: { start: { line: level, character: 4 }, end: { line: level, character: 10 } },
  input: "str",
  output: "str",
  level,
  region: "main",
  ...more,
});
const edge = (source: string, target: string, label = "") =>
  ({ source, target, kind: "data", label, type: "str" }) as const;

const DIAMOND: Graph = {
  flow: "main",
  uri: "file:///a.nx",
  nodes: [node("a", 0), node("b", 1), node("c", 1), node("d", 2), node("alone", 3, { region: "main/for1" })],
  edges: [edge("a", "b"), edge("a", "c"), edge("b", "d"), edge("c", "d"), edge("gone", "d"), edge("d", "d")],
  levels: [["a"], ["b", "c"], ["d"], ["alone"]],
  cycles: [],
};

test("levels run downwards, and nothing covers anything", () => {
  const placed = place(DIAMOND);
  const y = Object.fromEntries(placed.nodes.map(({ node, box }) => [node.id, box.y]));
  assert.ok((y.a ?? 0) < (y.b ?? 0) && y.b === y.c && (y.c ?? 0) < (y.d ?? 0) && (y.d ?? 0) < (y.alone ?? 0));
  for (const { box: one } of placed.nodes) {
    for (const { box: other } of placed.nodes) {
      const apart =
        Math.abs(one.x - other.x) >= (one.width + other.width) / 2 ||
        Math.abs(one.y - other.y) >= (one.height + other.height) / 2;
      assert.ok(one === other || apart);
    }
  }
  assert.equal(placed.edges.length, 4);
  const x = Object.fromEntries(placed.nodes.map(({ node, box }) => [node.id, box.x]));
  assert.ok((x.b ?? 0) < (x.c ?? 0), "neighbours stand as in the source");
  assert.deepEqual(
    placed.regions.map((region) => region.name),
    ["for"],
  );
});

test("an empty graph and a circle are drawn, too", () => {
  const nothing = place({ ...DIAMOND, nodes: [], edges: [], levels: [] });
  assert.ok(nothing.width > 0);
  const circle = place({ ...DIAMOND, edges: [edge("a", "b"), edge("b", "a")] });
  assert.equal(circle.nodes.length, 5);
});

test("many nodes are placed in reasonable time", () => {
  const nodes = Array.from({ length: 300 }, (_, index) => node(`n${index}`, Math.floor(index / 3)));
  const edges = nodes.slice(3).map((one, index) => edge(nodes[index]?.id ?? "", one.id));
  const levels = Array.from({ length: 100 }, (_, level) => [0, 1, 2].map((at) => `n${level * 3 + at}`));
  assert.equal(place({ ...DIAMOND, nodes, edges, levels }).nodes.length, 300);
});

test("the node at a place is the innermost, else the one on the line", () => {
  const outer = node("outer", 0, {
    range: { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } },
  });
  const graph = { ...DIAMOND, nodes: [outer, ...DIAMOND.nodes] };
  assert.equal(nodeAt(graph, { line: 1, character: 5 })?.id, "b");
  assert.equal(nodeAt(graph, { line: 5, character: 0 })?.id, "outer");
  assert.equal(nodeAt(DIAMOND, { line: 2, character: 40 })?.id, "d");
  assert.equal(nodeAt(DIAMOND, { line: 7, character: 0 }), undefined);
});

test("Mermaid text is whole and quoted", () => {
  const nodes = [node("m#0", 0, { label: 'say "hi"' }), node("m#1", 1, { kind: "merge", label: "merge" })];
  const text = mermaid({ ...DIAMOND, nodes, edges: [edge("m#0", "m#1", "draft")] });
  assert.equal(
    text,
    'flowchart TD\n    n0(["say #quot;hi#quot;"])\n    n1["merge"]\n    n0 -->|"draft"| n1\n',
  );
});
