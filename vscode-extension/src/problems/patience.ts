/** Holds back the problems of a line that is being written, until its author pauses or goes on elsewhere. */

import * as vscode from "vscode";
import {
  DocumentDiagnosticRequest,
  type LanguageClient,
  type Middleware,
  type vsdiag,
} from "vscode-languageclient/node";
import { type Problem, waits } from "./waiting";

/** Milliseconds after the last letter: longer than between two of them, shorter than anybody waits. */
const PAUSE = 500;

export class Patience implements vscode.Disposable {
  /** By document: where it was edited last, and when. */
  private readonly edits = new Map<string, { lines: number[]; time: number }>();
  private readonly shown = new Map<string, Problem[]>();
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly registrations: vscode.Disposable[];

  constructor() {
    this.registrations = [
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges, reason }) => {
        // Undone text has been seen before.
        if (contentChanges.length && document.languageId === "nexa" && reason === undefined) {
          this.edits.set(document.uri.toString(), { lines: contentChanges.map(lineOf), time: Date.now() });
        }
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.forget(uri.toString())),
    ];
  }

  /** What of an answer of the server is shown now. */
  readonly middleware = (client: () => LanguageClient): Pick<Middleware, "provideDiagnostics"> => ({
    provideDiagnostics: async (document, previous, token, next) => {
      const report = await next(document, previous, token);
      return (
        report && this.passed(document instanceof vscode.Uri ? document : document.uri, report, client())
      );
    },
  });

  dispose(): void {
    for (const timer of this.timers.values()) {
      clearTimeout(timer);
    }
    for (const one of this.registrations) {
      one.dispose();
    }
  }

  private passed(
    uri: vscode.Uri,
    report: vsdiag.DocumentDiagnosticReport,
    client: LanguageClient,
  ): vsdiag.DocumentDiagnosticReport {
    if (!("items" in report)) {
      return report;
    }
    const key = uri.toString();
    const edit = this.edits.get(key);
    const rest = edit ? edit.time + PAUSE - Date.now() : 0;
    const before = this.shown.get(key) ?? [];
    const isHeld = (one: vscode.Diagnostic) =>
      edit !== undefined && rest > 0 && waits(problemOf(one), before, edit.lines);
    const items = report.items.filter((one) => !isHeld(one));
    this.shown.set(key, items.map(problemOf));
    if (items.length === report.items.length) {
      return report;
    }
    this.askAgain(key, client, rest);
    // Without an id the next answer is a whole one.
    const { resultId, ...others } = report;
    return { ...others, items };
  }

  private askAgain(key: string, client: LanguageClient, rest: number): void {
    clearTimeout(this.timers.get(key));
    const ask = () => {
      this.timers.delete(key);
      const document = vscode.workspace.textDocuments.find((one) => one.uri.toString() === key);
      if (document && client.isRunning()) {
        client
          .getFeature(DocumentDiagnosticRequest.method)
          .getProvider(document)
          ?.onDidChangeDiagnosticsEmitter.fire();
      }
    };
    this.timers.set(key, setTimeout(ask, rest));
  }

  private forget(key: string): void {
    clearTimeout(this.timers.get(key));
    for (const one of [this.edits, this.shown, this.timers]) {
      one.delete(key);
    }
  }
}

/** The line where the cursor stands after a change. */
function lineOf(change: vscode.TextDocumentContentChangeEvent): number {
  return change.range.start.line + change.text.split(/\r\n|\r|\n/).length - 1;
}

function problemOf({ code, message, range }: vscode.Diagnostic): Problem {
  const value = typeof code === "object" ? code.value : code;
  return { code: String(value ?? ""), message, first: range.start.line, last: range.end.line };
}
