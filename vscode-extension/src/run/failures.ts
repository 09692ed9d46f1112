/** What made a run fail, as a problem at its place, until the flow is run again. */

import * as vscode from "vscode";
import type { RunError } from "./events";
import { fileOf, rangeOf } from "./places";
import type { RunRecord } from "./record";
import type { Runs } from "./runs";

export function showFailures(runs: Runs): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection("nexa run");
  const places = new Map<string, vscode.Uri>();
  const forget = (run: RunRecord) => {
    const uri = places.get(run.target.uri);
    if (uri) {
      collection.delete(uri);
      places.delete(run.target.uri);
    }
  };
  const show = async (run: RunRecord, error: RunError) => {
    if (error.span === undefined) {
      return;
    }
    const uri = fileOf(error.span, vscode.Uri.parse(run.target.uri));
    const document = await vscode.workspace.openTextDocument(uri);
    const message = `${error.kind}: ${error.message}`;
    const problem = new vscode.Diagnostic(
      rangeOf(error.span, document),
      message,
      vscode.DiagnosticSeverity.Error,
    );
    problem.source = "nexa run";
    collection.set(uri, [problem]);
    places.set(run.target.uri, uri);
  };
  return vscode.Disposable.from(
    collection,
    runs.onDidStart(forget),
    runs.onDidReport(({ run, event }) => {
      if (
        event.event === "run.finished" &&
        event.status === "failed" &&
        event.error &&
        run.target.kind === "flow"
      ) {
        void show(run, event.error);
      }
    }),
    // An edit is an answer: the place is no longer what had failed.
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length) {
        collection.delete(document.uri);
      }
    }),
  );
}
