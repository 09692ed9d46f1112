/** Wires the parts together. Each part has its own file and can be read alone. */

import * as vscode from "vscode";
import { build } from "./build";
import { debug, registerDebugging } from "./debug/debugging";
import { showDoctor } from "./doctor";
import { Documents } from "./documents";
import { Graphs } from "./graph/graphs";
import { Renames } from "./graph/renames";
import { openEvents, openRun, rerun, rerunFrom, stopRun } from "./history/commands";
import { History, type Row } from "./history/view";
import { newProgram } from "./newProgram";
import { Patience } from "./problems/patience";
import { showPrompt } from "./prompt";
import { SHOW_REFERENCES, showReferences } from "./references";
import { type NodeContext, runFromNode } from "./run/again";
import { chooseFlow, type LensTarget, run, runFile, stop } from "./run/commands";
import { showFailures } from "./run/failures";
import { linkPlaces } from "./run/links";
import { Overlay } from "./run/overlay";
import { Runs } from "./run/runs";
import { showRunning } from "./run/statusBar";
import { RunTerminals } from "./run/terminal";
import { installServer } from "./server/install";
import { Server } from "./server/server";
import { showServerStatus } from "./status";
import { showSyntaxTree } from "./syntaxTree";
import { exploreTests } from "./tests/explorer";
import { speak } from "./words";

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  speak(vscode.l10n.bundle);
  const log = vscode.window.createOutputChannel("Nexa", { log: true });
  const patience = new Patience();
  const server = new Server(log, patience, new Renames());
  const documents = new Documents();
  const memory = context.workspaceState;
  const runs = new Runs(server, memory);
  const history = new History(server, runs);
  const graphs = new Graphs(server, runs, context.extensionUri, memory);
  const version = String(context.extension.packageJSON.version);
  const command = (name: string, run: (...args: never[]) => unknown) =>
    vscode.commands.registerCommand(name, guarded(log, name, run));
  context.subscriptions.push(
    log,
    patience,
    server,
    documents,
    runs,
    graphs,
    history,
    showServerStatus(server, version),
    new RunTerminals(runs),
    showFailures(runs),
    showRunning(runs),
    linkPlaces(),
    new Overlay(server, runs),
    registerDebugging(server, runs, memory),
    exploreTests(server, runs),
    command("nexa.run", (lens?: LensTarget) => run(server, runs, memory, lens)),
    command("nexa.runFile", (uri?: vscode.Uri) => runFile(server, runs, memory, uri)),
    command("nexa.runFromNode", (context?: NodeContext) => runFromNode(runs, graphs, context)),
    command("nexa.changeNode", (context?: NodeContext) => graphs.change(context?.nexaNode)),
    command("nexa.stop", (named?: { runId?: string }) => stop(runs, named)),
    command("nexa.graph", async (lens?: LensTarget) => {
      const target = await chooseFlow(server, lens);
      return target && graphs.show(target);
    }),
    command("nexa.debug", (lens?: LensTarget) => debug(server, memory, lens)),
    command(SHOW_REFERENCES, showReferences),
    command("nexa.openRun", (row: Row) => openRun(server, row)),
    command("nexa.rerun", (row: Row) => rerun(runs, row)),
    command("nexa.rerunFrom", (row: Row) => rerunFrom(runs, row)),
    command("nexa.stopRun", (row: Row) => stopRun(runs, row)),
    command("nexa.openEvents", openEvents),
    command("nexa.refreshRuns", () => history.refresh()),
    command("nexa.showPrompt", () => showPrompt(server, documents)),
    command("nexa.build", () => build(server)),
    command("nexa.restart", () => server.restart()),
    command("nexa.installServer", installServer),
    command("nexa.newProgram", newProgram),
    command("nexa.doctor", () => showDoctor(server, documents, version)),
    command("nexa.showLog", () => log.show()),
    command("nexa.showSyntaxTree", () => showSyntaxTree(server, documents)),
  );
  await server.begin();
}

/** A command that fails says so, once, in words. */
function guarded(log: vscode.LogOutputChannel, name: string, run: (...args: never[]) => unknown) {
  return async (...args: never[]): Promise<unknown> => {
    try {
      return await run(...args);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      log.error(`${name}: ${error instanceof Error ? (error.stack ?? reason) : reason}`);
      void vscode.window.showErrorMessage(`Nexa: ${reason}`);
      return undefined;
    }
  };
}
