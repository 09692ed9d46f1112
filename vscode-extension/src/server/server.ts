/**
 * The language server from the extension's side: found, started, restarted, and spoken of honestly when it is not there.
 * Owns the client. Everything else asks it for one, and is told when there is another.
 */

import { existsSync } from "node:fs";
import { homedir } from "node:os";
import * as vscode from "vscode";
import { type LanguageClient, State } from "vscode-languageclient/node";
import type { Renames } from "../graph/renames";
import type { Patience } from "../problems/patience";
import { t } from "../words";
import { type Candidate, type Found, findServer, type Miss } from "./candidates";
import { createClient } from "./client";
import { installServer } from "./install";
import { onPythonChange, selectedPython } from "./python";

export type ServerState =
  | { readonly kind: "stopped" }
  | { readonly kind: "starting" }
  | { readonly kind: "running"; readonly version: string; readonly command: string }
  | { readonly kind: "missing"; readonly misses: readonly Miss[] }
  | { readonly kind: "failed"; readonly reason: string; readonly command: string };

export class Server implements vscode.Disposable {
  private client: LanguageClient | undefined;
  private current: ServerState = { kind: "stopped" };
  private queue: Promise<void> = Promise.resolve();
  /** The user answers: nothing else is told meanwhile, for the answer may change it. */
  private isAnswering = false;
  private readonly changed = new vscode.EventEmitter<ServerState>();
  private readonly connected = new vscode.EventEmitter<LanguageClient>();
  private readonly disposables: vscode.Disposable[] = [this.changed, this.connected];

  /** The server has started, stopped or failed. */
  readonly onDidChangeState = this.changed.event;
  /** A new client is about to start: the moment to listen to its notifications. */
  readonly onDidConnect = this.connected.event;

  constructor(
    readonly log: vscode.LogOutputChannel,
    private readonly patience: Patience,
    readonly renames: Renames,
  ) {}

  get state(): ServerState {
    return this.current;
  }

  /** The running client; undefined while there is none. */
  get running(): LanguageClient | undefined {
    return this.current.kind === "running" ? this.client : undefined;
  }

  /** The running client, waited for while it starts. Raises with what to do when there is none. */
  async ready(): Promise<LanguageClient> {
    await this.queue;
    if (this.running === undefined) {
      throw new Error(t("The Nexa language server is not running: {0}.", describe(this.current)));
    }
    return this.running;
  }

  /** Start at once, and again whenever what decides about it changes. */
  async begin(): Promise<void> {
    this.disposables.push(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("nexa.server")) {
          void this.restart();
        }
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => {
        // What had been passed over may be used now.
        if (this.current.kind !== "running") {
          void this.restart();
        }
      }),
    );
    await this.restart();
    const python = await onPythonChange(() => {
      const followsPython = vscode.workspace.getConfiguration("nexa").get("server.path", "") === "";
      if (followsPython) {
        void this.restart();
      }
    });
    if (python) {
      this.disposables.push(python);
    }
  }

  /** Stop what runs, look again, start. Calls follow each other, never overlap. */
  restart(): Promise<void> {
    this.queue = this.queue.then(async () => {
      await this.stopClient();
      await this.startClient();
    });
    return this.queue;
  }

  async dispose(): Promise<void> {
    await this.queue;
    await this.stopClient();
    for (const one of this.disposables) {
      one.dispose();
    }
  }

  /** Where the server would be taken from now. */
  async find(): Promise<Found> {
    return findServer({
      setting: vscode.workspace.getConfiguration("nexa").get("server.path", "").trim(),
      python: await selectedPython(),
      pathVariable: process.env.PATH ?? "",
      home: homedir(),
      isWindows: process.platform === "win32",
      isTrusted: vscode.workspace.isTrusted,
      workspaceFolders: (vscode.workspace.workspaceFolders ?? []).map((folder) => folder.uri.fsPath),
      exists: existsSync,
    });
  }

  private async startClient(): Promise<void> {
    this.become({ kind: "starting" });
    const found = await this.find();
    if (!("found" in found)) {
      this.become({ kind: "missing", misses: found.misses });
      void this.tellMissing(found.misses);
      return;
    }
    await this.startFrom(found.found);
  }

  private async startFrom(candidate: Candidate): Promise<void> {
    const client = createClient(candidate.command, this.log, this.patience, this.renames);
    this.client = client;
    this.connected.fire(client);
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Stopped && this.client === client && this.current.kind === "running") {
        this.become({ kind: "failed", reason: t("it has stopped"), command: candidate.command });
      } else if (newState === State.Running && this.current.kind === "failed" && this.client === client) {
        this.become(running(client, candidate.command));
      }
    });
    this.log.info(`starting ${candidate.command}, from ${candidate.source}`);
    try {
      await client.start();
      this.become(running(client, candidate.command));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.become({ kind: "failed", reason, command: candidate.command });
      void this.tellFailed(candidate, reason);
    }
  }

  private async stopClient(): Promise<void> {
    const { client } = this;
    this.client = undefined;
    this.become({ kind: "stopped" });
    if (client) {
      // A server that does not answer is ended after this time.
      await client.dispose(2000).catch((error) => this.log.warn(`stopping the server: ${error}`));
    }
  }

  private become(state: ServerState): void {
    this.current = state;
    this.changed.fire(state);
  }

  private async tellMissing(misses: readonly Miss[]): Promise<void> {
    const tried = misses.map((miss) => `${miss.source}: ${miss.reason}`);
    this.log.error(`no language server:\n${tried.join("\n")}`);
    if (this.isAnswering) {
      return;
    }
    const choice = await vscode.window.showErrorMessage(
      t(
        "Nexa: no language server was found. Tried {0}. Install nexa-lsp, or set nexa.server.path.",
        tried.join("; "),
      ),
      t("Install"),
      t("Open Settings"),
      t("Doctor"),
    );
    await this.answer(choice);
  }

  private async tellFailed(candidate: Candidate, reason: string): Promise<void> {
    this.log.error(`${candidate.command} did not start: ${reason}`);
    const choice = await vscode.window.showErrorMessage(
      t(
        "Nexa: {0} ({1}) did not start: {2}. Its log says more; an update with pip install --upgrade nexa-lsp may help.",
        candidate.command,
        candidate.source,
        reason,
      ),
      t("Show Log"),
      t("Open Settings"),
      t("Doctor"),
    );
    await this.answer(choice);
  }

  private async answer(choice: string | undefined): Promise<void> {
    switch (choice) {
      case t("Install"):
        this.isAnswering = true;
        return installServer().finally(() => {
          this.isAnswering = false;
        });
      case t("Open Settings"):
        return vscode.commands.executeCommand("workbench.action.openSettings", "nexa.server");
      case t("Doctor"):
        return vscode.commands.executeCommand("nexa.doctor");
      case t("Show Log"):
        return this.log.show();
    }
  }
}

/** One line about a state, for people. */
export function describe(state: ServerState): string {
  switch (state.kind) {
    case "stopped":
      return t("it is stopped");
    case "starting":
      return t("it is starting");
    case "running":
      return t("version {0} is running, from {1}", state.version, state.command);
    case "missing":
      return t(
        "none was found ({0})",
        state.misses.map((miss) => `${miss.source}: ${miss.reason}`).join("; "),
      );
    case "failed":
      return t("{0} failed: {1}", state.command, state.reason);
  }
}

function running(client: LanguageClient, command: string): ServerState {
  return { kind: "running", version: client.initializeResult?.serverInfo?.version ?? "unknown", command };
}
