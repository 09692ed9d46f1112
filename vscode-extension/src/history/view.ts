/** `Nexa: Runs` in the explorer: the newest runs, what each node of them did, and the way to the source. */

import * as vscode from "vscode";
import { cost, statusWord } from "../run/events";
import { stateOf } from "../run/record";
import type { Runs } from "../run/runs";
import type { Server } from "../server/server";
import { t } from "../words";
import { eventsOf } from "./kept";
import { type PastNode, type PastRun, summary } from "./model";

export type Row = { readonly run: PastRun; readonly part?: PastNode };

const ID = "nexa.runs";
/** Milliseconds between something new and a look at what there is. */
const PAUSE = 300;

const ICONS: Record<PastRun["status"], vscode.ThemeIcon> = {
  ok: new vscode.ThemeIcon("pass", new vscode.ThemeColor("testing.iconPassed")),
  failed: new vscode.ThemeIcon("error", new vscode.ThemeColor("testing.iconFailed")),
  cancelled: new vscode.ThemeIcon("circle-slash"),
  suspended: new vscode.ThemeIcon("debug-pause"),
  unfinished: new vscode.ThemeIcon("question"),
  running: new vscode.ThemeIcon("sync~spin"),
};

export class History implements vscode.TreeDataProvider<Row>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly view: vscode.TreeView<Row>;
  private readonly registrations: vscode.Disposable[];
  private timer: NodeJS.Timeout | undefined;
  private shown = "";

  readonly onDidChangeTreeData = this.changed.event;

  constructor(
    private readonly server: Server,
    runs: Runs,
  ) {
    const stored = vscode.workspace.createFileSystemWatcher("**/.nexa/runs/*.jsonl", false, true, false);
    const soon = () => this.refreshSoon();
    this.view = vscode.window.createTreeView(ID, { treeDataProvider: this });
    this.registrations = [
      this.changed,
      this.view,
      stored,
      stored.onDidCreate(soon),
      stored.onDidDelete(soon),
      runs.onDidStart(soon),
      runs.onDidEnd(soon),
      server.onDidChangeState(soon),
      this.view.onDidChangeVisibility(soon),
    ];
    void vscode.commands.executeCommand("setContext", "nexa.isActive", true);
  }

  async getChildren(row?: Row): Promise<Row[]> {
    if (row === undefined) {
      const runs = await this.runs();
      this.shown = JSON.stringify(runs);
      return runs.map((run) => ({ run }));
    }
    return row.part ? [] : (await eventsOf(row.run)).nodes.map((part) => ({ run: row.run, part }));
  }

  getTreeItem({ run, part }: Row): vscode.TreeItem {
    return part ? nodeItem(run, part) : runItem(run);
  }

  refresh(): void {
    this.changed.fire();
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const one of this.registrations) {
      one.dispose();
    }
  }

  private refreshSoon(): void {
    clearTimeout(this.timer);
    if (this.view.visible) {
      this.timer = setTimeout(() => void this.look(), PAUSE);
    }
  }

  /** Rows that are redrawn lose a click that is on its way: only news are drawn. */
  private async look(): Promise<void> {
    if (JSON.stringify(await this.runs()) !== this.shown) {
      this.refresh();
    }
  }

  /** Of every folder of the workspace, and of the projects of what is shown. */
  private async runs(): Promise<PastRun[]> {
    // Nothing is said to be there before somebody knows.
    const client = await this.server.ready().catch(() => undefined);
    if (client === undefined) {
      return [];
    }
    const near = [
      ...(vscode.workspace.workspaceFolders ?? []).map((folder) => folder.uri),
      ...vscode.window.visibleTextEditors
        .map((editor) => editor.document)
        .filter(({ languageId, uri }) => languageId === "nexa" && uri.scheme === "file")
        .map(({ uri }) => uri),
    ];
    const answers = await Promise.all(
      near.map((uri) => {
        const textDocument = { uri: client.code2ProtocolConverter.asUri(uri) };
        return client.sendRequest<PastRun[]>("nexa/runs", { textDocument });
      }),
    );
    const all = new Map(answers.flat().map((run) => [run.id, run]));
    return [...all.values()].sort((a, b) => (a.started < b.started ? 1 : -1));
  }
}

function runItem(run: PastRun): vscode.TreeItem {
  const item = new vscode.TreeItem(run.flow, vscode.TreeItemCollapsibleState.Collapsed);
  const file = vscode.workspace.asRelativePath(vscode.Uri.parse(run.uri));
  item.id = run.id;
  item.description = `${summary(run, Date.now())} · ${file}`;
  item.tooltip = [
    `${file}: ${run.flow}`,
    `${statusWord(run.status)}, ${new Date(run.started).toLocaleString(vscode.env.language)}`,
    ...(run.error ? [run.error] : []),
    run.id,
  ].join("\n");
  item.iconPath = ICONS[run.status] ?? ICONS.unfinished;
  item.contextValue = run.status === "running" && run.runId ? "run.running" : "run.over";
  item.command = { title: t("Go to Source"), command: "nexa.openRun", arguments: [{ run }] };
  item.accessibilityInformation = { label: `${run.flow}, ${statusWord(run.status)}, ${item.description}` };
  return item;
}

function nodeItem(run: PastRun, part: PastNode): vscode.TreeItem {
  const { node } = part;
  const item = new vscode.TreeItem(node.callee.replaceAll("_", " "));
  const state = stateOf(node);
  const turns = node.turns > 1 ? `×${node.turns} · ` : "";
  item.id = `${run.id} ${node.id}`;
  item.description = node.failure ? node.failure.message : turns + cost(node.seconds, node.usage);
  item.tooltip = [node.id, item.description, node.text].filter(Boolean).join("\n");
  item.iconPath = state === "done" ? ICONS.ok : state === "failed" ? ICONS.failed : ICONS.unfinished;
  item.contextValue = "node";
  item.command = { title: t("Go to Source"), command: "nexa.openRun", arguments: [{ run, part }] };
  return item;
}
