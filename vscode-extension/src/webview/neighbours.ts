/** Where an arrow key leads from a node. */

import type { Graph } from "../graph/model";

export function neighbour(graph: Graph, id: string, key: string): string | undefined {
  const node = graph.nodes.find((one) => one.id === id);
  if (node === undefined) {
    return undefined;
  }
  const level = graph.levels[node.level] ?? [];
  const place = level.indexOf(id);
  switch (key) {
    case "ArrowDown":
      return (
        graph.edges.find((edge) => edge.source === id && edge.target !== id)?.target ??
        graph.levels[node.level + 1]?.[0]
      );
    case "ArrowUp":
      return (
        graph.edges.find((edge) => edge.target === id && edge.source !== id)?.source ??
        graph.levels[node.level - 1]?.[0]
      );
    case "ArrowLeft":
      return level[place - 1];
    case "ArrowRight":
      return level[place + 1];
    case "Home":
      return graph.nodes[0]?.id;
    case "End":
      return graph.nodes.at(-1)?.id;
    default:
      return undefined;
  }
}
