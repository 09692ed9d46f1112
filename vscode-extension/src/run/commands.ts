/** `nexa.run`, `nexa.runFile`, `nexa.stop`: from a lens, the editor's title, the palette or a key. */

import * as vscode from "vscode";
import type { Server } from "../server/server";
import { t } from "../words";
import { askArguments } from "./form";
import { missing, type Runnable } from "./parameters";
import { type RunRecord, type Target, titleOf } from "./record";
import { type Runs, requireTrust } from "./runs";

/** What a lens hands over. */
export interface LensTarget {
  readonly uri: string;
  readonly flow?: string;
  readonly test?: string;
}

interface PlacedRunnable extends Runnable {
  readonly range: { readonly start: { readonly line: number } };
}

/** What can be run of a file. */
export async function runnablesOf(server: Server, uri: vscode.Uri): Promise<PlacedRunnable[]> {
  const client = await server.ready();
  const textDocument = { uri: client.code2ProtocolConverter.asUri(uri) };
  return client.sendRequest<PlacedRunnable[]>("nexa/runnables", { textDocument });
}

/** The flow that is meant: that of the lens, else the one at the cursor, else the only one, else one of a list. */
export async function chooseFlow(server: Server, lens: LensTarget | undefined): Promise<Target | undefined> {
  if (lens?.uri) {
    const kind = lens.test === undefined ? "flow" : "test";
    return { uri: lens.uri, kind, name: lens.test ?? lens.flow ?? "main" };
  }
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.languageId !== "nexa") {
    void vscode.window.showInformationMessage(t("Nexa: open a program first."));
    return undefined;
  }
  const uri = editor.document.uri.toString();
  const flows = (await runnablesOf(server, editor.document.uri)).filter((one) => one.kind === "flow");
  if (flows.length === 0) {
    void vscode.window.showInformationMessage(t("Nexa: this file has no flow."));
    return undefined;
  }
  const line = editor.selection.active.line;
  const nearest = flows.filter((one) => one.range.start.line <= line).at(-1)?.name;
  const names = flows.map((one) => one.name);
  const ordered = [...new Set([...(nearest ? [nearest] : []), ...names])];
  const name =
    ordered.length === 1
      ? ordered[0]
      : await vscode.window.showQuickPick(ordered, { title: t("Which flow?") });
  return name === undefined ? undefined : { uri, kind: "flow", name };
}

/** Ask for the arguments of a flow, or only for those that it needs; undefined when the user has turned away. */
export async function argumentsOf(
  server: Server,
  target: Target,
  memory: vscode.Memento,
  { areNeededOnly = false, isDebugged = false } = {},
) {
  const all = await runnablesOf(server, vscode.Uri.parse(target.uri));
  const params = all.find((one) => one.kind === "flow" && one.name === target.name)?.params ?? [];
  return areNeededOnly && missing(params, {}).length === 0
    ? {}
    : askArguments(target, params, memory, isDebugged);
}

export async function run(
  server: Server,
  runs: Runs,
  memory: vscode.Memento,
  lens?: LensTarget,
): Promise<void> {
  requireTrust();
  const target = await chooseFlow(server, lens);
  if (target === undefined) {
    return;
  }
  const args = target.kind === "test" ? {} : await argumentsOf(server, target, memory);
  if (args) {
    await runs.start(target, { args });
  }
}

/** Run `main` of the file in front, or what the file has in its place. */
export async function runFile(
  server: Server,
  runs: Runs,
  memory: vscode.Memento,
  uri?: vscode.Uri,
): Promise<void> {
  const file = uri ?? vscode.window.activeTextEditor?.document.uri;
  if (file === undefined) {
    return run(server, runs, memory);
  }
  const flow = await entryOf(server, file);
  return run(server, runs, memory, flow === undefined ? undefined : { uri: file.toString(), flow });
}

/** The flow that a file is run by: `main`, or the only one; undefined where somebody has to choose. */
export async function entryOf(server: Server, file: vscode.Uri): Promise<string | undefined> {
  const flows = (await runnablesOf(server, file)).filter((one) => one.kind === "flow");
  const hasMain = flows.some((one) => one.name === "main");
  const only = flows.length === 1 ? flows[0]?.name : undefined;
  return hasMain || flows.length === 0 ? "main" : only;
}

/** Stop a run: the one that is named, the only one, or one of a list. */
export async function stop(runs: Runs, named?: { readonly runId?: string }): Promise<void> {
  const { running } = runs;
  const wanted = running.filter((one) => named?.runId === undefined || one.id === named.runId);
  if (wanted.length === 0) {
    void vscode.window.showInformationMessage(t("Nexa: nothing is running."));
    return;
  }
  const chosen = wanted.length === 1 ? wanted : await chooseRuns(wanted);
  await Promise.all(chosen.map((one) => runs.stop(one)));
}

async function chooseRuns(running: RunRecord[]): Promise<RunRecord[]> {
  const rows = running.map((one) => ({
    label: titleOf(one.target),
    description: one.address || one.now,
    run: one,
  }));
  const picked = await vscode.window.showQuickPick(rows, { title: t("Stop which runs?"), canPickMany: true });
  return (picked ?? []).map((row) => row.run);
}
