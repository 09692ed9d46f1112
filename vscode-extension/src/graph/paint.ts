/** A run as it looks on the nodes of a flow. Knows no editor. */

import { cost, stopped } from "../run/events";
import { canRunFrom, type NodeRecord, type RunRecord, stateOf } from "../run/record";
import { t } from "../words";
import type { Kin } from "./kinship";
import type { Graph, Paint } from "./model";

/** Characters of what a node says that are shown. */
const SHOWN = 400;

/** What a run paints on the graph of now; `kin` says what its nodes were when it ran. */
export function paintOf(
  run: RunRecord,
  graph: Graph,
  kin: ReadonlyMap<string, Kin>,
): Readonly<Record<string, Paint>> {
  const nodes = graph.nodes.flatMap((now): [string, Paint][] => {
    const then = kin.get(now.id);
    const node = then && run.nodes.get(then.id);
    return node ? [[now.id, painted(run, node, then.isChanged)]] : [];
  });
  const known = Object.fromEntries(nodes);
  return { ...known, ...Object.fromEntries(loops(graph, known)) };
}

/** No event tells of a loop: it goes on while something in it does. */
function loops(graph: Graph, known: Readonly<Record<string, Paint>>): [string, Paint][] {
  return graph.nodes.flatMap((loop): [string, Paint][] => {
    const inside = graph.nodes.filter(
      ({ id, region }) => id !== loop.id && `${region}/`.startsWith(`${loop.region}/`),
    );
    const states = inside.flatMap(({ id }) => known[id]?.state ?? []);
    if (loop.kind !== "loop" || known[loop.id] || states.length === 0) {
      return [];
    }
    const state = (["running", "failed", "done"] as const).find((one) => states.includes(one)) ?? "waiting";
    return [[loop.id, { state, note: "", text: "", isReplayed: false, isEarlier: false, canRunFrom: false }]];
  });
}

export function summaryOf(run: RunRecord, isEarlier: boolean): string {
  return isEarlier ? t("{0} · of an earlier text", spentBy(run)) : spentBy(run);
}

function spentBy(run: RunRecord): string {
  switch (run.status) {
    case "running":
      return t("running: {0}", run.now);
    case "ok":
      return `✓ ${cost(run.seconds, run.usage)}`;
    case "failed":
      return `✗ ${run.error?.message ?? t("failed")}`;
    default:
      return stopped(run.status, cost(run.seconds, run.usage));
  }
}

function painted(run: RunRecord, node: NodeRecord, isEarlier: boolean): Paint {
  const turns = node.turns > 1 ? [`×${node.turns}`] : [];
  const spent = node.turns > 0 ? [cost(node.seconds, node.usage)] : [];
  const text = node.failure ? `${node.failure.kind}: ${node.failure.message}` : node.text;
  const replayed = node.isReplayed ? [t("replayed")] : [];
  return {
    state: stateOf(node),
    note: [...turns, ...replayed, ...spent].join(" · "),
    text: text.slice(-SHOWN),
    isReplayed: node.isReplayed,
    isEarlier,
    canRunFrom: canRunFrom(run, node.id),
  };
}
