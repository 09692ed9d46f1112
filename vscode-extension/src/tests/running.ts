/** Runs tests of the explorer: a process for each file or single test, whose events say how each went. */

import * as vscode from "vscode";
import { fileOf, rangeOf } from "../run/places";
import type { RunRecord } from "../run/record";
import type { Runs } from "../run/runs";
import { t } from "../words";
import { type Outcome, Results } from "./results";

export function testsOf(item: vscode.TestItem): vscode.TestItem[] {
  return item.children.size ? [...item.children].map(([, child]) => child) : [item];
}

export async function runTests(
  controller: vscode.TestController,
  runs: Runs,
  asked: vscode.TestRunRequest,
  token: vscode.CancellationToken,
): Promise<void> {
  const execution = controller.createTestRun(asked);
  for (const item of asked.include ?? [...controller.items].map(([, one]) => one)) {
    if (token.isCancellationRequested) {
      break;
    }
    const tests = testsOf(item).filter((test) => !asked.exclude?.includes(test));
    try {
      await runItem(runs, item, tests, execution, token);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      for (const test of tests) {
        execution.errored(test, new vscode.TestMessage(reason));
      }
    }
  }
  execution.end();
}

async function runItem(
  runs: Runs,
  item: vscode.TestItem,
  tests: readonly vscode.TestItem[],
  execution: vscode.TestRun,
  token: vscode.CancellationToken,
): Promise<void> {
  const open = new Map(tests.map((test) => [test.label, test]));
  const results = new Results();
  const shown: Promise<void>[] = [];
  const uri = item.uri?.toString() ?? "";
  for (const test of tests) {
    execution.enqueued(test);
  }
  const report = runs.onDidReport(({ run, event }) => {
    if (run.target.uri !== uri || run.target.kind !== "test") {
      return;
    }
    const { begun, output, outcome } = results.take(event);
    const test = open.get(begun ?? outcome?.title ?? "");
    if (output !== undefined) {
      execution.appendOutput(output.replace(/\r?\n/g, "\r\n"));
    }
    if (test && begun !== undefined) {
      execution.started(test);
    }
    if (test && outcome) {
      open.delete(outcome.title);
      shown.push(show(execution, test, outcome));
    }
  });
  let run: RunRecord | undefined;
  try {
    run = await runs.start({ uri, kind: "test", name: item.parent ? item.label : "" });
    await ended(runs, run, token);
    await Promise.all(shown);
  } finally {
    report.dispose();
  }
  for (const test of open.values()) {
    const { error } = run;
    const reason = error ? `${error.message}\n${error.detail ?? ""}` : t("it was not run");
    execution.errored(test, new vscode.TestMessage(reason));
  }
}

/** Until the process of a run is gone. */
async function ended(runs: Runs, run: RunRecord, token: vscode.CancellationToken): Promise<void> {
  const stop = token.onCancellationRequested(() => void runs.stop(run));
  if (run.status === "running") {
    await new Promise<void>((resolve) => {
      const end = runs.onDidEnd((one) => {
        if (one === run) {
          end.dispose();
          resolve();
        }
      });
    });
  }
  stop.dispose();
}

async function show(execution: vscode.TestRun, test: vscode.TestItem, outcome: Outcome): Promise<void> {
  const { status, milliseconds, message, span } = outcome;
  if (status === "passed") {
    execution.passed(test, milliseconds);
    return;
  }
  if (status === "skipped") {
    execution.skipped(test);
    return;
  }
  const text = new vscode.TestMessage(message);
  if (test.uri) {
    text.location = new vscode.Location(test.uri, test.range ?? new vscode.Position(0, 0));
    if (span) {
      const document = await vscode.workspace.openTextDocument(fileOf(span, test.uri));
      text.location = new vscode.Location(document.uri, rangeOf(span, document));
    }
  }
  execution.failed(test, text, milliseconds);
}
