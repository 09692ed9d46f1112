/** The graph of a flow as the server sends it, what a run paints on it, and what the page and the extension say. */

import type { NodeState } from "../run/record";

export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface GraphNode {
  readonly id: string;
  readonly kind: string;
  readonly callee: string;
  readonly label: string;
  readonly range: { readonly start: Position; readonly end: Position };
  readonly input: string;
  readonly output: string;
  readonly level: number;
  readonly region: string;
  readonly broken?: boolean;
}

export interface GraphEdge {
  readonly source: string;
  readonly target: string;
  readonly kind: "data" | "control" | "effect";
  readonly label: string;
  readonly type: string;
}

export interface Graph {
  readonly flow: string;
  readonly uri: string;
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly levels: readonly (readonly string[])[];
  readonly cycles: readonly (readonly string[])[];
}

/** How a node looks under a run. */
export interface Paint {
  readonly state: NodeState;
  /** `×3 · 1.2 s · 40 tokens`. */
  readonly note: string;
  /** What it said or why it failed. */
  readonly text: string;
  readonly isReplayed: boolean;
  /** What stood there when it ran was another text. */
  readonly isEarlier: boolean;
  /** The flow can be run again from here. */
  readonly canRunFrom: boolean;
}

export type ToPage =
  | { readonly type: "graph"; readonly graph: Graph; readonly flows: readonly string[] }
  /** The flow cannot be read now; what was drawn last stays. */
  | { readonly type: "stale"; readonly reason: string }
  | { readonly type: "paint"; readonly nodes: Readonly<Record<string, Paint>>; readonly summary: string }
  | { readonly type: "select"; readonly node: string | undefined };

export type FromPage =
  | { readonly type: "ready" }
  | { readonly type: "reveal"; readonly node: string }
  | { readonly type: "again"; readonly node: string }
  | { readonly type: "change"; readonly node: string }
  | { readonly type: "flow"; readonly name: string }
  | { readonly type: "export"; readonly format: "svg" | "png" | "mermaid"; readonly data: string };

/** The innermost node at a position, else the first on its line. */
export function nodeAt(graph: Graph, at: Position): GraphNode | undefined {
  const holds = ({ range: { start, end } }: GraphNode) =>
    !isBefore(at, start) && (isBefore(at, end) || (at.line === end.line && at.character === end.character));
  const inside = graph.nodes.filter(holds);
  const innermost = inside.reduce<GraphNode | undefined>(
    (best, node) => (best && !isBefore(best.range.start, node.range.start) ? best : node),
    undefined,
  );
  return innermost ?? graph.nodes.find((node) => node.range.start.line === at.line);
}

function isBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}

/** The graph in Mermaid's language, for documents. */
export function mermaid(graph: Graph): string {
  const names = new Map(graph.nodes.map((node, index) => [node.id, `n${index}`]));
  const text = (label: string) => label.replaceAll('"', "#quot;");
  const shape = (node: GraphNode) => {
    const label = text(node.label || node.callee);
    return node.kind === "agent" || node.kind === "actor" ? `(["${label}"])` : `["${label}"]`;
  };
  const arrows = { data: "-->", control: "-.->", effect: "-.->" };
  return [
    "flowchart TD",
    ...graph.nodes.map((node) => `    ${names.get(node.id)}${shape(node)}`),
    ...graph.edges.map((edge) => {
      const label = edge.label ? `|"${text(edge.label)}"|` : "";
      return `    ${names.get(edge.source)} ${arrows[edge.kind]}${label} ${names.get(edge.target)}`;
    }),
    "",
  ].join("\n");
}
