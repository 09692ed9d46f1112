/** The graph as SVG. Colours are classes, so that the editor's theme decides. */

import type { Graph, GraphNode, Paint } from "../graph/model";
import { t } from "../words";
import type { Box, Placed, Point } from "./layout";

const SVG = "http://www.w3.org/2000/svg";
const GLYPHS: Record<string, string> = {
  agent: "◆",
  tool: "⚙",
  flow: "▷",
  judge: "⚖",
  branch: "◇",
  merge: "⊕",
  fan_out: "⇉",
  loop: "↻",
  io: "⇄",
  actor: "◈",
};
const EARLIER = "✎";
const MARKS: Record<Paint["state"], string> = { waiting: "", running: "…", done: "✓", failed: "✗" };

/** `make("rect", {x: "1"}, …children)`. */
function make<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Readonly<Record<string, string | number>>,
  ...children: (Node | string)[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, String(value));
  }
  element.append(...children);
  return element;
}

export function drawn(graph: Graph, placed: Placed): SVGSVGElement {
  const { width, height } = placed;
  const arrow = make(
    "marker",
    { id: "arrow", viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 8, markerHeight: 8, orient: "auto" },
    make("path", { d: "M0 0L8 4L0 8z", class: "head" }),
  );
  return make(
    "svg",
    {
      xmlns: SVG,
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: "group",
      "aria-label": t(
        "Flow {0}: {1} nodes in {2} levels",
        graph.flow,
        graph.nodes.length,
        graph.levels.length,
      ),
    },
    make("defs", {}, arrow),
    ...placed.regions.map(({ name, box }) => region(name, box)),
    ...placed.edges.map(({ edge, points }) => connection(edge.kind, edge.label, points)),
    ...placed.nodes.map(({ node, box }) => shape(node, box)),
  );
}

/** How a node looks now; its shape stays. */
export function paint(group: SVGGElement, node: GraphNode, painted: Paint | undefined): void {
  const state = painted?.state ?? "waiting";
  group.classList.remove("waiting", "running", "done", "failed");
  group.classList.add(state);
  group.classList.toggle("replayed", painted?.isReplayed === true);
  group.classList.toggle("earlier", painted?.isEarlier === true);
  // What the native context menu goes by.
  const context = { nexaNode: node.id, nexaCanRunFrom: painted?.canRunFrom === true };
  group.dataset.vscodeContext = JSON.stringify({ ...context, preventDefaultContextMenuItems: true });
  const note = group.querySelector(".note");
  if (note) {
    const marks = [painted?.isEarlier ? EARLIER : "", MARKS[state], painted?.note];
    note.textContent = painted ? marks.filter(Boolean).join(" ") : idleNote(node);
  }
  const title = group.querySelector("title");
  const types = node.input || node.output ? `${node.input || "?"} → ${node.output || "?"}` : "";
  const earlier = painted?.isEarlier ? t("ran before its text was changed") : "";
  const said = [node.label, types, earlier, painted?.text].filter(Boolean).join("\n");
  if (title) {
    title.textContent = said;
  }
  const words = [
    node.label,
    kindWord(node.kind),
    t("level {0}", node.level + 1),
    painted ? stateWord(state) : "",
  ];
  const broken = node.broken ? t("cannot be read, or is not declared") : "";
  group.setAttribute("aria-label", [...words, broken, earlier, painted?.note].filter(Boolean).join(", "));
}

/** The state of a node, for people. */
function stateWord(state: Paint["state"]): string {
  switch (state) {
    case "waiting":
      return t("waiting");
    case "running":
      return t("running");
    case "done":
      return t("done");
    case "failed":
      return t("failed");
  }
}

/** The kind of a node, for people. A kind that a newer server sends is told as it is. */
function kindWord(kind: string): string {
  const words: Record<string, string> = {
    agent: t("agent"),
    tool: t("tool"),
    flow: t("flow"),
    judge: t("judge"),
    branch: t("branch"),
    merge: t("merge"),
    fan_out: t("fan out"),
    loop: t("loop"),
    io: t("input or output"),
    actor: t("actor"),
  };
  return words[kind] ?? kind;
}

function idleNote(node: GraphNode): string {
  if (node.broken) {
    return t("not declared");
  }
  return node.output && node.kind !== "merge" ? `→ ${node.output}` : "";
}

function shape(node: GraphNode, box: Box): SVGGElement {
  const left = box.x - box.width / 2;
  const top = box.y - box.height / 2;
  const round = node.kind === "agent" || node.kind === "actor" ? box.height / 2 : 6;
  const frame = { x: left, y: top, width: box.width, height: box.height, rx: round };
  const group = make(
    "g",
    {
      class: `node kind-${node.kind} waiting${node.broken ? " broken" : ""}`,
      "data-node": node.id,
      role: "button",
    },
    make("title", {}),
    make("rect", { ...frame, class: "frame" }),
    make(
      "text",
      { x: box.x, y: box.y - 3, class: "label" },
      `${GLYPHS[node.kind] ?? ""} ${clipped(node.label)}`,
    ),
    make("text", { x: box.x, y: box.y + 14, class: "note" }),
  );
  paint(group, node, undefined);
  return group;
}

function connection(kind: string, label: string, points: readonly Point[]): SVGGElement {
  const middle = points[Math.floor(points.length / 2)] ?? { x: 0, y: 0 };
  const text = label ? [make("text", { x: middle.x + 6, y: middle.y - 2, class: "edge-label" }, label)] : [];
  const line = make("path", { d: curve(points), class: `edge ${kind}`, "marker-end": "url(#arrow)" });
  return make("g", { "aria-hidden": "true" }, line, ...text);
}

function region(name: string, box: Box): SVGGElement {
  const left = box.x - box.width / 2;
  const top = box.y - box.height / 2;
  return make(
    "g",
    { "aria-hidden": "true" },
    make("rect", { x: left, y: top, width: box.width, height: box.height, rx: 8, class: "region" }),
    make("text", { x: left + 8, y: top + 13, class: "region-label" }, name),
  );
}

/** A smooth line through the points. */
function curve(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) {
    return "";
  }
  const last = rest.at(-1);
  const bends = rest.slice(0, -1).map((point, index) => {
    const next = rest[index + 1] ?? point;
    const end = index === rest.length - 2 ? next : { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 };
    return `Q${point.x} ${point.y} ${end.x} ${end.y}`;
  });
  return `M${first.x} ${first.y}${bends.length ? bends.join("") : `L${last?.x ?? first.x} ${last?.y ?? first.y}`}`;
}

function clipped(label: string): string {
  const letters = [...label];
  return letters.length > 30 ? `${letters.slice(0, 29).join("")}…` : label;
}
