/** One terminal for each flow or test: what a run says goes there, and what it asks is answered there. */

import * as vscode from "vscode";
import type { RunError } from "./events";
import { nameOf, type RunRecord, type Target } from "./record";
import type { Runs } from "./runs";
import { Transcript } from "./transcript";

export class RunTerminals implements vscode.Disposable {
  private readonly terminals = new Map<string, RunTerminal>();
  private readonly registrations: vscode.Disposable[];

  constructor(runs: Runs) {
    this.registrations = [
      runs.onDidStart((run) => this.of(run.target, runs).begin(run)),
      runs.onDidReport(({ run, event }) => this.terminals.get(key(run.target))?.take(run, event)),
    ];
  }

  dispose(): void {
    for (const one of [...this.registrations, ...this.terminals.values()]) {
      one.dispose();
    }
  }

  private of(target: Target, runs: Runs): RunTerminal {
    let terminal = this.terminals.get(key(target));
    if (terminal === undefined) {
      terminal = new RunTerminal(target, runs, () => this.terminals.delete(key(target)));
      this.terminals.set(key(target), terminal);
    }
    return terminal;
  }
}

class RunTerminal implements vscode.Pseudoterminal, vscode.Disposable {
  private readonly written = new vscode.EventEmitter<string>();
  private readonly terminal: vscode.Terminal;
  private transcript = new Transcript(placeOf);
  private run: RunRecord | undefined;
  private typed = "";
  private isAsked = false;
  private isOpen = false;
  private early: string[] = [];

  readonly onDidWrite = this.written.event;

  constructor(
    target: Target,
    private readonly runs: Runs,
    private readonly onClose: () => void,
  ) {
    this.terminal = vscode.window.createTerminal({
      name: `Nexa: ${nameOf(target)}`,
      pty: this,
      iconPath: new vscode.ThemeIcon("play"),
      isTransient: true,
    });
  }

  begin(run: RunRecord): void {
    if (this.run) {
      this.write("\r\n");
    }
    this.run = run;
    this.transcript = new Transcript(placeOf);
    this.isAsked = false;
    this.terminal.show(true);
  }

  take(run: RunRecord, event: Parameters<Transcript["text"]>[0]): void {
    if (run !== this.run) {
      return;
    }
    // What is served, or works off jobs, calls itself `main`.
    const isFlow = event.event === "run.started" && run.target.kind === "flow";
    this.write(this.transcript.text(isFlow ? { ...event, flow: nameOf(run.target) } : event));
    this.isAsked = event.event === "input.requested";
    if (this.isAsked) {
      this.terminal.show(false);
    }
  }

  // ── the terminal's side

  open(): void {
    this.isOpen = true;
    this.written.fire(this.early.join(""));
    this.early = [];
  }

  close(): void {
    // Who closes the terminal does not want to see the end of it.
    if (this.run?.status === "running") {
      void this.runs.stop(this.run);
    }
    this.onClose();
  }

  handleInput(data: string): void {
    const { run } = this;
    if (data === "\u0003") {
      if (run?.status === "running") {
        void this.runs.stop(run);
      }
      return;
    }
    if (!this.isAsked || run?.status !== "running") {
      return;
    }
    for (const letter of data) {
      if (letter === "\r" || letter === "\n") {
        this.write("\r\n");
        this.isAsked = false;
        void this.runs.answer(run, this.typed);
        this.typed = "";
      } else if (letter === "\u007f") {
        if (this.typed !== "") {
          this.typed = [...this.typed].slice(0, -1).join("");
          this.write("\b \b");
        }
      } else if (letter >= " ") {
        this.typed += letter;
        this.write(letter);
      }
    }
  }

  dispose(): void {
    this.terminal.dispose();
    this.written.dispose();
  }

  private write(text: string): void {
    if (this.isOpen) {
      this.written.fire(text);
    } else {
      this.early.push(text);
    }
  }
}

/** `flows/a.nx:4:13`, which a click follows. */
export function placeOf(error: RunError): string | undefined {
  const { span } = error;
  return span?.path ? `${span.path}:${span.line}:${span.column}` : undefined;
}

function key(target: Target): string {
  return JSON.stringify([target.uri, target.kind, target.name]);
}
