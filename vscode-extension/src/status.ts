/** What the language status menu (`{}` in the status bar) says about the server while a Nexa file is in front. */

import * as vscode from "vscode";
import { SELECTOR } from "./server/client";
import { describe, type Server } from "./server/server";

export function showServerStatus(server: Server): vscode.Disposable {
  const item = vscode.languages.createLanguageStatusItem("nexa.server", SELECTOR);
  item.name = "Nexa Language Server";
  const update = () => {
    const { state } = server;
    const isBad = state.kind === "missing" || state.kind === "failed";
    item.text = state.kind === "running" ? `Nexa ${state.version}` : `Nexa: ${state.kind}`;
    item.detail = describe(state);
    item.busy = state.kind === "starting";
    item.severity = isBad ? vscode.LanguageStatusSeverity.Error : vscode.LanguageStatusSeverity.Information;
    item.command = isBad
      ? { title: "Doctor", command: "nexa.doctor" }
      : { title: "Restart", command: "nexa.restart" };
  };
  update();
  return vscode.Disposable.from(item, server.onDidChangeState(update));
}
