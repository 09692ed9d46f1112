/** All runs that this window has started: asks the server for them, folds up what it reports, tells who wants to know. */

import * as vscode from "vscode";
import { ExecuteCommandRequest, type LanguageClient, WorkDoneProgress } from "vscode-languageclient/node";
import { draw, isSame, keepDrawings, versions } from "../graph/drawings";
import type { Server } from "../server/server";
import { t } from "../words";
import type { RunEvent } from "./events";
import { flowOf, newRecord, type RunRecord, record, type Target } from "./record";

/** Runs that have ended and are kept, the newest of each target among them. */
const KEPT = 50;

export interface StartOptions {
  readonly args?: Readonly<Record<string, string>>;
  /** An earlier run and the node of it to run again from, with the arguments that it had. */
  readonly from?: { readonly run: string; readonly node: string };
}

export class Runs implements vscode.Disposable {
  private readonly byId = new Map<string, RunRecord>();
  /** Events may come before the answer that says whose they are. */
  private readonly early = new Map<string, RunEvent[]>();
  private readonly started = new vscode.EventEmitter<RunRecord>();
  private readonly reported = new vscode.EventEmitter<{ run: RunRecord; event: RunEvent }>();
  private readonly ended = new vscode.EventEmitter<RunRecord>();
  private readonly disposables: vscode.Disposable[];
  /** What was open when a run began. */
  private readonly texts = new WeakMap<RunRecord, ReadonlyMap<string, number>>();
  /** Flows that are being drawn. */
  private readonly drawing = new WeakMap<RunRecord, Promise<void>[]>();

  readonly onDidStart = this.started.event;
  readonly onDidReport = this.reported.event;
  /** Its process is gone; nothing more is reported. */
  readonly onDidEnd = this.ended.event;

  constructor(
    private readonly server: Server,
    private readonly memory: vscode.Memento,
  ) {
    this.disposables = [
      this.started,
      this.reported,
      this.ended,
      server.onDidConnect((client) => this.listen(client)),
      server.onDidChangeState((state) => {
        if (state.kind !== "running") {
          this.endAll();
        }
      }),
    ];
  }

  /** Runs that are under way, the oldest first. */
  get running(): RunRecord[] {
    return [...this.byId.values()].filter((run) => run.status === "running");
  }

  /** The newest run of a flow: its own, or one of the same program that came to it. */
  last(target: Target): RunRecord | undefined {
    const isOf = (run: RunRecord) =>
      run.target.uri === target.uri &&
      run.target.kind === target.kind &&
      (run.target.name === target.name || run.drawings.has(target.name));
    return [...this.byId.values()].filter(isOf).at(-1);
  }

  async start(asked: Target, options: StartOptions = {}): Promise<RunRecord> {
    requireTrust();
    const document = await saved(vscode.Uri.parse(asked.uri));
    // A program that has been saved just now has got another name.
    const target = document.uri.toString() === asked.uri ? asked : { ...asked, uri: document.uri.toString() };
    const client = await this.server.ready();
    const uri = client.code2ProtocolConverter.asUri(document.uri);
    const mock = vscode.workspace.getConfiguration("nexa", document.uri).get("run.mock", false);
    const argument = {
      uri,
      [target.kind]: target.name,
      ...(options.args && { args: options.args }),
      ...(options.from && { from: options.from }),
      ...(mock ? { mock } : {}),
    };
    const texts = versions();
    // Asked before anything can be edited.
    const drawn =
      target.kind === "flow" ? draw(client, document.uri, target.name).catch(() => undefined) : undefined;
    // A token of our own: we show the progress, and its end is that of the process.
    const workDoneToken = `nexa-${++tokens}`;
    let run: RunRecord | undefined;
    let isOver = false;
    const progress = client.onProgress(WorkDoneProgress.type, workDoneToken, ({ kind }) => {
      if (kind === "end") {
        progress.dispose();
        isOver = true;
        if (run) {
          this.end(run);
        }
      }
    });
    const { runId } = await execute<{ runId: string }>(client, "nexa.run", argument, workDoneToken);
    const drawing = (await drawn)?.drawing;
    run = this.begin(runId, target, (made) => {
      this.texts.set(made, texts);
      if (drawing) {
        made.drawings.set(target.name, drawing);
      }
    });
    if (isOver) {
      this.end(run);
    }
    return run;
  }

