/** One panel with the graph of a flow. It shows what it is told and tells what was chosen; graphs.ts decides. */

import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { t } from "../words";
import type { FromPage, ToPage } from "./model";
import { page } from "./page";

export const VIEW = "nexa.graph";

export class GraphPanel implements vscode.Disposable {
  private readonly said = new vscode.EventEmitter<FromPage>();
  private isReady = false;
  private waiting: ToPage[] = [];

  readonly onDidSay = this.said.event;
  readonly onDidDispose: vscode.Event<void>;

  constructor(
    private readonly panel: vscode.WebviewPanel,
    extension: vscode.Uri,
  ) {
    const { webview } = panel;
    const dist = vscode.Uri.joinPath(extension, "dist");
    webview.options = { enableScripts: true, localResourceRoots: [dist] };
    panel.iconPath = vscode.Uri.joinPath(extension, "icons", "file.svg");
    const script = webview.asWebviewUri(vscode.Uri.joinPath(dist, "graph.js"));
    this.onDidDispose = panel.onDidDispose;
    webview.onDidReceiveMessage((message: FromPage) => {
      if (message.type === "ready") {
        this.isReady = true;
        for (const one of this.waiting.splice(0)) {
          void webview.postMessage(one);
        }
      }
      this.said.fire(message);
    });
    panel.onDidChangeViewState(() => {
      // A hidden page is thrown away, and is made again when it is shown.
      this.isReady &&= panel.visible;
    });
    const { language } = vscode.env;
    const nonce = randomBytes(16).toString("hex");
    webview.html = page(nonce, script.toString(), webview.cspSource, language, vscode.l10n.bundle ?? {});
  }

  get isVisible(): boolean {
    return this.panel.visible;
  }

  set title(text: string) {
    this.panel.title = text;
  }

  reveal(): void {
    this.panel.reveal(undefined, true);
  }

  send(message: ToPage): void {
    if (this.isReady) {
      void this.panel.webview.postMessage(message);
    } else {
      this.waiting.push(message);
    }
  }

  dispose(): void {
    this.panel.dispose();
    this.said.dispose();
  }
}

export function openPanel(extension: vscode.Uri): GraphPanel {
  const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
  const panel = vscode.window.createWebviewPanel(VIEW, t("Graph"), place, { enableFindWidget: true });
  return new GraphPanel(panel, extension);
}
