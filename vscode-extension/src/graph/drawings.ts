/** Drawings of flows as they are now, and those of runs that are over: kept, so that a run stays with its nodes. */

import { createHash } from "node:crypto";
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type { RunRecord } from "../run/record";
import { type Drawing, marksOf } from "./kinship";
import type { Graph } from "./model";

const MEMORY = "nexa.drawings";
/** Runs whose drawings are kept, the newest. */
const KEPT = 20;
/** Nodes of a flow that is kept. */
const MOST_NODES = 300;
/** Times that a graph is asked for while somebody types. */
const TRIES = 3;

export interface Drawn {
  readonly graph: Graph;
  readonly drawing: Drawing;
}

/** The graph of a flow and the text that it was drawn from; undefined where there is no such flow. */
export async function draw(
  client: LanguageClient,
  program: vscode.Uri,
  flow: string,
): Promise<Drawn | undefined> {
  const textDocument = { uri: client.code2ProtocolConverter.asUri(program) };
  for (let attempt = 1; ; attempt += 1) {
    const document = await vscode.workspace.openTextDocument(program);
    const [asked, before] = [document.getText(), versions()];
    const graph = await client.sendRequest<Graph | null>("nexa/graph", { textDocument, flow });
    if (graph === null) {
      return undefined;
    }
    // A flow may stand in a file that the program includes.
    const file = await vscode.workspace.openTextDocument(vscode.Uri.parse(graph.uri));
    const text = file === document ? asked : file.getText();
    if (file === document || attempt === TRIES || isSame(before, versions())) {
      return { graph, drawing: { marks: marksOf(graph, text), digest: digestOf(file, text) } };
    }
  }
}

const digests = new WeakMap<vscode.TextDocument, { readonly text: string; readonly digest: string }>();

/** Tells texts apart, but not by their blanks. The cursor moves more often than the text changes. */
function digestOf(document: vscode.TextDocument, text: string): string {
  const known = digests.get(document);
  if (known?.text === text) {
    return known.digest;
  }
  const digest = createHash("sha256").update(text.replace(/\s+/g, " ")).digest("hex").slice(0, 16);
  digests.set(document, { text, digest });
  return digest;
}

/** The versions of all programs that are open: while they are the same, the text is. */
export function versions(): ReadonlyMap<string, number> {
  const open = vscode.workspace.textDocuments.filter((document) => document.languageId === "nexa");
  return new Map(open.map((document) => [document.uri.toString(), document.version]));
}

export function isSame(then: ReadonlyMap<string, number>, now: ReadonlyMap<string, number>): boolean {
  return [...now].every(([uri, version]) => (then.get(uri) ?? version) === version);
}

type Kept = Record<string, Record<string, Drawing>>;

/** Keep what a run has run. */
export async function keepDrawings(memory: vscode.Memento, run: RunRecord): Promise<void> {
  if (run.name !== "" && run.drawings.size > 0) {
    const small = [...run.drawings].filter(([, { marks }]) => marks.length <= MOST_NODES);
    const { [run.name]: _, ...others } = memory.get<Kept>(MEMORY, {});
    const entries = [...Object.entries(others).slice(1 - KEPT), [run.name, Object.fromEntries(small)]];
    await memory.update(MEMORY, Object.fromEntries(entries));
  }
}

/** What a run of an earlier window has run. */
export function keptDrawings(memory: vscode.Memento, run: string): Map<string, Drawing> | undefined {
  const found = memory.get<Kept>(MEMORY, {})[run];
  return found && new Map(Object.entries(found));
}
