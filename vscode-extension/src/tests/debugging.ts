/** Debugs tests of the explorer, one after the other, and shows there how each ended. */

import * as vscode from "vscode";
import { launchOf } from "../debug/configuration";
import { hasDebugger } from "../debug/debugger";
import { fileOf, rangeOf } from "../run/places";
import type { Server } from "../server/server";
import { type Printed, printedOutcome } from "./printed";
import { testsOf } from "./running";

export async function debugTests(
  server: Server,
  controller: vscode.TestController,
  asked: vscode.TestRunRequest,
  token: vscode.CancellationToken,
): Promise<void> {
  const execution = controller.createTestRun(asked);
  const items = asked.include ?? [...controller.items].map(([, item]) => item);
  const fail = (test: vscode.TestItem, error: unknown) =>
    execution.errored(test, new vscode.TestMessage(error instanceof Error ? error.message : String(error)));
  // Somebody may be asked: once for all tests.
  const canDebug = hasDebugger(server);
  for (const test of items.flatMap(testsOf)) {
    if (token.isCancellationRequested) {
      break;
    }
    if (!asked.exclude?.includes(test)) {
      execution.started(test);
      const debugged = canDebug.then((can) => (can ? debugTest(execution, test) : execution.skipped(test)));
      await debugged.catch((error) => fail(test, error));
    }
  }
  execution.end();
}

async function debugTest(execution: vscode.TestRun, test: vscode.TestItem): Promise<void> {
  const { uri } = test;
  if (uri === undefined) {
    return;
  }
  const launch = launchOf(uri.fsPath, "test", test.label);
  let output = "";
  const isIt = ({ configuration }: vscode.DebugSession) =>
    configuration.program === launch.program && configuration.test === launch.test;
  const tracker = vscode.debug.registerDebugAdapterTrackerFactory("nexa", {
    createDebugAdapterTracker: (session) =>
      isIt(session)
        ? {
            onDidSendMessage: ({
              event,
              body,
            }: {
              event?: string;
              body?: { category?: string; output?: string };
            }) => {
              if (event === "output" && (body?.category === "stdout" || body?.category === "stderr")) {
                output += body.output ?? "";
              }
            },
          }
        : undefined,
  });
  let listener: vscode.Disposable | undefined;
  const ended = new Promise<void>((resolve) => {
    listener = vscode.debug.onDidTerminateDebugSession((session) => isIt(session) && resolve());
  });
  try {
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    if (await vscode.debug.startDebugging(folder, launch, { testRun: execution })) {
      await ended;
      execution.appendOutput(output.replace(/\r?\n/g, "\r\n"), undefined, test);
      await show(execution, test, uri, printedOutcome(output));
    } else {
      execution.skipped(test);
    }
  } finally {
    tracker.dispose();
    listener?.dispose();
  }
}

async function show(
  execution: vscode.TestRun,
  test: vscode.TestItem,
  uri: vscode.Uri,
  printed: Printed,
): Promise<void> {
  switch (printed.status) {
    case "passed":
      return execution.passed(test, printed.milliseconds);
    case "unknown":
      // Who stops the debugger does not want to know; who cannot is told by the text.
      return printed.message
        ? execution.errored(test, new vscode.TestMessage(printed.message))
        : execution.skipped(test);
    case "failed": {
      const message = new vscode.TestMessage(printed.message);
      message.location = new vscode.Location(uri, test.range ?? new vscode.Position(0, 0));
      if (printed.place) {
        const document = await vscode.workspace.openTextDocument(fileOf(printed.place, uri));
        message.location = new vscode.Location(document.uri, rangeOf(printed.place, document));
      }
      execution.failed(test, message, printed.milliseconds);
    }
  }
}
