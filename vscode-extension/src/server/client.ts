/** The connection to one server process: how it is started, what we announce, what it may do by itself. */

import * as vscode from "vscode";
import {
  type ClientCapabilities,
  type DynamicFeature,
  LanguageClient,
  type LanguageClientOptions,
  RevealOutputChannelOn,
  type ServerOptions,
  type StaticFeature,
  TransportKind,
} from "vscode-languageclient/node";
import type { Renames } from "../graph/renames";
import type { Patience } from "../problems/patience";
import { SHOW_REFERENCES } from "../references";

/** The files that the server is asked about. */
export const SELECTOR = [
  { language: "nexa", scheme: "file" },
  { language: "nexa", scheme: "untitled" },
  { language: "nexa-secrets", scheme: "file" },
];

/**
 * Announces that we draw runs and answer them (the server then sends `nexa/runEvent` and takes `nexa.input`), that we
 * have a command for the places that a lens counts, and which semantic tokens we want: those of our own, too, and no
 * words of the language, which the grammar colours already as every theme knows them.
 */
class Extras implements StaticFeature {
  fillClientCapabilities(capabilities: ClientCapabilities): void {
    capabilities.experimental = {
      ...(capabilities.experimental as object),
      nexa: { runEvents: true, runInput: true, semanticTokens: true },
      commands: { commands: [SHOW_REFERENCES] },
    };
    const tokens = capabilities.textDocument?.semanticTokens;
    if (tokens) {
      tokens.tokenTypes = tokens.tokenTypes.filter((one) => one !== "keyword");
    }
  }

  initialize(): void {}

  getState() {
    return { kind: "static" } as const;
  }

  clear(): void {}
}

/** A client that leaves `nexa.run` and its like to us: they are there before any server is. */
class NexaClient extends LanguageClient {
  override registerFeature(feature: StaticFeature | DynamicFeature<unknown>): void {
    const method = "registrationType" in feature ? feature.registrationType.method : "";
    if (method !== "workspace/executeCommand") {
      super.registerFeature(feature);
    }
  }
}

export function createClient(
  command: string,
  log: vscode.LogOutputChannel,
  patience: Patience,
  renames: Renames,
): LanguageClient {
  const server: ServerOptions = {
    command,
    args: ["--stdio"],
    transport: TransportKind.stdio,
    options: { env: { ...process.env, PYTHONUTF8: "1" } },
  };
  const options: LanguageClientOptions = {
    documentSelector: SELECTOR,
    outputChannel: log,
    traceOutputChannel: log,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    synchronize: { configurationSection: "nexa" },
    initializationOptions: settings(),
    diagnosticPullOptions: { onChange: true, onTabs: false },
    middleware: { ...patience.middleware(() => client), ...renames.middleware },
    // A server that cannot start is told about by us, with what to do; see server.ts.
    initializationFailedHandler: () => false,
  };
  const client: LanguageClient = new NexaClient("nexa", "Nexa", server, options);
  client.registerFeature(new Extras());
  return client;
}

/** What is set under `nexa`, as plain JSON. */
function settings(): unknown {
  return JSON.parse(JSON.stringify({ nexa: vscode.workspace.getConfiguration("nexa") })) as unknown;
}
