/** What the last run cost, beside each call in the source: `1.2 s · 40 tokens`. */

import * as vscode from "vscode";
import type { Graph } from "../graph/model";
import type { Server } from "../server/server";
import { cost } from "./events";
import { type NodeRecord, type RunRecord, stateOf } from "./record";
import type { Runs } from "./runs";

const SWITCH = "showLastRun";

export class Overlay implements vscode.Disposable {
  private readonly done = decoration("editorCodeLens.foreground");
  private readonly failed = decoration("editorError.foreground");
  /** By document: what is shown there, until it is edited or runs again. */
  private readonly shown = new Map<
    string,
    { done: vscode.DecorationOptions[]; failed: vscode.DecorationOptions[] }
  >();
  private readonly registrations: vscode.Disposable[];

  constructor(
    private readonly server: Server,
    runs: Runs,
  ) {
    this.registrations = [
      runs.onDidStart((run) => this.clear(run.target.uri)),
      runs.onDidEnd((run) => void this.show(run)),
      vscode.window.onDidChangeVisibleTextEditors(() => this.paint()),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        // Where the text has changed, nobody knows any more which call it was.
        if (contentChanges.length && this.shown.has(document.uri.toString())) {
          this.clear(document.uri.toString());
        }
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(`nexa.${SWITCH}`)) {
          this.paint();
        }
      }),
    ];
  }

  dispose(): void {
    for (const one of [...this.registrations, this.done, this.failed]) {
      one.dispose();
    }
  }

  private async show(run: RunRecord): Promise<void> {
    const client = this.server.running;
    if (client === undefined || run.target.kind !== "flow") {
      return;
    }
    const textDocument = { uri: client.code2ProtocolConverter.asUri(vscode.Uri.parse(run.target.uri)) };
    // A flow may run others, which may be of other files.
    for (const flow of new Set([...run.nodes.keys()].map((id) => id.split("#")[0] ?? ""))) {
      const graph = await client.sendRequest<Graph | null>("nexa/graph", { textDocument, flow });
      if (graph) {
        this.add(graph, run);
      }
    }
    this.paint();
  }

  private add(graph: Graph, run: RunRecord): void {
    const key = vscode.Uri.parse(graph.uri).toString();
    const here = this.shown.get(key) ?? { done: [], failed: [] };
    for (const node of graph.nodes) {
      const record = run.nodes.get(node.id);
      if (record && (node.kind === "agent" || stateOf(record) === "failed")) {
        const { line, character } = node.range.end;
        const range = new vscode.Range(line, character, line, character);
        const text = note(record);
        const list = stateOf(record) === "failed" ? here.failed : here.done;
        list.push({ range, renderOptions: { after: { contentText: ` ${text}` } } });
      }
    }
    this.shown.set(key, here);
  }

  private clear(key: string): void {
    this.shown.delete(key);
    this.paint();
  }

  private paint(): void {
    for (const editor of vscode.window.visibleTextEditors) {
      if (editor.document.languageId === "nexa") {
        const configuration = vscode.workspace.getConfiguration("nexa", editor.document.uri);
        const isOn = configuration.get(SWITCH, true);
        const here = isOn ? this.shown.get(editor.document.uri.toString()) : undefined;
        editor.setDecorations(this.done, here?.done ?? []);
        editor.setDecorations(this.failed, here?.failed ?? []);
      }
    }
  }
}

function note(record: NodeRecord): string {
  if (record.failure) {
    return `✗ ${record.failure.message}`;
  }
  return `${record.turns > 1 ? `×${record.turns} · ` : ""}${cost(record.seconds, record.usage)}`;
}

function decoration(colour: string): vscode.TextEditorDecorationType {
  return vscode.window.createTextEditorDecorationType({
    after: { color: new vscode.ThemeColor(colour), fontStyle: "italic", margin: "0 0 0 4px" },
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
}
