/** What the last run cost, beside each call in the source: `1.2 s · 40 tokens`. */

import * as vscode from "vscode";
import { draw } from "../graph/drawings";
import { type Kin, kinship } from "../graph/kinship";
import type { Graph } from "../graph/model";
import type { Server } from "../server/server";
import { cost } from "./events";
import { type NodeRecord, type RunRecord, stateOf } from "./record";
import type { Runs } from "./runs";
import { type Stretch, shifted } from "./shifting";

/** What stands beside a call. */
interface Note {
  readonly call: Stretch;
  readonly text: string;
  readonly isFailure: boolean;
}

const SWITCH = "showLastRun";

export class Overlay implements vscode.Disposable {
  private readonly done = decoration("editorCodeLens.foreground");
  private readonly failed = decoration("editorError.foreground");
  /** By document: what is shown there, until it runs again. */
  private readonly shown = new Map<string, Note[]>();
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
        const notes = this.shown.get(document.uri.toString());
        if (notes?.length && contentChanges.length) {
          this.shown.set(document.uri.toString(), notes.flatMap(followed(contentChanges)));
          this.paint();
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
    // A flow may run others, which may be of other files; and somebody may have edited while it ran.
    for (const [flow, { marks }] of run.drawings) {
      const drawn = await draw(client, vscode.Uri.parse(run.target.uri), flow);
      if (drawn) {
        this.add(
          drawn.graph,
          run,
          kinship(marks, drawn.drawing.marks, this.server.renames.since(run.started)),
        );
      }
    }
    this.paint();
  }

  private add(graph: Graph, run: RunRecord, kin: ReadonlyMap<string, Kin>): void {
    const key = vscode.Uri.parse(graph.uri).toString();
    const here = this.shown.get(key) ?? [];
    for (const node of graph.nodes) {
      const then = kin.get(node.id);
      const record = then && !then.isChanged ? run.nodes.get(then.id) : undefined;
      const isFailure = record !== undefined && stateOf(record) === "failed";
      if (record && (node.kind === "agent" || isFailure)) {
        here.push({ call: node.range, text: note(record), isFailure });
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
        const placed = (isFailure: boolean) =>
          (here ?? []).filter((one) => one.isFailure === isFailure).map(beside);
        editor.setDecorations(this.done, placed(false));
        editor.setDecorations(this.failed, placed(true));
      }
    }
  }
}

/** A note after edits; one whose call says something else is gone. */
function followed(changes: readonly vscode.TextDocumentContentChangeEvent[]): (note: Note) => Note[] {
  return (note) => {
    let call: Stretch | undefined = note.call;
    for (const change of changes) {
      call &&= shifted(call, change);
    }
    return call ? [{ ...note, call }] : [];
  };
}

function beside({ call: { end }, text }: Note): vscode.DecorationOptions {
  const range = new vscode.Range(end.line, end.character, end.line, end.character);
  return { range, renderOptions: { after: { contentText: ` ${text}` } } };
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
