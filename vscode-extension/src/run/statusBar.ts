/** What runs now, in the status bar; a click stops it. */

import * as vscode from "vscode";
import { t } from "../words";
import { titleOf } from "./record";
import type { Runs } from "./runs";

export function showRunning(runs: Runs): vscode.Disposable {
  const item = vscode.window.createStatusBarItem("nexa.runs", vscode.StatusBarAlignment.Left, 10);
  item.name = t("Nexa Runs");
  item.command = "nexa.stop";
  let timer: NodeJS.Timeout | undefined;
  const update = () => {
    const { running } = runs;
    // What serves goes on for ever: what ends is told before it.
    const first = running.find(({ address }) => address === "") ?? running[0];
    if (first === undefined) {
      clearInterval(timer);
      timer = undefined;
      item.hide();
      return;
    }
    const seconds = Math.floor((Date.now() - first.started) / 1000);
    const others = running.length > 1 ? ` (+${running.length - 1})` : "";
    const title = titleOf(first.target);
    item.text = first.address
      ? `$(globe) ${title}: ${first.address}${others}`
      : `$(sync~spin) ${title}: ${first.now} · ${seconds} s${others}`;
    item.tooltip = t("Nexa: click to stop");
    item.show();
    timer ??= setInterval(update, 1000);
  };
  return vscode.Disposable.from(
    item,
    runs.onDidStart(update),
    runs.onDidReport(update),
    runs.onDidEnd(update),
    {
      dispose: () => clearInterval(timer),
    },
  );
}
