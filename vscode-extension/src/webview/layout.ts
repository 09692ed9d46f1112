/** Where the parts of a graph go. Levels run downwards; what repeats or is chosen stands in a box. Knows no page. */

import { layout as arrange, Graph as Layered } from "@dagrejs/dagre";
import type { Graph, GraphEdge, GraphNode } from "../graph/model";

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

export interface Placed {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly { readonly node: GraphNode; readonly box: Box }[];
  readonly edges: readonly { readonly edge: GraphEdge; readonly points: readonly Point[] }[];
  readonly regions: readonly { readonly name: string; readonly box: Box }[];
}

const CHARACTER = 7.4;
const NODE_HEIGHT = 48;
const MARGIN = 20;

export function place(graph: Graph): Placed {
  const layered = new Layered({ compound: true, multigraph: true });
  layered.setGraph({ rankdir: "TB", nodesep: 28, ranksep: 40, marginx: MARGIN, marginy: MARGIN });
  layered.setDefaultEdgeLabel(() => ({}));
  const known = new Set(graph.nodes.map((node) => node.id));
  const regions = regionsOf(graph);
  for (const region of regions) {
    layered.setNode(region, {});
  }
  for (const node of graph.nodes) {
    layered.setNode(node.id, { width: widthOf(node), height: NODE_HEIGHT });
    if (regions.has(node.region)) {
      layered.setParent(node.id, node.region);
    }
  }
  for (const region of regions) {
    const outer = region.slice(0, region.lastIndexOf("/"));
    if (regions.has(outer)) {
      layered.setParent(region, outer);
    }
  }
  const edges = graph.edges.filter((edge) => known.has(edge.source) && known.has(edge.target));
  const drawn = edges.filter((edge) => edge.source !== edge.target);
  for (const [index, edge] of drawn.entries()) {
    layered.setEdge(edge.source, edge.target, { weight: edge.kind === "data" ? 2 : 1 }, `e${index}`);
  }
  for (const [above, below] of orderOf(graph, drawn)) {
    layered.setEdge(above, below, { weight: 0 }, "order");
  }
  arrange(layered);
  const box = (id: string): Box => layered.node(id) as Box;
  const { width = 0, height = 0 } = layered.graph() as { width?: number; height?: number };
  const placed: Placed = {
    width: Math.max(width, 2 * MARGIN),
    height: Math.max(height, 2 * MARGIN),
    nodes: graph.nodes.map((node) => ({ node, box: box(node.id) })),
    edges: drawn.map((edge, index) => ({
      edge,
      points: (layered.edge(edge.source, edge.target, `e${index}`) as { points: Point[] }).points,
    })),
    regions: [...regions].map((region) => ({ name: nameOf(region), box: box(region) })),
  };
  return isReversed(graph, placed) ? mirrored(placed) : placed;
}

/** Whether most neighbours on a level stand the other way round than in the source. */
function isReversed(graph: Graph, placed: Placed): boolean {
  const x = new Map(placed.nodes.map(({ node, box }) => [node.id, box.x]));
  const turns = graph.levels.flatMap((level) =>
    level.slice(1).map((id, index) => Math.sign((x.get(level[index] ?? "") ?? 0) - (x.get(id) ?? 0))),
  );
  return turns.reduce((sum, turn) => sum + turn, 0) > 0;
}

function mirrored(placed: Placed): Placed {
  const flip = <P extends Point>(point: P): P => ({ ...point, x: placed.width - point.x });
  return {
    ...placed,
    nodes: placed.nodes.map(({ node, box }) => ({ node, box: flip(box) })),
    edges: placed.edges.map(({ edge, points }) => ({ edge, points: points.map(flip) })),
    regions: placed.regions.map(({ name, box }) => ({ name, box: flip(box) })),
  };
}

/** Nodes that nothing above leads to stand on their level all the same. */
function orderOf(graph: Graph, edges: readonly GraphEdge[]): [string, string][] {
  const levels = new Map(graph.nodes.map((node) => [node.id, node.level]));
  const fed = new Set(
    edges
      .filter((edge) => (levels.get(edge.source) ?? 0) < (levels.get(edge.target) ?? 0))
      .map((edge) => edge.target),
  );
  return graph.nodes.flatMap((node): [string, string][] => {
    const above = graph.levels[node.level - 1]?.[0];
    return node.level > 0 && above !== undefined && levels.has(above) && !fed.has(node.id)
      ? [[above, node.id]]
      : [];
  });
}

/** The regions below the flow itself that have nodes, with all that they lie in. */
function regionsOf(graph: Graph): Set<string> {
  const found = new Set<string>();
  for (const { region } of graph.nodes) {
    const parts = region.split("/");
    for (let end = 2; end <= parts.length; end += 1) {
      found.add(parts.slice(0, end).join("/"));
    }
  }
  return found;
}

/** `main/for1` → `for`. */
function nameOf(region: string): string {
  return (region.split("/").at(-1) ?? "").replace(/\d+$/, "").replace(/^block$/, "");
}

function widthOf(node: GraphNode): number {
  const letters = [...(node.label || node.callee)];
  const wide = letters.filter((letter) => letter > "\u2e80").length;
  return Math.max(168, Math.min(280, (letters.length + wide) * CHARACTER + 52));
}
