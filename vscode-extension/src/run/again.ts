/** `nexa.runFromNode`: run a flow again from a node of its last run. What had ended before it is answered as it was. */

import * as vscode from "vscode";
import { t } from "../words";
import { cost } from "./events";
import { canRunFrom, type RunRecord, type Target } from "./record";
import type { Runs } from "./runs";

/** What the graph's context menu hands over. */
export interface NodeContext {
  readonly nexaNode?: string;
}

/** The graph that is shown, with the run that is painted on it. */
export interface Painted {
  readonly lastRun: RunRecord | undefined;
  /** What a node of the graph was called in that run. */
  nodeOfRun(node: string): string | undefined;
}

export async function runFromNode(runs: Runs, graph: Painted, context: NodeContext = {}): Promise<void> {
  const { lastRun: last } = graph;
  const asked = context.nexaNode && (graph.nodeOfRun(context.nexaNode) ?? context.nexaNode);
  const reason = whyNot(last, asked);
  if (last === undefined || reason) {
    void vscode.window.showInformationMessage(`Nexa: ${reason}`);
    return;
  }
  const node = asked ?? (await chooseNode(last.target, last));
  if (node !== undefined) {
    await runs.start(last.target, { from: { run: last.name, node } });
  }
}

function whyNot(last: RunRecord | undefined, node: string | undefined): string | undefined {
  if (last === undefined || last.nodes.size === 0) {
    return t("run the flow of the graph first; then it can be run again from one of its nodes.");
  }
  if (last.status === "running") {
    return t("the flow is still running.");
  }
  const isThere = node === undefined || canRunFrom(last, node);
  return isThere ? undefined : t("the last run did not come to {0}.", node);
}

async function chooseNode(target: Target, last: RunRecord): Promise<string | undefined> {
  const rows = [...last.nodes.values()]
    .filter((node) => canRunFrom(last, node.id))
    .map((node) => ({
      label: node.callee,
      description: node.id,
      detail: cost(node.seconds, node.usage),
      id: node.id,
    }));
  const picked = await vscode.window.showQuickPick(rows, {
    title: t("Run {0} again from which node?", target.name),
    matchOnDescription: true,
  });
  return picked?.id;
}
