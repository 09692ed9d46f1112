/** The graph view: which flow it shows, when it is redrawn, what a run paints on it, and how it goes with the source. */

import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { lastKept } from "../history/kept";
import { runnablesOf } from "../run/commands";
import type { RunRecord, Target } from "../run/record";
import type { Runs } from "../run/runs";
import type { Server } from "../server/server";
import { t } from "../words";
import { type Drawn, draw } from "./drawings";
import { exportGraph } from "./exports";
import { type Drawing, type Kin, kinship } from "./kinship";
import { type FromPage, type GraphNode, nodeAt } from "./model";
import { paintOf, summaryOf } from "./paint";
import { GraphPanel, openPanel, VIEW } from "./panel";

/** Milliseconds between an edit or a move of the cursor and a look at the graph. */
const PAUSE = 120;
/** Milliseconds between two pictures of a run. */
const FRAME = 60;

export class Graphs implements vscode.Disposable {
  private panel: GraphPanel | undefined;
  private target: Target | undefined;
  private drawn: Drawn | undefined;
  /** What the nodes that are drawn were when a run began. */
  private kin:
    | { readonly then: Drawing; readonly now: Drawing; readonly nodes: Map<string, Kin> }
    | undefined;
  /** The run of an earlier window, by target. */
  private readonly kept = new Map<Target, RunRecord | undefined>();
  /** Chosen by hand in the page: then the cursor does not change the flow. */
  private isPinned = false;
  private look: NodeJS.Timeout | undefined;
  private frame: NodeJS.Timeout | undefined;
  private readonly registrations: vscode.Disposable[];

