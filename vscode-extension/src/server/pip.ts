/** Runs pip where the user sees it happen, and says how it ended. */

import { type ChildProcess, spawn } from "node:child_process";
import * as vscode from "vscode";
import { t } from "../words";
import { lastWords } from "./lastWords";

/** The arguments after the interpreter. */
export function installing(name: string): string[] {
  return ["-m", "pip", "install", "--upgrade", name];
}

/** Install a package. Undefined when it has worked, else what pip said last. */
export function runPip(executable: string, name: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const terminal = vscode.window.createTerminal({
      name: t("Install {0}", name),
      pty: new PipTerminal(executable, installing(name), resolve),
      iconPath: new vscode.ThemeIcon("cloud-download"),
      isTransient: true,
    });
    terminal.show(true);
  });
}

class PipTerminal implements vscode.Pseudoterminal {
  private readonly written = new vscode.EventEmitter<string>();
  private child: ChildProcess | undefined;
  private said = "";

  readonly onDidWrite = this.written.event;

  constructor(
    private readonly executable: string,
    private readonly args: readonly string[],
    private readonly onEnd: (reason: string | undefined) => void,
  ) {}

  open(): void {
    this.write(`${this.executable} ${this.args.join(" ")}\n`);
    const env = { ...process.env, PYTHONUTF8: "1", PIP_NO_INPUT: "1", PIP_DISABLE_PIP_VERSION_CHECK: "1" };
    this.child = spawn(this.executable, this.args, { env, stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        this.said = (this.said + text).slice(-4000);
        this.write(text);
      });
    }
    this.child.on("error", (error) => this.end(error.message));
    this.child.on("close", (status) =>
      this.end(
        status === 0 ? undefined : lastWords(this.said, t("it ended with status {0}", String(status))),
      ),
    );
  }

  close(): void {
    this.child?.kill();
  }

  handleInput(data: string): void {
    if (data === "\u0003") {
      this.child?.kill();
    }
  }

  private end(reason: string | undefined): void {
    this.write(`\n${reason === undefined ? t("Done.") : t("pip has failed: {0}", reason)}\n`);
    this.onEnd(reason);
  }

  private write(text: string): void {
    this.written.fire(text.replace(/\r?\n/g, "\r\n"));
  }
}
