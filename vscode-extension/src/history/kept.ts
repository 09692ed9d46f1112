/** The files of runs that are over. */

import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { draw, keptDrawings } from "../graph/drawings";
import type { Drawing } from "../graph/kinship";
import type { RunRecord, Target } from "../run/record";
import { type PastRun, type Told, told } from "./model";

/** Bytes of a run's file that are read. */
const LARGEST = 32 * 1024 * 1024;

/** What its file tells; nothing where it is gone or too large. */
export async function eventsOf(run: PastRun): Promise<Told> {
  const uri = vscode.Uri.parse(run.events);
  const target = targetOf(run);
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    const bytes = size > LARGEST ? new Uint8Array() : await vscode.workspace.fs.readFile(uri);
    return told(new TextDecoder().decode(bytes), target);
  } catch {
    return told("", target);
  }
}

/** What was run. */
export function targetOf(run: PastRun): Target {
  return { uri: vscode.Uri.parse(run.uri).toString(), kind: "flow", name: run.flow };
}

/** The newest run of a flow that is kept, if it is known what ran: from an earlier window, or because the file is still that. */
export async function lastKept(
  client: LanguageClient,
  target: Target,
  memory: vscode.Memento,
): Promise<RunRecord | undefined> {
  const program = vscode.Uri.parse(target.uri);
  const textDocument = { uri: client.code2ProtocolConverter.asUri(program) };
  const all = await client.sendRequest<PastRun[]>("nexa/runs", { textDocument });
  const isIt = (run: PastRun) =>
    run.flow === target.name && targetOf(run).uri === target.uri && run.seconds !== null;
  const run = all.find(isIt);
  if (run === undefined) {
    return undefined;
  }
  const drawings = keptDrawings(memory, run.id) ?? (await drawnStill(client, run, target));
  if (drawings === undefined) {
    return undefined;
  }
  const { run: record } = await eventsOf(run);
  for (const [flow, drawing] of drawings) {
    record.drawings.set(flow, drawing);
  }
  return record;
}

/** The flow as it is, if that is what ran. */
async function drawnStill(
  client: LanguageClient,
  run: PastRun,
  target: Target,
): Promise<Map<string, Drawing> | undefined> {
  const program = vscode.Uri.parse(target.uri);
  const { mtime } = await vscode.workspace.fs.stat(program);
  const isDirty = vscode.workspace.textDocuments.some(
    (one) => one.isDirty && one.uri.toString() === target.uri,
  );
  if (isDirty || mtime > Date.parse(run.started)) {
    return undefined;
  }
  const drawn = await draw(client, program, target.name);
  return drawn && new Map([[target.name, drawn.drawing]]);
}
