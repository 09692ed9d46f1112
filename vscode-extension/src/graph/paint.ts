/** A run as it looks on the nodes of a flow. Knows no editor. */

import { cost } from "../run/events";
import { canRunFrom, type NodeRecord, type RunRecord, stateOf } from "../run/record";
import type { Paint } from "./model";

/** Characters of what a node says that are shown. */
const SHOWN = 400;

export function paintOf(run: RunRecord): Record<string, Paint> {
  return Object.fromEntries([...run.nodes].map(([id, node]) => [id, painted(run, node)]));
}

export function summaryOf(run: RunRecord): string {
  switch (run.status) {
    case "running":
      return `running: ${run.now}`;
    case "ok":
      return `✓ ${cost(run.seconds, run.usage)}`;
    case "failed":
      return `✗ ${run.error?.message ?? "failed"}`;
    default:
      return `${run.status} after ${cost(run.seconds, run.usage)}`;
  }
}

function painted(run: RunRecord, node: NodeRecord): Paint {
  const turns = node.turns > 1 ? [`×${node.turns}`] : [];
  const spent = node.turns > 0 ? [cost(node.seconds, node.usage)] : [];
  const text = node.failure ? `${node.failure.kind}: ${node.failure.message}` : node.text;
  const replayed = node.isReplayed ? ["replayed"] : [];
  return {
    state: stateOf(node),
    note: [...turns, ...replayed, ...spent].join(" · "),
    text: text.slice(-SHOWN),
    isReplayed: node.isReplayed,
    canRunFrom: canRunFrom(run, node.id),
  };
}