  async stop(run: RunRecord): Promise<void> {
    const client = this.server.running;
    if (client && run.status === "running") {
      await execute(client, "nexa.stop", { runId: run.id });
    }
  }

  /** Give a run the line that it asked for. */
  async answer(run: RunRecord, text: string): Promise<void> {
    const client = this.server.running;
    if (client && run.status === "running") {
      await execute(client, "nexa.input", { runId: run.id, text });
    }
  }

  dispose(): void {
    for (const one of this.disposables) {
      one.dispose();
    }
  }

  private listen(client: LanguageClient): void {
    client.onNotification("nexa/runEvent", (event: RunEvent) => {
      const run = this.byId.get(event.runId);
      if (run) {
        this.take(run, event);
      } else {
        this.early.set(event.runId, [...(this.early.get(event.runId) ?? []), event]);
      }
    });
  }

  private begin(runId: string, target: Target, prepare: (run: RunRecord) => void): RunRecord {
    const run = newRecord(runId, target, Date.now());
    prepare(run);
    this.byId.set(runId, run);
    this.forgetOld();
    this.started.fire(run);
    for (const event of this.early.get(runId) ?? []) {
      this.take(run, event);
    }
    this.early.delete(runId);
    return run;
  }

  private take(run: RunRecord, event: RunEvent): void {
    record(run, event);
    if (event.event === "node.started") {
      this.drawFlow(run, flowOf(event.node));
    }
    this.reported.fire({ run, event });
  }

  private end(run: RunRecord): void {
    if (run.status === "running") {
      run.status = run.error ? "failed" : "ok";
    }
    void Promise.all(this.drawing.get(run) ?? []).then(() => {
      this.ended.fire(run);
      return keepDrawings(this.memory, run);
    });
  }

  /** A run may come to other flows; they are known as long as nobody has edited since it began. */
  private drawFlow(run: RunRecord, flow: string): void {
    const client = this.server.running;
    const texts = this.texts.get(run);
    if (client === undefined || texts === undefined || run.target.kind !== "flow" || run.drawings.has(flow)) {
      return;
    }
    // Asked once.
    run.drawings.set(flow, { marks: [], digest: "" });
    const drawn = draw(client, vscode.Uri.parse(run.target.uri), flow).catch(() => undefined);
    const kept = drawn.then((one) => {
      if (one && isSame(texts, versions())) {
        run.drawings.set(flow, one.drawing);
      }
    });
    this.drawing.set(run, [...(this.drawing.get(run) ?? []), kept]);
  }

  /** The server has gone, and its runs with it. */
  private endAll(): void {
    for (const run of this.running) {
      const seconds = (Date.now() - run.started) / 1000;
      this.take(run, { event: "run.finished", runId: run.id, status: "cancelled", seconds });
      this.end(run);
    }
    this.early.clear();
  }

  private forgetOld(): void {
    for (const [id, run] of this.byId) {
      if (this.byId.size <= KEPT) {
        break;
      }
      if (run.status !== "running") {
        this.byId.delete(id);
      }
    }
  }
}

/** `workspace/executeCommand` with one object. */
function execute<Result>(
  client: LanguageClient,
  command: string,
  argument: object,
  workDoneToken?: string,
): Promise<Result> {
  const params = { command, arguments: [argument], ...(workDoneToken ? { workDoneToken } : {}) };
  return client.sendRequest(ExecuteCommandRequest.type, params) as Promise<Result>;
}

let tokens = 0;

/** Raises in words while nothing may be run. */
export function requireTrust(): void {
  if (!vscode.workspace.isTrusted) {
    throw new Error(
      t("nothing is run while this workspace is not trusted (Workspaces: Manage Workspace Trust)"),
    );
  }
}

/** The file on disk is what runs: it is brought up to what is seen, and so is what it may include. */
export async function saved(uri: vscode.Uri): Promise<vscode.TextDocument> {
  const dirty = vscode.workspace.textDocuments.filter(
    (document) => document.isDirty && document.languageId.startsWith("nexa") && !document.isUntitled,
  );
  await Promise.all(dirty.map((document) => document.save()));
  const document = await vscode.workspace.openTextDocument(uri);
  if (!document.isUntitled) {
    return document;
  }
  const written = await vscode.workspace.save(uri);
  if (written === undefined) {
    throw new Error(t("save the file first: a run needs a file on disk"));
  }
  return vscode.workspace.openTextDocument(written);
}
