/** What can be done with a run that is over: go to its source, run it again, read what it reported. */

import * as vscode from "vscode";
import { runnablesOf, stop } from "../run/commands";
import { fileOf, rangeOf } from "../run/places";
import type { Runs } from "../run/runs";
import type { Server } from "../server/server";
import { eventsOf, targetOf } from "./kept";
import type { Row } from "./view";

/** To the call of a node, or to the flow. */
export async function openRun(server: Server, { run, part }: Row): Promise<void> {
  const program = vscode.Uri.parse(run.uri);
  const uri = part?.span ? fileOf(part.span, program) : program;
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document, {
    selection: part?.span ? rangeOf(part.span, document) : await flowRange(server, run.flow, program),
  });
}

async function flowRange(server: Server, flow: string, uri: vscode.Uri): Promise<vscode.Range> {
  const all = await runnablesOf(server, uri).catch(() => []);
  const line = all.find((one) => one.kind === "flow" && one.name === flow)?.range.start.line ?? 0;
  return new vscode.Range(line, 0, line, 0);
}

/** The same flow with the same arguments. */
export async function rerun(runs: Runs, { run }: Row): Promise<void> {
  const { args } = await eventsOf(run);
  await runs.start(targetOf(run), { args });
}

/** Again from a node: what had ended before it is answered as it was. */
export async function rerunFrom(runs: Runs, { run, part }: Row): Promise<void> {
  if (part) {
    await runs.start(targetOf(run), { from: { run: run.id, node: part.node.id } });
  }
}

export async function openEvents({ run }: Row): Promise<void> {
  await vscode.window.showTextDocument(vscode.Uri.parse(run.events));
}

export async function stopRun(runs: Runs, { run }: Row): Promise<void> {
  await stop(runs, { runId: run.runId ?? "" });
}
