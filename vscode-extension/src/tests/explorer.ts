/** `test` blocks in the test explorer: which there are, in every program of the workspace, and what can be done with them. */

import * as vscode from "vscode";
import { runnablesOf } from "../run/commands";
import type { Runs } from "../run/runs";
import type { Server } from "../server/server";
import { t } from "../words";
import { debugTests } from "./debugging";
import { titlesIn } from "./results";
import { runTests } from "./running";

const PROGRAMS = "**/*.nx";
/** Files that are looked into at most. */
const MAX_FILES = 5000;
/** Milliseconds after an edit. */
const PAUSE = 300;

export function exploreTests(server: Server, runs: Runs): vscode.Disposable {
  const controller = vscode.tests.createTestController("nexa", "Nexa");
  const explorer = new Explorer(controller, server);
  const watcher = vscode.workspace.createFileSystemWatcher(PROGRAMS);
  controller.resolveHandler = async (item) => (item === undefined ? explorer.discover() : undefined);
  controller.refreshHandler = () => explorer.discover();
  // What was open before us has been opened unheard; and the server says more than a look at the text.
  explorer.readOpen();
  const { Run, Debug } = vscode.TestRunProfileKind;
  return vscode.Disposable.from(
    controller,
    watcher,
    explorer,
    controller.createRunProfile(
      t("Run"),
      Run,
      (asked, token) => runTests(controller, runs, asked, token),
      true,
    ),
    controller.createRunProfile(
      t("Debug"),
      Debug,
      (asked, token) => debugTests(server, controller, asked, token),
      true,
    ),
    server.onDidChangeState(({ kind }) => kind === "running" && explorer.readOpen()),
    watcher.onDidChange((uri) => explorer.readFile(uri)),
    watcher.onDidCreate((uri) => explorer.readFile(uri)),
    watcher.onDidDelete((uri) => controller.items.delete(uri.toString())),
    vscode.workspace.onDidOpenTextDocument((document) => explorer.readSoon(document)),
    vscode.workspace.onDidChangeTextDocument(({ document }) => explorer.readSoon(document)),
  );
}

class Explorer implements vscode.Disposable {
  private readonly pending = new Map<string, NodeJS.Timeout>();

  constructor(
    private readonly controller: vscode.TestController,
    private readonly server: Server,
  ) {}

  async discover(): Promise<void> {
    this.readOpen();
    const files = await vscode.workspace.findFiles(PROGRAMS, undefined, MAX_FILES);
    await Promise.all(files.map((uri) => this.readFile(uri)));
  }

  readOpen(): void {
    for (const document of vscode.workspace.textDocuments) {
      this.readSoon(document);
    }
  }

  /** From the disk; an open document says more. */
  async readFile(uri: vscode.Uri): Promise<void> {
    const open = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
    if (open) {
      return this.read(open);
    }
    try {
      const bytes = await vscode.workspace.fs.readFile(uri);
      this.put(uri, titlesIn(new TextDecoder().decode(bytes)));
    } catch {
      this.controller.items.delete(uri.toString());
    }
  }

  readSoon(document: vscode.TextDocument): void {
    if (isProgram(document)) {
      const key = document.uri.toString();
      clearTimeout(this.pending.get(key));
      const timer = setTimeout(() => void this.read(document), PAUSE);
      this.pending.set(key, timer);
    }
  }

  dispose(): void {
    for (const timer of this.pending.values()) {
      clearTimeout(timer);
    }
  }

  private async read(document: vscode.TextDocument): Promise<void> {
    this.pending.delete(document.uri.toString());
    if (this.server.running === undefined) {
      this.put(document.uri, titlesIn(document.getText()));
      return;
    }
    const tests = (await runnablesOf(this.server, document.uri)).filter((one) => one.kind === "test");
    this.put(
      document.uri,
      tests.map((one) => ({ title: one.name, line: one.range.start.line })),
    );
  }

  private put(uri: vscode.Uri, tests: readonly { title: string; line: number }[]): void {
    const key = uri.toString();
    if (tests.length === 0) {
      this.controller.items.delete(key);
      return;
    }
    const name = vscode.workspace.asRelativePath(uri);
    const file = this.controller.items.get(key) ?? this.controller.createTestItem(key, name, uri);
    file.children.replace(
      tests.map(({ title, line }) => {
        const id = `${key}#${title}`;
        const item = file.children.get(id) ?? this.controller.createTestItem(id, title, uri);
        item.range = new vscode.Range(line, 0, line, 0);
        return item;
      }),
    );
    this.controller.items.add(file);
  }
}

function isProgram(document: vscode.TextDocument): boolean {
  return (
    document.languageId === "nexa" && document.uri.scheme === "file" && document.uri.path.endsWith(".nx")
  );
}