  constructor(
    private readonly server: Server,
    private readonly runs: Runs,
    private readonly extension: vscode.Uri,
    private readonly memory: vscode.Memento,
  ) {
    this.registrations = [
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length && document.languageId === "nexa") {
          this.lookSoon();
        }
      }),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.followSoon(textEditor)),
      server.onDidChangeState(({ kind }) => kind === "running" && this.lookSoon()),
      runs.onDidStart((run) => this.paintSoon(run)),
      runs.onDidReport(({ run }) => this.paintSoon(run)),
      runs.onDidEnd((run) => this.paintSoon(run)),
      vscode.window.registerWebviewPanelSerializer(VIEW, {
        deserializeWebviewPanel: async (panel, state: { uri?: string; flow?: string } | undefined) => {
          this.adopt(new GraphPanel(panel, this.extension));
          if (state?.uri && state.flow) {
            this.target = { uri: state.uri, kind: "flow", name: state.flow };
            this.lookSoon();
          }
        },
      }),
    ];
  }

  /** Show the graph of a flow. */
  async show(target: Target): Promise<void> {
    if (this.panel === undefined) {
      this.adopt(openPanel(this.extension));
    }
    this.isPinned = false;
    this.target = target;
    this.panel?.reveal();
    await this.refresh();
  }

  /** The flow that is shown. */
  get shown(): Target | undefined {
    return this.target;
  }

  /** The newest run of the flow that is shown. */
  get lastRun(): RunRecord | undefined {
    return this.target && (this.runs.last(this.target) ?? this.kept.get(this.target));
  }

  /** What a node that is drawn was called in the last run. */
  nodeOfRun(node: string): string | undefined {
    return this.kinOf(this.lastRun)?.get(node)?.id;
  }

  dispose(): void {
    clearTimeout(this.look);
    clearTimeout(this.frame);
    this.panel?.dispose();
    for (const one of this.registrations) {
      one.dispose();
    }
  }

  private adopt(panel: GraphPanel): void {
    this.panel?.dispose();
    this.panel = panel;
    panel.onDidDispose(() => {
      if (this.panel === panel) {
        this.panel = undefined;
        this.drawn = undefined;
      }
    });
    panel.onDidSay((message) => void this.hear(message));
  }

  private async hear(message: FromPage): Promise<void> {
    switch (message.type) {
      case "ready":
        return this.refresh();
      case "reveal":
        return this.reveal(this.node(message.node));
      case "change":
        return this.change(message.node);
      case "flow":
        this.isPinned = true;
        this.target = this.target && { ...this.target, name: message.name };
        return this.refresh();
      case "again":
        return vscode.commands.executeCommand("nexa.runFromNode", { nexaNode: message.node });
      case "export":
        return exportGraph(message, this.target?.name ?? "graph");
    }
  }

  // ── drawing

  private lookSoon(): void {
    clearTimeout(this.look);
    if (this.panel?.isVisible) {
      this.look = setTimeout(() => void this.refresh(), PAUSE);
    }
  }

  private async refresh(): Promise<void> {
    const { panel, target } = this;
    const client = this.server.running;
    if (panel === undefined || target === undefined) {
      return;
    }
    if (client === undefined) {
      panel.send({ type: "stale", reason: t("the language server is not running") });
      return;
    }
    const drawn = await draw(client, vscode.Uri.parse(target.uri), target.name);
    if (target !== this.target) {
      return;
    }
    if (drawn === undefined) {
      // Its name is being written, or the line is broken: what was drawn last stays.
      panel.send({ type: "stale", reason: t("there is no flow {0} now; this is what it was", target.name) });
      return;
    }
    const all = await runnablesOf(this.server, vscode.Uri.parse(target.uri));
    const names = all.filter((one) => one.kind === "flow").map((one) => one.name);
    const { graph } = drawn;
    this.drawn = drawn;
    panel.title = t("Graph: {0}", target.name);
    panel.send({ type: "graph", graph, flows: names.includes(graph.flow) ? names : [graph.flow, ...names] });
    await this.lookUp(client, target);
    this.paint();
  }

  /** What the last run was before this window was opened. */
  private async lookUp(client: LanguageClient, target: Target): Promise<void> {
    if (this.runs.last(target) === undefined && !this.kept.has(target)) {
      this.kept.set(target, undefined);
      this.kept.set(target, await lastKept(client, target, this.memory).catch(() => undefined));
    }
  }

  private paintSoon(run: RunRecord): void {
    if (this.panel && run.target.uri === this.target?.uri) {
      this.frame ??= setTimeout(() => this.paint(), FRAME);
    }
  }

  private paint(): void {
    clearTimeout(this.frame);
    this.frame = undefined;
    const { drawn, lastRun: run } = this;
    const kin = this.kinOf(run);
    if (run && drawn && kin) {
      const isEarlier = run.drawings.get(drawn.graph.flow)?.digest !== drawn.drawing.digest;
      const nodes = paintOf(run, drawn.graph, kin);
      this.panel?.send({ type: "paint", nodes, summary: summaryOf(run, isEarlier) });
    }
  }

  private kinOf(run: RunRecord | undefined): Map<string, Kin> | undefined {
    const { drawn } = this;
    const then = drawn && run?.drawings.get(drawn.graph.flow);
    if (drawn === undefined || then === undefined) {
      return undefined;
    }
    const now = drawn.drawing;
    if (this.kin?.then !== then || this.kin.now !== now) {
      const names = this.server.renames.since(run?.started ?? 0);
      this.kin = { then, now, nodes: kinship(then.marks, now.marks, names) };
    }
    return this.kin.nodes;
  }

  // ── source and graph

  private node(id: string | undefined): GraphNode | undefined {
    return this.drawn?.graph.nodes.find((node) => node.id === id);
  }

  private async reveal(node: GraphNode | undefined): Promise<void> {
    if (this.drawn === undefined || node === undefined) {
      return;
    }
    const { start, end } = node.range;
    const range = new vscode.Range(start.line, start.character, end.line, end.character);
    const uri = vscode.Uri.parse(this.drawn.graph.uri);
    const shown = vscode.window.visibleTextEditors.find(
      (one) => one.document.uri.toString() === uri.toString(),
    );
    const viewColumn = shown?.viewColumn ?? vscode.ViewColumn.One;
    await vscode.window.showTextDocument(uri, { selection: range, viewColumn });
  }

  /** What can be done with a node: the refactorings of its place in the source. */
  async change(node: string | undefined): Promise<void> {
    const found = this.node(node);
    if (found === undefined) {
      void vscode.window.showInformationMessage(t("Nexa: choose a node of the graph first."));
      return;
    }
    await this.reveal(found);
    await vscode.commands.executeCommand("editor.action.refactor");
  }

  private followSoon(editor: vscode.TextEditor): void {
    if (this.panel?.isVisible && editor.document.languageId === "nexa") {
      clearTimeout(this.look);
      this.look = setTimeout(() => void this.follow(editor), PAUSE);
    }
  }

  /** Go where the cursor is: to its flow, then to its node. */
  private async follow(editor: vscode.TextEditor): Promise<void> {
    const { line, character } = editor.selection.active;
    const uri = editor.document.uri.toString();
    const all = await runnablesOf(this.server, editor.document.uri).catch(() => []);
    const flow = all.filter((one) => one.kind === "flow" && one.range.start.line <= line).at(-1);
    const isOther = flow !== undefined && (uri !== this.target?.uri || flow.name !== this.target.name);
    if (isOther && !(this.isPinned && uri === this.target?.uri)) {
      this.target = { uri, kind: "flow", name: flow.name };
    }
    await this.refresh();
    const graph = this.drawn?.graph;
    if (graph?.uri === uri || this.target?.uri === uri) {
      const node = graph && nodeAt(graph, { line, character });
      this.panel?.send({ type: "select", node: node?.id });
    }
  }
}
