/** Breakpoints in `.nx` files: `nexa dap` is the adapter, taken from where the language server was found. */

import { existsSync } from "node:fs";
import * as vscode from "vscode";
import { argumentsOf, chooseFlow, entryOf, type LensTarget } from "../run/commands";
import { type Runs, requireTrust, saved } from "../run/runs";
import { besideInterpreter } from "../server/candidates";
import type { Server } from "../server/server";
import { t } from "../words";
import { completed, launchOf, type NexaLaunch, texts } from "./configuration";
import { hasDebugger } from "./debugger";

const TYPE = "nexa";

export function registerDebugging(server: Server, runs: Runs, memory: vscode.Memento): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.debug.registerDebugConfigurationProvider(TYPE, {
      provideDebugConfigurations: () => [
        // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of launch.json
        { type: TYPE, request: "launch", name: t("Nexa: debug main"), program: "${file}", flow: "main" },
      ],
      resolveDebugConfiguration: async (_, asked) => {
        const editor = vscode.window.activeTextEditor;
        const program = editor?.document.languageId === "nexa" ? editor.document : undefined;
        const file = program?.isUntitled && !asked.program ? (await saved(program.uri)).uri : program?.uri;
        const isBare = file !== undefined && [asked.program, asked.flow, asked.test].every((one) => !one);
        const chosen = isBare ? await entry(server, memory, file) : {};
        if (chosen === undefined) {
          return undefined;
        }
        const launch = completed({ ...chosen, ...asked }, file?.fsPath);
        if ("mistake" in launch) {
          void vscode.window.showErrorMessage(`Nexa: ${launch.mistake}.`);
          return undefined;
        }
        return launch;
      },
      resolveDebugConfigurationWithSubstitutedVariables: async (_, resolved) => {
        requireTrust();
        const launch = resolved as NexaLaunch;
        const document = await saved(vscode.Uri.file(launch.program ?? ""));
        launch.mock ??= vscode.workspace.getConfiguration("nexa", document.uri).get("run.mock", false);
        if (launch.noDebug) {
          // Without a debugger it is a run like any other.
          const kind = launch.test === undefined ? "flow" : "test";
          const name = launch.test ?? launch.flow ?? "main";
          await runs.start({ uri: document.uri.toString(), kind, name }, { args: texts(launch.args) });
          return undefined;
        }
        return (await hasDebugger(server)) ? launch : undefined;
      },
    }),
    vscode.debug.registerDebugAdapterDescriptorFactory(TYPE, {
      createDebugAdapterDescriptor: async () => {
        await server.ready();
        return new vscode.DebugAdapterExecutable(nexaBeside(server), ["dap"]);
      },
    }),
  );
}

/** What F5 means without a configuration: the flow of the file, with what it has to be given. */
async function entry(
  server: Server,
  memory: vscode.Memento,
  file: vscode.Uri,
): Promise<Partial<NexaLaunch> | undefined> {
  const name = await entryOf(server, file);
  const target = await chooseFlow(
    server,
    name === undefined ? undefined : { uri: file.toString(), flow: name },
  );
  const args =
    target && (await argumentsOf(server, target, memory, { isDebugged: true, areNeededOnly: true }));
  return target && args && { flow: target.name, args };
}

/** `nexa.debug`: from a lens, or for the flow that is meant. */
export async function debug(server: Server, memory: vscode.Memento, lens?: LensTarget): Promise<void> {
  requireTrust();
  const target = await chooseFlow(server, lens);
  const args = target?.kind === "flow" ? await argumentsOf(server, target, memory, { isDebugged: true }) : {};
  if (target === undefined || args === undefined) {
    return;
  }
  const { uri } = await saved(vscode.Uri.parse(target.uri));
  const launch = { ...launchOf(uri.fsPath, target.kind, target.name), args };
  await vscode.debug.startDebugging(vscode.workspace.getWorkspaceFolder(uri), launch);
}

function nexaBeside(server: Server): string {
  const { state } = server;
  const command = state.kind === "running" ? state.command : "";
  const nexa = besideInterpreter(command, "nexa", process.platform === "win32");
  if (!existsSync(nexa)) {
    throw new Error(t("there is no nexa command beside the language server {0}", command));
  }
  return nexa;
}
